package handlers

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
	"github.com/labstack/echo/v4"
)

// compressFrom is the size from which compressing a page pays, in bytes: a
// smaller one fits into one packet anyway.
const compressFrom = 1400

// compressors are kept for the next page: each holds some 800 KB. The fastest
// level makes a page a tenth of its size already.
var compressors = sync.Pool{New: func() any {
	w, err := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	if err != nil {
		panic(err) // only for a level that does not exist
	}
	return w
}}

// sendFinished sends a finished page or list, compressed where the browser takes
// it. It is compressed here, as a whole, and not by a middleware: so it has a
// length, and sounds and their ranges are never touched.
func sendFinished(c echo.Context, status int, contentType string, body *bytes.Buffer) error {
	h := c.Response().Header()
	h.Add(echo.HeaderVary, echo.HeaderAcceptEncoding)
	if body.Len() < compressFrom || !takesGzip(c.Request().Header.Get(echo.HeaderAcceptEncoding)) {
		return c.Blob(status, contentType, body.Bytes())
	}
	compressed := pageBuffers.Get().(*bytes.Buffer)
	defer pageBuffers.Put(compressed)
	compressed.Reset()
	w := compressors.Get().(*gzip.Writer)
	defer compressors.Put(w)
	w.Reset(compressed)
	if _, err := w.Write(body.Bytes()); err != nil {
		return fmt.Errorf("compressing the answer: %w", err)
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("compressing the answer: %w", err)
	}
	h.Set(echo.HeaderContentEncoding, "gzip")
	h.Set(echo.HeaderContentLength, strconv.Itoa(compressed.Len()))
	return c.Blob(status, contentType, compressed.Bytes())
}

// takesGzip reads an Accept-Encoding header (RFC 9110 §12.5.3).
func takesGzip(header string) bool {
	for accepted := range strings.SplitSeq(header, ",") {
		coding, parameters, _ := strings.Cut(accepted, ";")
		if !strings.EqualFold(strings.TrimSpace(coding), "gzip") {
			continue
		}
		weight, has := strings.CutPrefix(strings.ReplaceAll(parameters, " ", ""), "q=")
		q, err := strconv.ParseFloat(weight, 64)
		return !has || err == nil && q > 0
	}
	return false
}
