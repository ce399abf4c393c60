package plusofon

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
)

const mediaPath = "api/v1/media"

// request is what a call wants to send.
type request struct {
	op     string
	method string
	path   string // below the base address
	query  url.Values
	header http.Header // beside those of every request
	body   io.Reader
	size   int64 // of a body whose length net/http can't see
}

// writes reports whether the request changes something at Plusofon.
func (r request) writes() bool { return r.method != http.MethodGet }

// withJSON gives the request a small body.
func (r request) withJSON(fields map[string]string) request {
	body, err := json.Marshal(fields)
	if err != nil {
		panic(err) // strings can always be marshalled
	}
	r.body, r.size = bytes.NewReader(body), int64(len(body))
	return r
}

// exchange is a request with its answer, once there is one.
type exchange struct {
	ctx        context.Context
	client     *Client
	request    request
	connection connection
	response   *http.Response
}

// send sends a request and returns with the head of the answer, whatever its
// status. The body is the caller's to close.
func (c *Client) send(ctx context.Context, r request) (*exchange, error) {
	x := &exchange{ctx: ctx, client: c, request: r}
	if !sendable(c.credentials()) {
		return nil, x.fail(ErrTokenRefused, errors.New("no header can carry such a token"))
	}
	if err := ctx.Err(); err != nil {
		return nil, x.broken(false, err)
	}
	req, err := x.newRequest()
	if err != nil {
		return nil, x.fail(fmt.Errorf("making the request: %w", err))
	}
	response, err := c.http.Do(req)
	if err != nil {
		return nil, x.broken(x.connection.mayHaveSent(err), withoutURL(err))
	}
	x.response = response
	return x, nil
}

func (x *exchange) newRequest() (*http.Request, error) {
	c, r := x.client, x.request
	address := c.base.JoinPath(r.path) // #nosec G125 -- words of ours and ids of digits
	address.RawQuery = r.query.Encode()
	ctx := httptrace.WithClientTrace(x.ctx, x.connection.trace())
	req, err := http.NewRequestWithContext(ctx, r.method, address.String(), r.body)
	if err != nil {
		return nil, err
	}
	req.ContentLength = r.size
	for name, values := range r.header {
		req.Header[name] = values
	}
	req.Header.Set("Authorization", "Bearer "+c.credentials())
	req.Header.Set("Client", c.code)
	req.Header.Set("Accept", "application/json")
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", userAgent)
	return req, nil
}

// withoutURL takes off the layer of http.Client: method and address are in Error.
func withoutURL(err error) error {
	if outer, ok := errors.AsType[*url.Error](err); ok {
		return outer.Err
	}
	return err
}

// connection watches whether a request ever had a connection to go out on.
type connection struct {
	wanted, opened atomic.Bool
}

func (c *connection) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GetConn: func(string) { c.wanted.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { c.opened.Store(true) },
	}
}

// mayHaveSent reports whether a request that ended in err may have been sent. A
// transport other than net/http's doesn't tell; there the kind of error does.
func (c *connection) mayHaveSent(err error) bool {
	if c.wanted.Load() {
		return c.opened.Load()
	}
	return !beforeSending(err)
}
