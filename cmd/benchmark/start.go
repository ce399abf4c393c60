package main

import (
	"context"
	"fmt"
	"os"
	"time"
)

// starts are so many that a slow one does not count.
const starts = 20

// measureStart measures how long it takes from the start of the program until
// it has answered.
func measureStart(ctx context.Context, l *lab) ([]row, error) {
	rounds, err := alternate(starts,
		func() (float64, error) {
			return startTime(ctx, func() (*process, string, error) { return l.launchDashboard(ctx) })
		},
		func() (float64, error) {
			return startTime(ctx, func() (*process, string, error) {
				n, err := l.launchNginx(ctx)
				if err != nil {
					return nil, "", err
				}
				return n.process, n.address, nil
			})
		})
	if err != nil {
		return nil, err
	}
	r := row{name: "start to first answer", against: "nginx", theirs: milliseconds(median(theirsOf(rounds)))}
	return []row{r.within(oursOf(rounds), milliseconds, 30e-3)}, nil
}

// launchDashboard starts the program on a port that is known, and does not wait.
func (l *lab) launchDashboard(ctx context.Context) (*process, string, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, "", err
	}
	log, err := l.newLog()
	if err != nil {
		return nil, "", err
	}
	defer log.Close()
	p, err := launch(ctx, log, l.binary, "--listen", address, "--plusofon-url", l.upstream.address)
	return p, "http://" + address, err
}

// startTime is the time from starting a server to its first answer, in seconds.
func startTime(ctx context.Context, launch func() (*process, string, error)) (float64, error) {
	start := time.Now()
	p, address, err := launch()
	if err != nil {
		return 0, err
	}
	defer p.stop()
	err = awaitHealth(ctx, address)
	return time.Since(start).Seconds(), err
}

// measureIdle measures the memory of a server that has only just answered, and
// of one at which somebody has signed in.
func measureIdle(ctx context.Context, l *lab) ([]row, error) {
	var signedIn []float64
	rounds, err := alternate(5,
		func() (float64, error) {
			fresh, used, err := l.idleMemory(ctx)
			signedIn = append(signedIn, used)
			return fresh, err
		},
		func() (float64, error) {
			n, err := l.startNginx(ctx)
			if err != nil {
				return 0, err
			}
			defer n.stop()
			settle(ctx)
			return n.memory()
		})
	if err != nil {
		return nil, err
	}
	r := row{name: "idle memory, just started", against: "nginx", theirs: megabytes(median(theirsOf(rounds)))}
	return []row{
		r.within(oursOf(rounds), megabytes, 16e6),
		row{name: "idle memory, after signing in"}.within(signedIn[1:], megabytes, 16e6),
	}, nil
}

// idleMemory is that of a program which has answered once, and after somebody
// has signed in, in bytes.
func (l *lab) idleMemory(ctx context.Context) (fresh, used float64, err error) {
	p, address, err := l.launchDashboard(ctx)
	if err != nil {
		return 0, 0, err
	}
	defer p.stop()
	if err := awaitHealth(ctx, address); err != nil {
		return 0, 0, err
	}
	settle(ctx)
	if fresh, err = p.memory(); err != nil {
		return 0, 0, err
	}
	d := &dashboard{process: p, address: address}
	if _, err := d.signIn(ctx, smallAccount); err != nil {
		return 0, 0, err
	}
	settle(ctx)
	used, err = p.memory()
	return fresh, used, err
}

// measureSize measures the program as a file.
func measureSize(_ context.Context, l *lab) ([]row, error) {
	ours, err := os.Stat(l.binary)
	if err != nil {
		return nil, fmt.Errorf("measuring the program: %w", err)
	}
	theirs, err := os.Stat(l.programs["nginx"])
	if err != nil {
		return nil, fmt.Errorf("measuring nginx: %w", err)
	}
	r := row{name: "size of the stripped binary", against: "nginx, without its libraries", theirs: megabytes(float64(theirs.Size()))}
	return []row{r.within([]float64{float64(ours.Size())}, megabytes, 16e6)}, nil
}
