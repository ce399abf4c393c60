package handlers

import (
	"context"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

const (
	// deletedAtOnce is how many files of many are deleted at the same time.
	deletedAtOnce = 2
	// mostUnreached is after how many answers in a row that Plusofon can't be
	// reached the rest is not begun.
	mostUnreached = 3
	// defaultDeletionTime is how long one request may begin deletions. Proxies
	// give a request up after a minute.
	defaultDeletionTime = 20 * time.Second
)

// deletion is the deletion of many files by one request. What is begun is
// finished; what is not begun stays, and waits for the next request.
type deletion struct {
	server *server
	c      echo.Context
	until  time.Time // after which nothing more is begun

	mu        sync.Mutex
	waiting   []plusofon.MediaID
	begun     int
	deleted   int
	missing   int // were not there any longer
	failed    []failedDeletion
	resume    time.Time // before which Plusofon wants no request
	unreached int       // in a row
	stop      error     // why the rest is not begun, nil if it is only for the time
}

// failedDeletion is a file that is still there, or may be, and why.
type failedDeletion struct {
	plusofon.Media
	err error
}

// run deletes what it can.
func (d *deletion) run() {
	var workers sync.WaitGroup
	for range deletedAtOnce {
		workers.Go(func() {
			for id, ok := d.next(); ok; id, ok = d.next() {
				file, err := d.server.deleteOnce(d.c, id)
				d.judge(plusofon.Media{ID: id, Name: file.Name}, err)
			}
		})
	}
	workers.Wait()
}

// next takes a file that is to be deleted now. It waits when Plusofon asks for
// it and the time allows it.
func (d *deletion) next() (plusofon.MediaID, bool) {
	ctx := d.c.Request().Context()
	for {
		id, wait, ok := d.take(ctx)
		if wait == 0 {
			return id, ok
		}
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-ctx.Done(): // the user has left
		}
		timer.Stop()
	}
}

// take takes the next file, or says how long to wait for it.
func (d *deletion) take(ctx context.Context) (id plusofon.MediaID, wait time.Duration, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	late := d.begun > 0 && time.Now().After(d.until) // however short the time, some of it is used
	if len(d.waiting) == 0 || d.stop != nil || late || ctx.Err() != nil {
		return "", 0, false
	}
	if wait := time.Until(d.resume); wait > 0 {
		return "", wait, false
	}
	id, d.waiting = d.waiting[0], d.waiting[1:]
	d.begun++
	return id, 0, true
}

// judge notes what came of one file. One of which it is certain that nothing
// was done, and not for a reason of its own, waits again.
func (d *deletion) judge(media plusofon.Media, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err == nil {
		d.unreached = 0
		d.deleted++
		d.server.logEvent(d.c, "deleted", string(media.ID), media.Name)
		return
	}
	f := failureOf(err)
	if f.unreached() {
		d.unreached++
	} else {
		d.unreached = 0
	}
	switch {
	case f.unreached() && d.unreached >= mostUnreached, f.key == "signed_out":
		d.stop = err
	case f.key == "rate_limited":
		d.resume = time.Now().Add(retryAfter(err))
		if d.resume.After(d.until) {
			d.stop = err
		}
	case f.key == "media_not_found":
		d.missing++
		return
	case !f.unreached():
		d.failed = append(d.failed, failedDeletion{media, err})
		return
	}
	d.waiting = append(d.waiting, media.ID)
}

// unreached reports whether Plusofon could not be asked. That nothing was done
// is certain then: a write of which it is not fails in another way.
func (f failure) unreached() bool {
	switch f.key {
	case "unavailable", "timeout", "insecure":
		return true
	}
	return false
}
