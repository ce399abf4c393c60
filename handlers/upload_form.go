package handlers

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/views"
)

// Limits of an upload form beside the size of its file.
const (
	maxUploadParts = 8
	maxFieldBytes  = 16 << 10
	maxPartHeader  = 64 << 10 // of one part, with the boundary before it
	maxFormExtra   = 1 << 20  // boundaries, headers and fields around the file
)

// uploadForm is what an upload form brought.
type uploadForm struct {
	name, standardID string
	replaces         string // id of the file of which this is a new version
	fileName         string
	file             *spool // nil if there was none

	spools *spools
	check  func(account string) error // refuses what a page of another account sends
}

func (f *uploadForm) close() {
	if f.file != nil {
		_ = f.file.Close() // it has no name: nothing is left behind
	}
}

// readUpload reads the form part by part: the file goes to a temporary file
// without a name on the disk, never into memory as a whole. Where the form is
// refused, its rest is read away within limits, since a browser that is still
// sending does not look at an answer.
func (s *server) readUpload(c echo.Context) (form *uploadForm, err error) {
	r := c.Request()
	r.Body = http.MaxBytesReader(c.Response(), r.Body, s.MaxUpload+maxFormExtra)
	if r.ContentLength > s.MaxUpload+maxFormExtra {
		return nil, fmt.Errorf("%w: a request of %d bytes", errTooLarge, r.ContentLength)
	}
	buffered := formReaders.Get().(*bufio.Reader)
	defer func() {
		buffered.Reset(nil)
		formReaders.Put(buffered)
	}()
	buffered.Reset(r.Body)
	source := &partSource{Reader: buffered, Closer: r.Body}
	r.Body = source
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errBadRequest, err)
	}
	form = &uploadForm{spools: &s.spools}
	form.check = func(account string) error { return sameAccount(c, account) }
	if err := form.readParts(parts, source, s.MaxUpload); err != nil {
		form.close()
		return nil, err
	}
	return form, nil
}

func (f *uploadForm) readParts(parts *multipart.Reader, source *partSource, maxFile int64) error {
	for range maxUploadParts {
		source.limit(maxPartHeader)
		part, err := parts.NextRawPart()
		source.unlimit()
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
	case views.AccountField:
		account, err := readField(part)
		if err != nil {
			return err
		}
		return f.check(account)
	case "name":
		f.name, err = readField(part)
		f.name = strings.TrimSpace(f.name)
	case "standard_id":
		f.standardID, err = readField(part)
	case "replaces":
		f.replaces, err = readField(part)
	case "file":
		return f.readFile(part, maxFile)
	default:
		if _, err := io.Copy(io.Discard, part); err != nil {
			return brokenForm(err)
		}
	}
	return err
}

// formReaders read a connection in larger pieces than mime/multipart does: its
// own are of 4 KB, and a call of the system for each would be most of the work.
var formReaders = sync.Pool{New: func() any { return bufio.NewReaderSize(nil, 64<<10) }}

// partSource is the body of a form. Between two parts it can be limited:
// mime/multipart takes headers of 10 MB, and holds them in memory twice.
type partSource struct {
	io.Reader
	io.Closer
	limited bool
	left    int
}

func (s *partSource) limit(bytes int) { s.limited, s.left = true, bytes }

func (s *partSource) unlimit() { s.limited = false }

func (s *partSource) Read(p []byte) (int, error) {
	if !s.limited {
		return s.Reader.Read(p)
	}
	if s.left == 0 {
		return 0, errors.New("the header of a part is too long")
	}
	n, err := s.Reader.Read(p[:min(len(p), s.left)])
	s.left -= n
	return n, err
}

func (f *uploadForm) readFile(part *multipart.Part, maxFile int64) error {
	if f.file != nil {
		return fmt.Errorf("%w: more than one file", errBadRequest)
	}
	file, err := f.spools.newSpool(part, maxFile)
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
