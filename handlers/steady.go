package handlers

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// defaultBodySilence is how long a client may leave a body standing still.
const defaultBodySilence = 30 * time.Second

// steady gives every request and answer a deadline that moves on with it: a
// body may take as long as it wants while it moves, and a client that stands
// still is given up. Whoever reads or writes the body need not know.
func (s *server) steady(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		response, r := c.Response(), c.Request()
		control := http.NewResponseController(response.Writer)
		// The connection may have a deadline left from the request before.
		if err := supported(control.SetWriteDeadline(time.Time{})); err != nil {
			return fmt.Errorf("taking back the deadline of the connection: %w", err)
		}
		response.Writer = &steadyWriter{ResponseWriter: response.Writer, control: control, silence: s.BodySilence}
		if r.ContentLength != 0 { // net/http watches a connection without a body itself
			body := &steadyBody{ReadCloser: r.Body, control: control, silence: s.BodySilence}
			// Now, too: net/http reads the rest of a body that nobody has read.
			if err := body.putOff(); err != nil {
				return err
			}
			r.Body = body
			c.Set(wholeBody, body)
		}
		return next(c)
	}
}

// wholeBody is where the body of a request is found, however far it was read.
const wholeBody = "whole body"

// readAway reads what is left of the body of a request, within limits.
func (s *server) readAway(c echo.Context) {
	body, ok := c.Get(wholeBody).(*steadyBody)
	if !ok {
		return
	}
	limit := int64(maxChoice)
	if isMultipart(c) {
		limit = 2 * s.MaxUpload
	} else {
		s.limitBody(c)
	}
	_, _ = io.CopyN(io.Discard, body, limit) // a failure here changes nothing: the request is refused
}

func isMultipart(c echo.Context) bool {
	return strings.HasPrefix(c.Request().Header.Get(echo.HeaderContentType), echo.MIMEMultipartForm)
}

// defaultFormTime is how long a form without files may take as a whole: it is
// small, and whoever sends it byte by byte means to hold a connection.
const defaultFormTime = 30 * time.Second

// limitBody gives what is left of a body an end, if it has none yet.
func (s *server) limitBody(c echo.Context) {
	if body, ok := c.Get(wholeBody).(*steadyBody); ok && body.end.IsZero() {
		body.end = time.Now().Add(s.FormTime)
	}
}

// supported takes it for no error that a connection can't have deadlines.
func supported(err error) error {
	if errors.Is(err, http.ErrNotSupported) {
		return nil
	}
	return err
}

// steadyBody puts off the deadline with every read.
type steadyBody struct {
	io.ReadCloser
	control *http.ResponseController
	silence time.Duration
	end     time.Time // however it moves, zero for none
}

func (b *steadyBody) putOff() error {
	deadline := time.Now().Add(b.silence)
	if !b.end.IsZero() && b.end.Before(deadline) {
		deadline = b.end
	}
	if err := supported(b.control.SetReadDeadline(deadline)); err != nil {
		return fmt.Errorf("setting the deadline of the body: %w", err)
	}
	return nil
}

// Read reads on. At the end of the body the deadline is taken back: net/http
// goes on to watch the connection, and would take it for a client that has
// left. After a failure it stays, so that nobody waits for the rest.
func (b *steadyBody) Read(p []byte) (int, error) {
	if err := b.putOff(); err != nil {
		return 0, err
	}
	n, err := b.ReadCloser.Read(p)
	if err == io.EOF {
		_ = b.control.SetReadDeadline(time.Time{}) // a connection that is gone needs none
	}
	return n, err
}

// steadyWriter puts off the deadline with every write. The first one gets
// twice the time: before it, net/http waits for the rest of the request.
type steadyWriter struct {
	http.ResponseWriter
	control *http.ResponseController
	silence time.Duration
	begun   bool
}

func (w *steadyWriter) putOff() error {
	silence := w.silence
	if !w.begun {
		silence *= 2
	}
	if err := supported(w.control.SetWriteDeadline(time.Now().Add(silence))); err != nil {
		return fmt.Errorf("setting the deadline of the answer: %w", err)
	}
	return nil
}

func (w *steadyWriter) WriteHeader(status int) {
	_ = w.putOff() // on a connection that is gone the next write fails
	w.ResponseWriter.WriteHeader(status)
}

func (w *steadyWriter) Write(p []byte) (int, error) {
	if err := w.putOff(); err != nil {
		return 0, err
	}
	w.begun = true
	return w.ResponseWriter.Write(p)
}

// Unwrap is for http.ResponseController.
func (w *steadyWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
