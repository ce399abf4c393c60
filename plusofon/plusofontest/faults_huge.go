package plusofontest

import (
	"bytes"
	"compress/gzip"
	"context"
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
	return func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
		w.Header().Set("Content-Type", "application/json")
		writeList(r.Context(), w, `{"id":1,"name":"Audio1"},`, size)
	}
}

// GzipBomb answers with a compressed list which is small until it is
// decompressed: then it has at least so many bytes, nearly all of them spaces.
// It is sent whether or not the client takes gzip.
func GzipBomb(size int64) Fault {
	return func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Encoding", "gzip")
		compressed := gzip.NewWriter(w)
		writeList(r.Context(), compressed, " ", size)
		_ = compressed.Close() // a client may leave
	}
}

// writeList writes a list with a filling repeated up to at least size bytes. If
// the client leaves, it ends the handler.
func writeList(ctx context.Context, w io.Writer, filling string, size int64) {
	block := bytes.Repeat([]byte(filling), (64<<10)/len(filling))
	_, err := io.WriteString(w, listStart)
	for sent := int64(0); sent < size; sent += int64(len(block)) {
		if err != nil || ctx.Err() != nil {
			panic(http.ErrAbortHandler)
		}
		_, err = w.Write(block)
	}
	_, _ = io.WriteString(w, listEnd) // a client may leave
}
