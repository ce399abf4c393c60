package main

import "context"

// requestsInFlight are sent at once.
const requestsInFlight = 1000

// waitingAccount is at an upstream that takes long to answer.
const waitingAccount = "files-100-wait-3s"

// measureInFlight measures the most memory that many pages take which all wait
// for the upstream, and then are made at the same time.
func measureInFlight(ctx context.Context, l *lab) ([]row, error) {
	rounds, err := alternate(3,
		func() (float64, error) {
			d, err := l.startDashboard(ctx, waitingAccount)
			if err != nil {
				return 0, err
			}
			defer d.stop()
			return peakInFlight(ctx, d.process, d.request("/media").with("Accept-Encoding", "gzip, deflate, br, zstd"))
		},
		func() (float64, error) {
			proxy, err := l.startPlainProxy(ctx)
			if err != nil {
				return 0, err
			}
			defer proxy.stop()
			return peakInFlight(ctx, proxy.process, newAsk(proxy.address+"/api/v1/media").with("Authorization", "Bearer "+waitingAccount))
		})
	if err != nil {
		return nil, err
	}
	r := row{
		name:    "1,000 list pages in flight, upstream 3 s: peak memory",
		against: "the list, unread, by way of " + plainProxy, theirs: megabytes(median(theirsOf(rounds))),
	}
	return []row{r.within(oursOf(rounds), megabytes, 60e6)}, nil
}

// peakInFlight is the most memory that a process has held since its start, in
// bytes.
func peakInFlight(ctx context.Context, p *process, page *ask) (float64, error) {
	err := atOnce(requestsInFlight, func(int) error {
		_, err := page.read(ctx)
		return err
	})
	if err != nil {
		return 0, err
	}
	return p.peak()
}
