package catalog

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// flight is a list being read for all who wait for it. It is like
// golang.org/x/sync/singleflight, but ends when nobody waits any longer.
type flight struct {
	cancel   context.CancelFunc
	waiting  int // guarded by the catalog's lock
	progress progress

	landed chan struct{} // closed once list and err are set
	list   *list
	err    error
}

// progress counts pages.
type progress struct{ done, total atomic.Int64 }

func (p *progress) begin(total int) {
	p.total.Store(int64(total))
	p.done.Store(1)
}

func (p *progress) pages() (done, total int) {
	return int(p.done.Load()), int(p.total.Load())
}

// list gives the list of an account: as it is kept, or as it is being read for
// somebody else, or read anew.
func (c *Catalog) list(ctx context.Context, account string, from Lister) (*list, error) {
	c.mu.Lock()
	if kept := c.kept.get(account); kept != nil {
		c.mu.Unlock()
		return kept, nil
	}
	f := c.flights[account]
	if f == nil {
		f = c.takeOff(ctx, account, from)
	}
	f.waiting++
	c.mu.Unlock()
	defer c.leave(account, f)
	select {
	case <-f.landed:
		return f.list, f.err
	case <-ctx.Done():
		return nil, fmt.Errorf("catalog: waiting for the list: %w", context.Cause(ctx))
	}
}

// takeOff begins to read a list. It is called with the lock held.
func (c *Catalog) takeOff(ctx context.Context, account string, from Lister) *flight {
	// Whoever asked first may leave before the others.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.config.TimeLimit)
	f := &flight{cancel: cancel, landed: make(chan struct{})}
	c.flights[account] = f
	go func() {
		defer close(f.landed)
		r := reader{from: from, parallel: c.config.Parallel, progress: &f.progress}
		files, err := r.read(ctx)
		switch {
		case err == nil:
			f.list = newList(files)
		case errors.Is(ctx.Err(), context.DeadlineExceeded):
			f.err = fmt.Errorf("catalog: reading the list took over %v: %w: %w", c.config.TimeLimit, plusofon.ErrTimeout, err)
		default:
			f.err = fmt.Errorf("catalog: reading the list: %w", err)
		}
		c.land(account, f)
	}()
	return f
}

// land keeps what a flight has brought, unless it was forgotten meanwhile.
func (c *Catalog) land(account string, f *flight) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.flights[account] != f {
		return
	}
	delete(c.flights, account)
	if f.err == nil {
		c.keep(account, f.list)
	}
}

// leave ends a flight that nobody waits for.
func (c *Catalog) leave(account string, f *flight) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f.waiting--
	if f.waiting > 0 {
		return
	}
	f.cancel()
	if c.flights[account] == f {
		delete(c.flights, account)
	}
}
