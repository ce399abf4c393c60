package main

import (
	"context"
	"net/http"
)

// measureRange compares the time of a small range with that of the same
// request straight to the upstream, and shows beside it what a proxy takes that
// does nothing else.
func measureRange(ctx context.Context, l *lab) ([]row, error) {
	d, err := l.startDashboard(ctx, smallAccount)
	if err != nil {
		return nil, err
	}
	defer d.stop()
	proxy, err := l.startPlainProxy(ctx)
	if err != nil {
		return nil, err
	}
	defer proxy.stop()
	// Only of a file that was seen before a range is asked.
	if _, err := d.request("/media/10/file").read(ctx); err != nil {
		return nil, err
	}
	const path = "/api/v1/media/10/file"
	ours, straight, proxied := d.request("/media/10/file"), l.asUpstream(l.upstream.address, path), l.asUpstream(proxy.address, path)
	for _, a := range []*ask{ours, straight, proxied} {
		a.with("Range", "bytes=5000000-5016383").want = http.StatusPartialContent
	}
	rounds, err := alternate(5, l.medianTime(ctx, ours), l.medianTime(ctx, straight))
	if err != nil {
		return nil, err
	}
	plain, err := repeat(3, l.medianTime(ctx, proxied))
	if err != nil {
		return nil, err
	}
	r := row{
		name: "range of 16 KB: added p50", ours: microseconds(median(oursOf(rounds))), against: "straight to upstream",
		theirs: microseconds(median(theirsOf(rounds))) + "; by way of " + plainProxy + ": " + microseconds(median(plain)),
	}
	return []row{r.within(differences(rounds), milliseconds, 0.4e-3)}, nil
}

// medianTime gives how long half of the answers take at most, one request after
// the other, in seconds.
func (l *lab) medianTime(ctx context.Context, a *ask) func() (float64, error) {
	return func() (float64, error) {
		if _, err := a.read(ctx); err != nil { // which looks at the status
			return 0, err
		}
		report, err := l.wrk(ctx, 1, a)
		return report.median, err
	}
}
