package main

import "context"

// requestsInFlight are sent at once.
const requestsInFlight = 1000

// waitingAccount is at an upstream that takes long to answer.
const waitingAccount = "files-100-wait-3s"

// measureInFlight measures the most memory that many pages take which all wait
// for the upstream, and then are made at the same time.
func measureInFlight(ctx context.Context, l *lab) ([]row, error) {
	peaks, err := repeat(3, func() (float64, error) {
		d, err := l.startDashboard(ctx, waitingAccount)
		if err != nil {
			return 0, err
		}
		defer d.stop()
		page := d.request("/media").with("Accept-Encoding", "gzip, deflate, br, zstd")
		err = atOnce(requestsInFlight, func(int) error {
			_, err := page.read(ctx)
			return err
		})
		if err != nil {
			return 0, err
		}
		return d.peak() // since its start
	})
	if err != nil {
		return nil, err
	}
	return []row{row{name: "1,000 list pages in flight, upstream 3 s: peak memory"}.within(peaks, megabytes, 60e6)}, nil
}
