package plusofontest

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"path"
	"sync/atomic"
)

// maxRequests is how many requests are remembered, so that a program that runs
// for long, such as a demo, does not grow.
const maxRequests = 10_000

// Request is a request that reached the API.
type Request struct {
	Method, Path, Query string
	Header              http.Header
	BodySize            int64 // bytes read of the body so far; the body itself is not kept
}

// recorded is a request while its body may still be read.
type recorded struct {
	Request
	read atomic.Int64
}

// Requests gives the requests so far, in the order in which they came: the
// latest 10,000 of them.
func (a *API) Requests() []Request {
	a.mu.Lock()
	defer a.mu.Unlock()
	requests := make([]Request, len(a.requests))
	for i, r := range a.requests {
		requests[i] = r.Request
		requests[i].BodySize = r.read.Load()
	}
	return requests
}

// Count counts, among the requests that [API.Requests] gives, those of a
// method ("": any) whose path fits a pattern of path.Match, such as
// "/api/v1/media/*".
func (a *API) Count(method, pattern string) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.count(method, pattern)
}

func (a *API) count(method, pattern string) int {
	count := 0
	for _, r := range a.requests {
		if fits(r.Method, r.Path, method, pattern) {
			count++
		}
	}
	return count
}

// fits reports whether a request is of a method and its path of a pattern.
func fits(method, address, wantMethod, pattern string) bool {
	if wantMethod != "" && wantMethod != method {
		return false
	}
	ok, err := path.Match(pattern, address)
	if err != nil {
		panic(fmt.Sprintf("plusofontest: the pattern %q: %v", pattern, err))
	}
	return ok
}

// Await waits until Count gives at least count.
func (a *API) Await(ctx context.Context, method, pattern string, count int) error {
	for {
		a.mu.Lock()
		got, arrived := a.count(method, pattern), a.arrived
		a.mu.Unlock()
		if got >= count {
			return nil
		}
		select {
		case <-arrived:
		case <-ctx.Done():
			return fmt.Errorf("waiting for %d requests %s %s, got %d: %w", count, method, pattern, got, ctx.Err())
		}
	}
}

func (a *API) record(r *http.Request) {
	entry := &recorded{Request: Request{
		Method: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery, Header: r.Header.Clone(),
	}}
	r.Body = &countingBody{ReadCloser: r.Body, read: &entry.read}
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.requests) == maxRequests {
		a.requests = a.requests[1:]
	}
	a.requests = append(a.requests, entry)
	close(a.arrived)
	a.arrived = make(chan struct{})
}

// countingBody counts what is read of a body.
type countingBody struct {
	io.ReadCloser
	read *atomic.Int64
}

func (b *countingBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.read.Add(int64(n))
	return n, err
}
