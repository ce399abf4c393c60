package transport

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"
)

// longestWait is how long a Retry-After may be for a second try at once.
const longestWait = 5 * time.Second

// longestJSON is how much of a JSON answer is read to see that it is whole, in
// bytes; the client takes no more of it either.
const longestJSON = 2<<20 + 1

// retry reads once more what failed by the connection or by a gateway. A
// write is never repeated, nor is a read that ran out of time: its user has
// waited long enough.
type retry struct {
	next  http.RoundTripper
	delay func() time.Duration
}

// RoundTrip sends the request, and a read twice if it must.
func (t *retry) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method != http.MethodGet {
		return t.next.RoundTrip(r)
	}
	response, err := t.read(r)
	wait, again := t.again(response, err)
	if !again || r.Context().Err() != nil {
		return response, err
	}
	if response != nil {
		_ = response.Body.Close() // the second answer counts
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return t.read(r)
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
}

// read makes sure that a JSON answer is whole before it is handed on, so that
// a connection that breaks within it is noticed here.
func (t *retry) read(r *http.Request) (*http.Response, error) {
	response, err := t.next.RoundTrip(r)
	if err != nil || !isJSON(response) {
		return response, err
	}
	text, err := io.ReadAll(io.LimitReader(response.Body, longestJSON))
	if err != nil {
		_ = response.Body.Close() // the failure to read tells more
		return nil, err
	}
	response.Body = &readBody{Reader: io.MultiReader(bytes.NewReader(text), response.Body), Closer: response.Body}
	return response, nil
}

// readBody gives what was read before and then the rest.
type readBody struct {
	io.Reader
	io.Closer
}

// again says whether a second try may help, and when.
func (t *retry) again(response *http.Response, err error) (wait time.Duration, ok bool) {
	if err != nil {
		timeout, isNet := errors.AsType[net.Error](err)
		return t.delay(), !isNet || !timeout.Timeout()
	}
	asked := response.Header.Get("Retry-After")
	switch response.StatusCode {
	case http.StatusTooManyRequests:
		return waitAsked(asked)
	case http.StatusServiceUnavailable:
		if asked != "" {
			return waitAsked(asked)
		}
		return t.delay(), true
	case http.StatusBadGateway, http.StatusGatewayTimeout:
		return t.delay(), true
	}
	return 0, false
}

func waitAsked(seconds string) (time.Duration, bool) {
	n, err := strconv.Atoi(seconds)
	wait := time.Duration(n) * time.Second
	return wait, err == nil && n >= 0 && wait <= longestWait
}
