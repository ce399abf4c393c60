package main

import (
	"context"
	"net/http"
	"time"
)

// Uploads of the measurement, all at once.
const (
	uploads    = 16
	uploadSize = 20e6 // bytes
)

// measureUploadTime compares the time of uploads through the program with that
// of posting what the program makes of them straight to the upstream.
func measureUploadTime(ctx context.Context, l *lab) ([]row, error) {
	d, err := l.startDashboard(ctx, smallAccount)
	if err != nil {
		return nil, err
	}
	defer d.stop()
	form, ready := newFormUpload(uploadSize), newReadyUpload(uploadSize)
	rounds, err := alternate(5,
		func() (float64, error) {
			return elapsed(func() error { return d.uploadAll(ctx, form) })
		},
		func() (float64, error) {
			return elapsed(func() error {
				return atOnce(uploads, func(int) error { return ready.send(ctx, l.upstream.address) })
			})
		})
	if err != nil {
		return nil, err
	}
	return []row{compared("upload of 20 MB, 16 at once: time", "posting the ready JSON to the same sink", rounds, seconds, 5)}, nil
}

// measureUploadMemory measures how much more memory uploads take than nothing
// to do.
func measureUploadMemory(ctx context.Context, l *lab) ([]row, error) {
	form := newFormUpload(uploadSize)
	rounds, err := repeat(3, func() (r round, err error) {
		d, err := l.startDashboard(ctx, smallAccount)
		if err != nil {
			return r, err
		}
		defer d.stop()
		settle(ctx)
		if r.theirs, err = d.memory(); err != nil {
			return r, err
		}
		if err := d.forgetPeak(); err != nil {
			return r, err
		}
		if err := d.uploadAll(ctx, form); err != nil {
			return r, err
		}
		r.ours, err = d.peak()
		return r, err
	})
	if err != nil {
		return nil, err
	}
	r := row{
		name: "upload of 20 MB, 16 at once: peak memory above idle", ours: megabytes(median(oursOf(rounds))),
		against: "idle", theirs: megabytes(median(theirsOf(rounds))),
	}
	return []row{r.within(differences(rounds), megabytes, 12e6)}, nil
}

// measureUploadCPU compares the time of the CPU with that of a plain server
// which reads the same forms and throws them away.
func measureUploadCPU(ctx context.Context, l *lab) ([]row, error) {
	d, err := l.startDashboard(ctx, smallAccount)
	if err != nil {
		return nil, err
	}
	defer d.stop()
	parser, err := startHelper(ctx, "parsed-form")
	if err != nil {
		return nil, err
	}
	defer parser.stop()
	form := newFormUpload(uploadSize)
	const gigabytes = uploads * uploadSize / 1e9
	rounds, err := alternate(5,
		func() (float64, error) {
			cost, err := d.cost(func() error { return d.uploadAll(ctx, form) })
			return cost / gigabytes, err
		},
		func() (float64, error) {
			cost, err := parser.cost(func() error {
				return atOnce(uploads, func(int) error { return form.send(ctx, parser.address, "", http.StatusOK) })
			})
			return cost / gigabytes, err
		})
	if err != nil {
		return nil, err
	}
	return []row{compared("upload of 20 MB, 16 at once: CPU per GB", "parsing the form and throwing it away", rounds, secondsPerGB, 4)}, nil
}

// uploadAll sends all uploads at once.
func (d *dashboard) uploadAll(ctx context.Context, form *formUpload) error {
	return atOnce(uploads, func(int) error { return form.send(ctx, d.address, d.cookie, http.StatusCreated) })
}

// elapsed is how long something takes, in seconds.
func elapsed(do func() error) (float64, error) {
	start := time.Now()
	err := do()
	return time.Since(start).Seconds(), err
}
