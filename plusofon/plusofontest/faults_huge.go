package plusofontest

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
)

// The beginning and end of a list in which there is room for more.
const (
	listStart = `{"current_page":1,"data":[`
	listEnd   = `{"id":1,"name":"Audio1"}],"last_page":1,"per_page":15,"total":1}`
)

// HugeList answers with a list of at least so many bytes, which is made while
// it is sent.
func HugeList(size int64) Fault {
	return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		w.Header().Set("Content-Type", "application/json")
		writeList(w, `{"id":1,"name":"Audio1"},`, size)
	}
}

// GzipBomb answers with a compressed list which is small until it is
// decompressed: then it has at least so many bytes, nearly all of them spaces.
// It is sent whether or not the client takes gzip.
func GzipBomb(size int64) Fault {
	return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Encoding", "gzip")
		compressed := gzip.NewWriter(w)
		writeList(compressed, " ", size)
		_ = compressed.Close() // a client may leave
	}
}

// writeList writes a list with a filling repeated up to at least size bytes,
// or until the client leaves.
func writeList(w io.Writer, filling string, size int64) {
	block := bytes.Repeat([]byte(filling), (64<<10)/len(filling))
	_, err := io.WriteString(w, listStart)
	for sent := int64(0); err == nil && sent < size; sent += int64(len(block)) {
		_, err = w.Write(block)
	}
	if err == nil {
		_, _ = io.WriteString(w, listEnd)
	}
}
