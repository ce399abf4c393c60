package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// transferred is what a browser has brought over the network.
type transferred struct {
	requests int
	bytes    float64 // with the headers of the answers
	list     string  // each of them, to be shown
}

func (t transferred) String() string {
	return fmt.Sprintf("%s in %d requests", kilobytes(t.bytes), t.requests)
}

// transfers counts what a tab transfers.
type transfers struct {
	mu       sync.Mutex
	underway map[network.RequestID]string // addresses
	last     time.Time                    // something happened
	so       transferred
}

// watchTransfers counts from now on.
func watchTransfers(ctx context.Context) (*transfers, error) {
	t := &transfers{underway: map[network.RequestID]string{}}
	if err := chromedp.Listen(ctx, t.see); err != nil {
		return nil, fmt.Errorf("watching the network of the browser: %w", err)
	}
	return t, nil
}

func (t *transfers) see(event any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, "http") {
			return // in the page itself, such as data:
		}
		t.underway[e.RequestID] = e.Request.URL
	case *network.EventLoadingFinished:
		t.count(e.RequestID, e.EncodedDataLength)
	case *network.EventLoadingFailed:
		t.count(e.RequestID, 0)
	default:
		return
	}
	t.last = time.Now()
}

func (t *transfers) count(id network.RequestID, size float64) {
	address, known := t.underway[id]
	if !known {
		return
	}
	delete(t.underway, id)
	t.so.requests++
	t.so.bytes += size
	t.so.list += fmt.Sprintf("\n  %6.0f  %s", size, path(address))
}

// quiet is how long nothing may happen until a page is taken for loaded.
const quiet = 2 * time.Second

// take waits until nothing is transferred any more, and begins to count anew.
func (t *transfers) take(ctx context.Context) (so transferred, err error) {
	err = await(ctx, "the page to be loaded", func() (bool, error) {
		t.mu.Lock()
		defer t.mu.Unlock()
		loaded := len(t.underway) == 0 && t.so.requests > 0 && time.Since(t.last) > quiet
		if loaded {
			so, t.so = t.so, transferred{}
		}
		return loaded, nil
	})
	return so, err
}
