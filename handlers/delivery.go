package handlers

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/audio"
	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// delivery is a sound on its way to a browser: what its headers say.
type delivery struct {
	tag         string // entity tag
	name        string // of the media file, if it was asked for
	contentType string
	size        int64 // of the whole
}

// factsKey names a file of an account.
type factsKey struct {
	account string
	id      plusofon.MediaID
}

// fileFacts is what was seen of a file and never changes: the content of an
// id stays what it is.
type fileFacts struct {
	size    int64
	info    audio.Info // format and codec
	isSound bool
}

// factsKept is for how many files facts are kept, some 200 bytes each.
const factsKept = 4096

// unchanged reports whether the browser has the sound already.
func (d delivery) unchanged(r *http.Request) bool {
	return matchesTag(r.Header.Get("If-None-Match"), d.tag)
}

// precondition refuses a request for a version that is not this one (RFC 9110
// §13.1.1: the strong comparison).
func (d delivery) precondition(r *http.Request) error {
	wanted := r.Header.Get("If-Match")
	if wanted == "" || strings.TrimSpace(wanted) == "*" {
		return nil
	}
	for candidate := range strings.SplitSeq(wanted, ",") {
		if strings.TrimSpace(candidate) == d.tag {
			return nil
		}
	}
	return errPrecondition
}

func (d delivery) sendUnchanged(c echo.Context) error {
	d.setValidators(c.Response().Header())
	return c.NoContent(http.StatusNotModified)
}

// rangeHeader is the range asked for, empty if what it is a part of has
// changed since (RFC 9110 §13.1.5: the strong comparison), and for HEAD, for
// which there are no ranges (§14.2).
func (d delivery) rangeHeader(r *http.Request) string {
	if r.Method != http.MethodGet {
		return ""
	}
	if condition := r.Header.Get("If-Range"); condition != "" && condition != d.tag {
		return ""
	}
	return r.Header.Get("Range")
}

// setValidators lets browsers keep the sound, but ask each time: whoever has
// signed out must not hear it.
func (d delivery) setValidators(h http.Header) {
	h.Set("ETag", d.tag)
	h.Set("Cache-Control", "private, no-cache")
	h.Add("Vary", "Cookie")
}

// send answers with the whole or with the part that is asked for, which write
// writes.
func (d delivery) send(c echo.Context, write func(w io.Writer, part byteRange) error) error {
	h := c.Response().Header()
	part, err := parseRange(d.rangeHeader(c.Request()), d.size)
	if errors.Is(err, errUnsatisfiableRange) {
		h.Del("Content-Disposition")
		h.Set("Content-Range", fmt.Sprintf("bytes */%d", d.size))
		return err
	}
	d.setValidators(h)
	h.Set("Accept-Ranges", "bytes")
	h.Set("Content-Type", d.contentType)
	status := http.StatusPartialContent
	if part == nil {
		status, part = http.StatusOK, &byteRange{first: 0, last: d.size - 1}
	} else {
		h.Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", part.first, part.last, d.size))
	}
	h.Set("Content-Length", strconv.FormatInt(part.length(), 10))
	c.Response().WriteHeader(status)
	if c.Request().Method == http.MethodHead || part.length() == 0 {
		return nil
	}
	if err := write(c.Response(), *part); err != nil {
		// The status is sent. Only breaking off shows that something is
		// missing: an end of the transfer would make a short file look whole.
		c.Set(brokenTransfer, err)
		panic(http.ErrAbortHandler)
	}
	return nil
}

// brokenTransfer is where the access log finds why a transfer was broken off.
const brokenTransfer = "broken transfer"
