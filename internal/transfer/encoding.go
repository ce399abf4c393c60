package transfer

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// compressFrom is the size from which compressing pays, in bytes: a smaller body fits
// into one packet anyway.
const compressFrom = 1400

// compressors are kept for the next body: each holds some 800 KB. The fastest level
// makes a page a tenth of its size already.
var compressors = sync.Pool{New: func() any {
	w, err := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	if err != nil {
		panic(err) // only for a level that does not exist
	}
	return w
}}

var compressedBuffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// SendCompressed sends a finished body, compressed where the browser takes it. It is
// compressed here, as a whole, and not by a middleware: so it has a length, and
// sounds and their ranges are never touched.
func SendCompressed(w http.ResponseWriter, r *http.Request, status int, mediaType string, body []byte) error {
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	h.Set("Content-Type", mediaType)
	if len(body) < compressFrom || !AcceptsEncoding(r.Header, "gzip") {
		return sendBody(w, status, body)
	}
	compressed := compressedBuffers.Get().(*bytes.Buffer)
	defer compressedBuffers.Put(compressed)
	compressed.Reset()
	zip := compressors.Get().(*gzip.Writer)
	defer compressors.Put(zip)
	zip.Reset(compressed)
	if _, err := zip.Write(body); err != nil {
		return fmt.Errorf("compressing the response: %w", err)
	}
	if err := zip.Close(); err != nil {
		return fmt.Errorf("compressing the response: %w", err)
	}
	h.Set("Content-Encoding", "gzip")
	h.Set("Content-Length", strconv.Itoa(compressed.Len()))
	return sendBody(w, status, compressed.Bytes())
}

func sendBody(w http.ResponseWriter, status int, body []byte) error {
	w.WriteHeader(status)
	if _, err := w.Write(body); err != nil {
		return fmt.Errorf("sending the response: %w", err)
	}
	return nil
}

// AcceptsEncoding reads an Accept-Encoding header (RFC 9110 §12.5.3).
func AcceptsEncoding(h http.Header, coding string) bool {
	for item := range strings.SplitSeq(strings.Join(h.Values("Accept-Encoding"), ","), ",") {
		name, parameters, _ := strings.Cut(item, ";")
		if !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		_, quality, given := strings.Cut(strings.ToLower(parameters), "q=")
		q, err := strconv.ParseFloat(strings.TrimSpace(quality), 64)
		return !given || err == nil && q > 0
	}
	return false
}
