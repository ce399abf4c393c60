package library

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

const (
	// deletedAtOnce is how many files of many are deleted at the same time.
	deletedAtOnce = 2
	// maxUnavailable is after how many times in a row that Plusofon can't be reached
	// the rest is not begun.
	maxUnavailable = 3
)

// DeletedMany is what became of the deletion of many files.
type DeletedMany struct {
	Deleted []plusofon.Media
	Missing int // were not there any longer
	Failed  []FailedDeletion
	Waiting []plusofon.MediaID // not begun, or certainly not done
	Stopped error              // why the rest was not begun, nil if only for the time
}

// FailedDeletion is a file that is still there, or may be, and why.
type FailedDeletion struct {
	plusofon.Media
	Err error
}

// DeleteMany deletes what it can of many files. Nothing is begun after until, but for
// one file at least. What is begun is finished; what is not begun stays, and waits for
// the next time.
func (a *Account) DeleteMany(ctx context.Context, ids []plusofon.MediaID, until time.Time) DeletedMany {
	d := &deletion{until: until}
	d.Waiting = ids
	var workers sync.WaitGroup
	for range deletedAtOnce {
		workers.Go(func() {
			for id, ok := d.next(ctx); ok; id, ok = d.next(ctx) {
				file, err := a.Delete(ctx, id)
				d.record(plusofon.Media{ID: id, Name: file.Name}, err)
			}
		})
	}
	workers.Wait()
	return d.DeletedMany
}

// deletion is the deletion of many files on its way.
type deletion struct {
	until time.Time // after which nothing more is begun

	mu sync.Mutex
	DeletedMany
	begun       int
	resume      time.Time // before which Plusofon wants no request
	unavailable int       // in a row
}

// next takes a file that is to be deleted now. It waits when Plusofon asks for it and
// the time allows it.
func (d *deletion) next(ctx context.Context) (plusofon.MediaID, bool) {
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
	if len(d.Waiting) == 0 || d.Stopped != nil || late || ctx.Err() != nil {
		return "", 0, false
	}
	if wait := time.Until(d.resume); wait > 0 {
		return "", wait, false
	}
	id, d.Waiting = d.Waiting[0], d.Waiting[1:]
	d.begun++
	return id, 0, true
}

// record notes what came of one file. One of which it is certain that nothing was
// done, and not for a reason of its own, waits again.
func (d *deletion) record(media plusofon.Media, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err != nil && unavailable(err) {
		d.unavailable++
		if d.unavailable >= maxUnavailable {
			d.Stopped = err
		}
		d.Waiting = append(d.Waiting, media.ID)
		return
	}
	d.unavailable = 0
	switch {
	case err == nil:
		d.Deleted = append(d.Deleted, media)
	case errors.Is(err, plusofon.ErrTokenRefused):
		d.Stopped = err
		d.Waiting = append(d.Waiting, media.ID)
	case errors.Is(err, ErrNotDone), errors.Is(err, plusofon.ErrOutcomeUnknown):
		d.Failed = append(d.Failed, FailedDeletion{media, err})
	case errors.Is(err, plusofon.ErrNotFound):
		d.Missing++
	case errors.Is(err, plusofon.ErrRateLimited):
		d.resume = time.Now().Add(RetryAfter(err))
		if d.resume.After(d.until) {
			d.Stopped = err
		}
		d.Waiting = append(d.Waiting, media.ID)
	default:
		d.Failed = append(d.Failed, FailedDeletion{media, err})
	}
}
