package main

import (
	"context"
	"net/http"
	"time"
)

// rangeRequests are sent by turns in one round, one after the other.
const rangeRequests = 2000

// measureRange compares the time of a small range with that of the same
// request straight to the upstream.
func measureRange(ctx context.Context, l *lab) ([]row, error) {
	d, err := l.startDashboard(ctx, smallAccount)
	if err != nil {
		return nil, err
	}
	defer d.stop()
	// Only of a file that was seen before a range is asked.
	if _, err := d.request("/media/10/file").read(ctx); err != nil {
		return nil, err
	}
	ours := d.request("/media/10/file")
	direct := l.asUpstream(l.upstream.address, "/api/v1/media/10/file")
	for _, a := range []*ask{ours, direct} {
		a.with("Range", "bytes=5000000-5016383").want = http.StatusPartialContent
	}
	var medians []round
	for i := range 6 {
		var samples []round
		for range rangeRequests {
			r, err := timeBoth(ctx, ours, direct)
			if err != nil {
				return nil, err
			}
			samples = append(samples, r)
		}
		if i > 0 { // the first warms up
			medians = append(medians, round{median(oursOf(samples)), median(theirsOf(samples))})
		}
	}
	r := row{
		name: "range of 16 KB: added p50", ours: microseconds(median(oursOf(medians))),
		against: "straight to upstream", theirs: microseconds(median(theirsOf(medians))),
	}
	return []row{r.within(differences(medians), milliseconds, 0.4e-3)}, nil
}

func timeBoth(ctx context.Context, ours, theirs *ask) (r round, err error) {
	if r.ours, err = ours.time(ctx); err != nil {
		return r, err
	}
	r.theirs, err = theirs.time(ctx)
	return r, err
}

// time is how long it takes until the answer is read, in seconds.
func (a *ask) time(ctx context.Context) (float64, error) {
	start := time.Now()
	_, err := a.read(ctx)
	return time.Since(start).Seconds(), err
}
