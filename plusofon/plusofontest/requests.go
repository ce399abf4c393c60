package plusofontest

import (
	"io"
	"net/http"
	"path"
)

// Request is a request that reached the API.
type Request struct {
	Method, Path, Query string
	Header              http.Header
	BodySize            int64 // bytes that were read of the body
}

// Requests gives the requests so far, in the order in which they came.
func (a *API) Requests() []Request {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]Request(nil), a.requests...)
}

// Count counts the requests of a method whose path fits a pattern of
// path.Match, such as "/api/v1/media/*".
func (a *API) Count(method, pattern string) int {
	count := 0
	for _, r := range a.Requests() {
		if fits, err := path.Match(pattern, r.Path); err == nil && fits && r.Method == method {
			count++
		}
	}
	return count
}

// record notes a request, and the size of its body when counted is called.
func (a *API) record(r *http.Request) (counted func()) {
	body := &countingBody{ReadCloser: r.Body}
	r.Body = body
	a.mu.Lock()
	defer a.mu.Unlock()
	index := len(a.requests)
	a.requests = append(a.requests, Request{
		Method: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery, Header: r.Header.Clone(),
	})
	return func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.requests[index].BodySize = body.size
	}
}

type countingBody struct {
	io.ReadCloser
	size int64
}

func (b *countingBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.size += int64(n)
	return n, err
}
