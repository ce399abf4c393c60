package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// client follows no redirects, takes bodies as they are, and reads in large
// pieces, so that it takes little of the machine.
var client = &http.Client{
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	Transport: &http.Transport{
		DisableCompression:  true,
		MaxIdleConnsPerHost: 2000,
		ReadBufferSize:      64 << 10,
		WriteBufferSize:     64 << 10,
		IdleConnTimeout:     time.Minute,
	},
}

// ask is a GET that can be repeated.
type ask struct {
	url    string
	header http.Header
	want   int // status
}

func newAsk(url string) *ask {
	return &ask{url: url, header: http.Header{}, want: http.StatusOK}
}

func (a *ask) with(name, value string) *ask {
	a.header.Set(name, value)
	return a
}

// asUpstream asks the upstream, or what stands before it, with the token.
func (l *lab) asUpstream(address, path string) *ask {
	return newAsk(address+path).with("Authorization", "Bearer "+smallAccount)
}

var pieces = sync.Pool{New: func() any { return new([256 << 10]byte) }}

// read asks, reads the answer to its end and gives its size in bytes.
func (a *ask) read(ctx context.Context) (int64, error) {
	response, err := a.open(ctx)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	return discard(response.Body)
}

// readExactly asks for something of a known size, in bytes.
func (a *ask) readExactly(ctx context.Context, size int64) error {
	got, err := a.read(ctx)
	if err == nil && got != size {
		err = fmt.Errorf("asking %s: %d bytes came, not %d", a.url, got, size)
	}
	return err
}

// open asks, and leaves the body to be read.
func (a *ask) open(ctx context.Context) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, a.url, nil)
	if err != nil {
		return nil, fmt.Errorf("asking: %w", err)
	}
	request.Header = a.header
	response, err := client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("asking: %w", err)
	}
	if response.StatusCode != a.want {
		_ = response.Body.Close() // not needed
		return nil, fmt.Errorf("asking %s: the answer is %s", a.url, response.Status)
	}
	return response, nil
}

// discard reads to the end in large pieces.
func discard(r io.Reader) (int64, error) {
	piece := pieces.Get().(*[256 << 10]byte)
	defer pieces.Put(piece)
	size, err := io.CopyBuffer(struct{ io.Writer }{io.Discard}, r, piece[:])
	if err != nil {
		return size, fmt.Errorf("reading an answer: %w", err)
	}
	return size, nil
}

// atOnce does something so many times at once, and waits for all. It gives the
// first error.
func atOnce(count int, do func(i int) error) error {
	failed := make(chan error, count)
	var all sync.WaitGroup
	for i := range count {
		all.Go(func() {
			if err := do(i); err != nil {
				failed <- err
			}
		})
	}
	all.Wait()
	close(failed)
	return <-failed
}

// time is how long it takes until the answer is read, in seconds.
func (a *ask) time(ctx context.Context) (float64, error) {
	start := time.Now()
	_, err := a.read(ctx)
	return time.Since(start).Seconds(), err
}
