package transport

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"
)

// longestWait is how long a Retry-After may be for a second try at once.
const longestWait = 5 * time.Second

// longestShort is how much of a short answer is read to see that it is whole, in
// bytes; the client takes no more of it either.
const longestShort = 2<<20 + 1

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
	if !again || !timeFor(r.Context(), wait) {
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

// read makes sure that a short answer is whole before it is handed on, so that
// a connection that breaks within it is noticed here.
func (t *retry) read(r *http.Request) (*http.Response, error) {
	response, err := t.next.RoundTrip(r)
	if err != nil || !isShort(response, r) {
		return response, err
	}
	text, err := io.ReadAll(io.LimitReader(response.Body, longestShort))
	if err != nil {
		_ = response.Body.Close() // the failure to read tells more
		return nil, err
	}
	response.Body = &readBody{Reader: io.MultiReader(bytes.NewReader(text), response.Body), Closer: response.Body}
	return response, nil
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
		wait, ok = waitAsked(asked)
	case http.StatusServiceUnavailable:
		wait, ok = waitAsked(asked)
		ok = ok || asked == ""
	case http.StatusBadGateway, http.StatusGatewayTimeout:
		ok = true
	}
	// Chance is added to what is asked, too: many were told the same.
	return wait + t.delay(), ok && !refusesToken(response)
}

// waitAsked reads seconds or a date (RFC 9110, section 10.2.3), and reports
// whether that is soon enough.
func waitAsked(value string) (time.Duration, bool) {
	var wait time.Duration
	if seconds, err := strconv.ParseUint(value, 10, 16); err == nil {
		wait = time.Duration(seconds) * time.Second
	} else if date, err := http.ParseTime(value); err == nil {
		wait = max(time.Until(date), 0)
	} else {
		return 0, false
	}
	return wait, wait <= longestWait
}

// timeFor reports whether somebody will still be there after the wait.
func timeFor(ctx context.Context, wait time.Duration) bool {
	deadline, limited := ctx.Deadline()
	return ctx.Err() == nil && (!limited || time.Until(deadline) > wait)
}
