package transfer

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// BodyIdleTimeout is how long a client may leave a body standing still, where no
// other time is set.
const BodyIdleTimeout = 30 * time.Second

// FormTimeout is how long a form without files may take as a whole, where no other
// time is set: it is small, and whoever sends it byte by byte means to hold a
// connection.
const FormTimeout = 30 * time.Second

// RollingDeadlines gives the body of a request, and the response, a deadline that
// moves on with each piece: a body may take as long as it wants while it moves, and a
// client that stands still is given up. Whoever reads or writes the body need not
// know. The body is nil where the request has none: net/http watches the connection
// itself then.
func RollingDeadlines(w http.ResponseWriter, r *http.Request, idle time.Duration) (http.ResponseWriter, *Body, error) {
	control := http.NewResponseController(w)
	// The connection may have a deadline left from the request before.
	if err := ignoreUnsupported(control.SetWriteDeadline(time.Time{})); err != nil {
		return w, nil, fmt.Errorf("taking back the deadline of the connection: %w", err)
	}
	rolling := &responseWriter{ResponseWriter: w, control: control, idle: idle}
	if r.ContentLength == 0 {
		return rolling, nil, nil
	}
	body := &Body{ReadCloser: r.Body, control: control, idle: idle}
	// Now, too: net/http reads the rest of a body that nobody has read.
	if err := body.extend(); err != nil {
		return w, nil, err
	}
	return rolling, body, nil
}

// ignoreUnsupported drops http.ErrNotSupported.
func ignoreUnsupported(err error) error {
	if errors.Is(err, http.ErrNotSupported) {
		return nil
	}
	return err
}

// Body is the body of a request whose deadline is extended by every read.
type Body struct {
	io.ReadCloser
	control *http.ResponseController
	idle    time.Duration
	end     time.Time // however it moves, zero for none
}

// LimitTo gives what is left of the body an end, if it has none yet.
func (b *Body) LimitTo(timeout time.Duration) {
	if b != nil && b.end.IsZero() {
		b.end = time.Now().Add(timeout)
	}
}

// Drain reads what is left of the body, up to a limit: a browser that is still
// sending does not look at a response. A failure changes nothing, since the request
// is refused.
func (b *Body) Drain(limit int64) {
	if b != nil {
		_, _ = io.CopyN(io.Discard, b, limit)
	}
}

func (b *Body) extend() error {
	deadline := time.Now().Add(b.idle)
	if !b.end.IsZero() && b.end.Before(deadline) {
		deadline = b.end
	}
	if err := ignoreUnsupported(b.control.SetReadDeadline(deadline)); err != nil {
		return fmt.Errorf("setting the deadline of the body: %w", err)
	}
	return nil
}

// Read reads on. At the end of the body the deadline is taken back: net/http goes on
// to watch the connection, and would take it for a client that has left. After a
// failure it stays, so that nobody waits for the rest.
func (b *Body) Read(p []byte) (int, error) {
	if err := b.extend(); err != nil {
		return 0, err
	}
	n, err := b.ReadCloser.Read(p)
	if err == io.EOF {
		_ = b.control.SetReadDeadline(time.Time{}) // a connection that is gone needs none
	}
	return n, err
}

// responseWriter extends the deadline with every write. The first one gets twice the
// time: before it, net/http waits for the rest of the request.
type responseWriter struct {
	http.ResponseWriter
	control *http.ResponseController
	idle    time.Duration
	begun   bool
}

func (w *responseWriter) extend() error {
	idle := w.idle
	if !w.begun {
		idle *= 2
	}
	if err := ignoreUnsupported(w.control.SetWriteDeadline(time.Now().Add(idle))); err != nil {
		return fmt.Errorf("setting the deadline of the response: %w", err)
	}
	return nil
}

func (w *responseWriter) WriteHeader(status int) {
	_ = w.extend() // on a connection that is gone the next write fails
	w.ResponseWriter.WriteHeader(status)
}

func (w *responseWriter) Write(p []byte) (int, error) {
	if err := w.extend(); err != nil {
		return 0, err
	}
	w.begun = true
	return w.ResponseWriter.Write(p)
}

// Unwrap is for http.ResponseController.
func (w *responseWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
