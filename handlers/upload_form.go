package handlers

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// Limits of an upload form beside the size of its file.
const (
	maxUploadParts = 8
	maxFieldBytes  = 16 << 10
	maxFormExtra   = 1 << 20 // boundaries, headers and fields around the file
	uploadSilence  = 30 * time.Second
)

// uploadForm is what an upload form brought.
type uploadForm struct {
	name, standardID string
	fileName         string
	file             *spool // nil if there was none
}

func (f *uploadForm) close() {
	if f.file != nil {
		f.file.Close()
	}
}

// readUpload reads the form part by part: the file goes to a temporary file
// without a name on the disk, never into memory as a whole. Where the form is
// refused, its rest is read away within limits, since a browser that is still
// sending does not look at an answer.
func (s *server) readUpload(c echo.Context) (form *uploadForm, err error) {
	r := c.Request()
	body := &steadyBody{body: r.Body, control: http.NewResponseController(c.Response())}
	r.Body = http.MaxBytesReader(c.Response(), io.NopCloser(body), s.MaxUpload+maxFormExtra)
	defer func() {
		if errors.Is(err, errTooLarge) {
			_, _ = io.CopyN(io.Discard, body, 2*s.MaxUpload) // a failure here changes nothing: the form is refused
		}
		body.done()
	}()
	if r.ContentLength > s.MaxUpload+maxFormExtra {
		return nil, fmt.Errorf("%w: a request of %d bytes", errTooLarge, r.ContentLength)
	}
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errBadRequest, err)
	}
	form = &uploadForm{}
	if err := form.readParts(parts, s.MaxUpload); err != nil {
		form.close()
		return nil, err
	}
	return form, nil
}

func (f *uploadForm) readParts(parts *multipart.Reader, maxFile int64) error {
	for range maxUploadParts {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return brokenForm(err)
		}
		if err := f.readPart(part, maxFile); err != nil {
			return err
		}
	}
	return fmt.Errorf("%w: more than %d parts", errBadRequest, maxUploadParts)
}

func (f *uploadForm) readPart(part *multipart.Part, maxFile int64) (err error) {
	switch part.FormName() {
	case "name":
		f.name, err = readField(part)
		f.name = strings.TrimSpace(f.name)
	case "standard_id":
		f.standardID, err = readField(part)
	case "file":
		return f.readFile(part, maxFile)
	}
	return err
}

func (f *uploadForm) readFile(part *multipart.Part, maxFile int64) error {
	if f.file != nil {
		return fmt.Errorf("%w: more than one file", errBadRequest)
	}
	file, err := newSpool(part, maxFile)
	if err != nil {
		return brokenForm(err)
	}
	// A browser sends an empty part without a name when no file was chosen.
	f.fileName = part.FileName()
	if f.fileName == "" && file.Size() == 0 {
		return file.Close()
	}
	f.file = file
	return nil
}

func readField(part *multipart.Part) (string, error) {
	value, err := io.ReadAll(io.LimitReader(part, maxFieldBytes+1))
	if err != nil {
		return "", brokenForm(err)
	}
	if len(value) > maxFieldBytes {
		return "", fmt.Errorf("%w: a field longer than %d bytes", errBadRequest, maxFieldBytes)
	}
	return string(value), nil
}

// brokenForm tells a form that is too large from one that is broken, and both
// from a disk of ours that is full.
func brokenForm(err error) error {
	var large *http.MaxBytesError
	var ours *spoolError
	switch {
	case errors.Is(err, errTooLarge), errors.As(err, &ours):
		return err
	case errors.As(err, &large):
		return fmt.Errorf("%w: %w", errTooLarge, err)
	}
	return fmt.Errorf("%w: reading the form: %w", errBadRequest, err)
}

// steadyBody lets a transfer take as long as it wants while it moves: the
// deadline is put off by every read.
type steadyBody struct {
	body    io.Reader
	control *http.ResponseController
}

func (b *steadyBody) Read(p []byte) (int, error) {
	if err := b.control.SetReadDeadline(time.Now().Add(uploadSilence)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return 0, fmt.Errorf("setting the deadline of the upload: %w", err)
	}
	return b.body.Read(p)
}

// done takes the deadline back: it would end the request while the file is on
// its way to Plusofon.
func (b *steadyBody) done() {
	_ = b.control.SetReadDeadline(time.Time{}) // a connection that is gone needs none
}
