package transfer

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// ErrPreconditionFailed is a request for another version than the one there is.
var ErrPreconditionFailed = errors.New("another version is wanted")

// ErrBrokenOff is a body that ended before its time, after its headers were sent.
// Only breaking off the connection shows that something is missing: an end of the
// transfer would make a short file look whole. So whoever gets this error panics with
// http.ErrAbortHandler once it is logged.
var ErrBrokenOff = errors.New("the transfer was broken off")

// Content is what goes out to a browser, which may keep it, but asks each time
// whether it still may: whoever has signed out must not get it.
type Content struct {
	ETag        string // in quotes
	MediaType   string
	Disposition string // Content-Disposition, empty for none
	Size        int64  // of the whole
}

// RangeWriter writes n bytes of a content from an offset on.
type RangeWriter interface {
	WriteRange(w io.Writer, offset, n int64) (written int64, err error)
}

// Precondition refuses a request for a version that is not this one (RFC 9110
// §13.1.1: the strong comparison).
func (c Content) Precondition(r *http.Request) error {
	condition := r.Header.Get("If-Match")
	if condition == "" || strings.TrimSpace(condition) == "*" {
		return nil
	}
	for candidate := range strings.SplitSeq(condition, ",") {
		if strings.TrimSpace(candidate) == c.ETag {
			return nil
		}
	}
	return ErrPreconditionFailed
}

// Unchanged reports whether the browser has the content already (RFC 9110 §13.1.2:
// the weak comparison).
func (c Content) Unchanged(r *http.Request) bool {
	for candidate := range strings.SplitSeq(r.Header.Get("If-None-Match"), ",") {
		candidate = strings.TrimSpace(candidate)
		if candidate == "*" || strings.TrimPrefix(candidate, "W/") == c.ETag {
			return true
		}
	}
	return false
}

// ServeUnchanged says that the browser has the content already.
func (c Content) ServeUnchanged(w http.ResponseWriter) {
	c.setValidators(w.Header())
	w.WriteHeader(http.StatusNotModified)
}

// Requested is the part that is asked for of a content of a size, nil for the whole:
// where what it is a part of has changed since (RFC 9110 §13.1.5: the strong
// comparison), and for HEAD, for which there are no ranges (§14.2).
func (c Content) Requested(r *http.Request, size int64) (*Range, error) {
	if r.Method != http.MethodGet {
		return nil, nil
	}
	if condition := r.Header.Get("If-Range"); condition != "" && condition != c.ETag {
		return nil, nil
	}
	return ParseRange(r.Header.Get("Range"), size)
}

func (c Content) setValidators(h http.Header) {
	h.Set("ETag", c.ETag)
	h.Set("Cache-Control", "private, no-cache")
	h.Add("Vary", "Cookie")
}

// Serve answers with the whole or with the part that is asked for. Nothing is sent
// with ErrRangeNotSatisfiable; ErrBrokenOff, with its cause, comes when the headers
// are out. It is not http.ServeContent, whose reader learns where a part begins, but
// not where it ends: of each part Plusofon would be asked for all that follows.
func (c Content) Serve(w http.ResponseWriter, r *http.Request, source RangeWriter) error {
	h := w.Header()
	part, err := c.Requested(r, c.Size)
	if err != nil {
		h.Set("Content-Range", fmt.Sprintf("bytes */%d", c.Size))
		return err
	}
	c.setValidators(h)
	h.Set("Accept-Ranges", "bytes")
	h.Set("Content-Type", c.MediaType)
	if c.Disposition != "" {
		h.Set("Content-Disposition", c.Disposition)
	}
	status := http.StatusPartialContent
	if part == nil {
		status, part = http.StatusOK, &Range{First: 0, Last: c.Size - 1}
	} else {
		h.Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", part.First, part.Last, c.Size))
	}
	h.Set("Content-Length", strconv.FormatInt(part.Length(), 10))
	w.WriteHeader(status)
	if r.Method == http.MethodHead || part.Length() == 0 {
		return nil
	}
	if _, err := source.WriteRange(w, part.First, part.Length()); err != nil {
		return fmt.Errorf("%w: %w", ErrBrokenOff, err)
	}
	return nil
}
