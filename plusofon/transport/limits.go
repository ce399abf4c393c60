package transport

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"
)

// timeoutError is a limit that was passed. It is a net.Error.
type timeoutError struct{ what string }

func (e *timeoutError) Error() string   { return "Plusofon " + e.what }
func (e *timeoutError) Timeout() bool   { return true }
func (e *timeoutError) Temporary() bool { return true }

var (
	errNoAnswer = &timeoutError{"did not answer in time"}
	errSilent   = &timeoutError{"stopped in the middle of an answer"}
)

// asItIs is a body without chunks; see [http.Request.Write].
var asItIs = []string{"identity"}

// limits ends exchanges that stand still. There is no limit for a transfer as
// a whole: it may take as long as it moves.
type limits struct {
	next   http.RoundTripper
	config Config
}

// RoundTrip sends the request and waits for the beginning of the answer.
func (l *limits) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancelCause(r.Context())
	limit := l.config.Answer
	isUpload := r.Body != nil && r.Body != http.NoBody && r.GetBody == nil // which can't be had again
	if isUpload {
		limit = l.config.UploadAnswer
	}
	timer := time.AfterFunc(limit, func() { cancel(errNoAnswer) })
	r = r.WithContext(ctx)
	switch {
	case isUpload:
		r.Body = &movingBody{ReadCloser: r.Body, timer: timer, limit: limit}
	case r.Method == http.MethodGet && r.Body == nil:
		// net/http by itself repeats a read without a body that meets a reset on
		// a used connection, and so would send it more than twice. It is told that
		// the body goes as it is, or it would start a goroutine and a timer to see
		// whether there is any.
		r.Body, r.TransferEncoding = io.NopCloser(strings.NewReader("")), asItIs
	}
	response, err := l.next.RoundTrip(r)
	timer.Stop()
	if err != nil {
		err = limitPassed(ctx, err)
		cancel(nil)
		return nil, err
	}
	body := &limitedBody{ReadCloser: response.Body, ctx: ctx, cancel: cancel, limit: l.config.BodySilence}
	body.whole = isShort(response, r)
	body.timer = time.AfterFunc(body.limit, func() { cancel(errSilent) })
	if !body.whole {
		body.timer.Stop() // until somebody reads
	}
	response.Body = body
	return response, nil
}

// limitPassed names the limit, where it is the cause of an error.
func limitPassed(ctx context.Context, err error) error {
	var passed *timeoutError
	if errors.As(context.Cause(ctx), &passed) {
		return passed
	}
	return err
}

// movingBody gives an upload new time with each piece that goes out, so that
// the time for the answer begins when all of it is sent.
type movingBody struct {
	io.ReadCloser
	timer *time.Timer
	limit time.Duration
}

func (b *movingBody) Read(p []byte) (int, error) {
	b.timer.Stop() // how long the content takes is not Plusofon's fault
	n, err := b.ReadCloser.Read(p)
	b.timer.Reset(b.limit)
	return n, err
}

// limitedBody ends an answer that stands still, and a short one when it takes
// too long as a whole.
type limitedBody struct {
	io.ReadCloser
	ctx    context.Context
	cancel context.CancelCauseFunc
	timer  *time.Timer
	limit  time.Duration
	whole  bool
}

func (b *limitedBody) Read(p []byte) (int, error) {
	if !b.whole {
		b.timer.Reset(b.limit)
	}
	n, err := b.ReadCloser.Read(p)
	if !b.whole {
		b.timer.Stop() // how long the reader takes is not Plusofon's fault
	}
	if err != nil && err != io.EOF {
		err = limitPassed(b.ctx, err)
	}
	return n, err
}

func (b *limitedBody) Close() error {
	b.timer.Stop()
	err := b.ReadCloser.Close()
	b.cancel(nil)
	return err
}
