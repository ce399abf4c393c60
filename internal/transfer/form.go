package transfer

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"sync"

	"github.com/plusofon-dashboard/dashboard/internal/spool"
)

// ErrMalformed is a request that is no form, or not the one that is expected.
var ErrMalformed = errors.New("malformed request")

// ErrTooLarge is a body larger than is accepted.
var ErrTooLarge = spool.ErrTooLarge

// ReadForm reads a form without files of a limited size, in bytes.
func ReadForm(w http.ResponseWriter, r *http.Request, limit int64) (url.Values, error) {
	r.Body = http.MaxBytesReader(w, r.Body, limit)
	err := r.ParseForm()
	switch {
	case isTooLarge(err):
		return nil, fmt.Errorf("%w: a form larger than %d bytes", ErrTooLarge, limit)
	case err != nil:
		return nil, fmt.Errorf("%w: reading the form: %w", ErrMalformed, err)
	}
	return r.PostForm, nil
}

// Limits of a form with a file, beside the size of that.
const (
	maxParts      = 8
	maxFieldBytes = 16 << 10
	maxPartHeader = 64 << 10 // of one part, with the boundary before it
	maxFormExtra  = 1 << 20  // boundaries, headers and fields around the file
)

// FileForm describes a multipart form that brings a file.
type FileForm struct {
	FileField string   // in which the file comes
	Fields    []string // that are read; of others nothing is kept
	MaxFile   int64    // in bytes
	Pool      *spool.Pool

	// Check refuses a form by a field as soon as that is read; nil for no check.
	Check func(field, value string) error
}

// FilledForm is what a form brought. Close gives its file up.
type FilledForm struct {
	Fields   map[string]string
	FileName string
	File     *spool.Spool // nil if there was none
}

// Close gives the disk space back.
func (f *FilledForm) Close() {
	if f.File != nil {
		_ = f.File.Close() // it has no name: nothing is left behind
	}
}

// formReaders read a connection in larger pieces than mime/multipart does: its own
// are of 4 KB, and a call of the system for each would be most of the work.
var formReaders = sync.Pool{New: func() any { return bufio.NewReaderSize(nil, 64<<10) }}

// Read reads the form part by part: the file goes into a spool, never into memory as
// a whole. Its errors are ErrTooLarge, ErrMalformed, a spool.DiskError, and that of
// the check.
func (f FileForm) Read(w http.ResponseWriter, r *http.Request) (*FilledForm, error) {
	limit := f.MaxFile + maxFormExtra
	r.Body = http.MaxBytesReader(w, r.Body, limit)
	if r.ContentLength > limit {
		return nil, fmt.Errorf("%w: a request of %d bytes", ErrTooLarge, r.ContentLength)
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
		return nil, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	filled := &FilledForm{Fields: map[string]string{}}
	if err := f.readParts(filled, parts, source); err != nil {
		filled.Close()
		return nil, err
	}
	return filled, nil
}

func (f FileForm) readParts(filled *FilledForm, parts *multipart.Reader, source *partSource) error {
	for range maxParts {
		source.limit(maxPartHeader)
		part, err := parts.NextRawPart()
		source.unlimit()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return brokenForm(err)
		}
		if err := f.readPart(filled, part); err != nil {
			return err
		}
	}
	return fmt.Errorf("%w: more than %d parts", ErrMalformed, maxParts)
}

func (f FileForm) readPart(filled *FilledForm, part *multipart.Part) error {
	name := part.FormName()
	switch {
	case name == f.FileField:
		return f.readFile(filled, part)
	case slices.Contains(f.Fields, name):
		value, err := readField(part)
		if err != nil {
			return err
		}
		filled.Fields[name] = value
		if f.Check != nil {
			return f.Check(name, value)
		}
		return nil
	}
	if _, err := io.Copy(io.Discard, part); err != nil {
		return brokenForm(err)
	}
	return nil
}

func (f FileForm) readFile(filled *FilledForm, part *multipart.Part) error {
	if filled.File != nil {
		return fmt.Errorf("%w: more than one file", ErrMalformed)
	}
	file, err := f.Pool.New(part, f.MaxFile)
	if err != nil {
		return brokenForm(err)
	}
	// A browser sends an empty part without a name when no file was chosen.
	filled.FileName = part.FileName()
	if filled.FileName == "" && file.Size() == 0 {
		return file.Close()
	}
	filled.File = file
	return nil
}

func readField(part *multipart.Part) (string, error) {
	value, err := io.ReadAll(io.LimitReader(part, maxFieldBytes+1))
	if err != nil {
		return "", brokenForm(err)
	}
	if len(value) > maxFieldBytes {
		return "", fmt.Errorf("%w: a field longer than %d bytes", ErrMalformed, maxFieldBytes)
	}
	return string(value), nil
}

// brokenForm tells a form that is too large from one that is broken, and both from a
// disk of ours that is full.
func brokenForm(err error) error {
	_, ours := errors.AsType[*spool.DiskError](err)
	switch {
	case errors.Is(err, ErrTooLarge), ours:
		return err
	case isTooLarge(err):
		return fmt.Errorf("%w: %w", ErrTooLarge, err)
	}
	return fmt.Errorf("%w: reading the form: %w", ErrMalformed, err)
}

func isTooLarge(err error) bool {
	_, ok := errors.AsType[*http.MaxBytesError](err)
	return ok
}

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
