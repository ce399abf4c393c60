package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/andybalholm/brotli"
)

var mediaTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
}

// Asset is a file that browsers load, in the codings in which it is sent.
type Asset struct {
	mediaType string
	variants  []variant // the one that we would rather send first; the plain one last
}

// variant is an asset in one coding.
type variant struct {
	coding  string // "br", "gzip", or "" as it is
	etag    string
	content func() []byte // made when it is asked for first, once
}

func newAsset(mediaType string, content []byte) *Asset {
	sum := sha256.Sum256(content)
	hash := hex.EncodeToString(sum[:8])
	return &Asset{mediaType: mediaType, variants: []variant{
		{"br", `"` + hash + `-br"`, sync.OnceValue(func() []byte { return compressed(brotliWriter, content) })},
		{"gzip", `"` + hash + `-gzip"`, sync.OnceValue(func() []byte { return compressed(gzipWriter, content) })},
		{"", `"` + hash + `"`, func() []byte { return content }},
	}}
}

func brotliWriter(w io.Writer) io.WriteCloser {
	// The largest asset is below 128 KB: a larger window would only take memory.
	return brotli.NewWriterOptions(w, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: 17})
}

func gzipWriter(w io.Writer) io.WriteCloser {
	zip, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		panic(err) // only for a level that does not exist
	}
	return zip
}

func compressed(writer func(io.Writer) io.WriteCloser, content []byte) []byte {
	var buffer bytes.Buffer
	w := writer(&buffer)
	if _, err := w.Write(content); err != nil {
		panic(err) // a buffer takes everything
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return bytes.Clone(buffer.Bytes())
}

// Serve sends the asset in the best coding that the browser takes. What is not
// current is not to be kept: it stands at the address of another version.
func (a *Asset) Serve(w http.ResponseWriter, r *http.Request, current bool) {
	header := w.Header()
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	chosen := a.variants[len(a.variants)-1]
	for _, variant := range a.variants {
		if accepts(r.Header.Values("Accept-Encoding"), variant.coding) {
			chosen = variant
			break
		}
	}
	header.Set("Content-Type", a.mediaType)
	header.Set("Cache-Control", "no-store")
	if current {
		header.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	header.Set("X-Content-Type-Options", "nosniff")
	header.Add("Vary", "Accept-Encoding")
	header.Set("ETag", chosen.etag)
	content := chosen.content()
	if chosen.coding != "" {
		header.Set("Content-Encoding", chosen.coding)
		// ServeContent leaves the length of an encoded body to its caller.
		header.Set("Content-Length", strconv.Itoa(len(content)))
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}

// accepts reads an Accept-Encoding header (RFC 9110 §12.5.3).
func accepts(fields []string, coding string) bool {
	for item := range strings.SplitSeq(strings.Join(fields, ","), ",") {
		name, parameters, _ := strings.Cut(item, ";")
		if coding == "" || !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		_, quality, given := strings.Cut(strings.ToLower(parameters), "q=")
		q, err := strconv.ParseFloat(strings.TrimSpace(quality), 64)
		return !given || err == nil && q > 0
	}
	return false
}
