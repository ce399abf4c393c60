package static

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"time"
)

var mediaTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
}

// Asset is one file as it is served. It answers GET and HEAD.
type Asset struct {
	path      string
	mediaType string
	variants  []variant // the one that we would rather send first; the plain one last
}

// variant is an asset in one content coding.
type variant struct {
	coding  string // "br", "gzip", or "" as it is
	etag    string
	content []byte
}

func (a *Asset) add(tag, coding string, content []byte) {
	a.variants = append(a.variants, variant{coding: coding, etag: `"` + tag + `"`, content: content})
}

// ServeHTTP sends the asset in the best coding that the browser takes, to be
// kept for ever.
func (a *Asset) ServeHTTP(w http.ResponseWriter, r *http.Request) {
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
	header.Set("Cache-Control", "public, max-age=31536000, immutable")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Add("Vary", "Accept-Encoding")
	header.Set("ETag", chosen.etag)
	if chosen.coding != "" {
		header.Set("Content-Encoding", chosen.coding)
		// ServeContent leaves the length of an encoded body to its caller.
		header.Set("Content-Length", strconv.Itoa(len(chosen.content)))
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(chosen.content))
}

// accepts says whether a coding is named in Accept-Encoding and not with the
// quality 0 (RFC 9110 §12.5.3). A wildcard does not count: nobody who sends one
// waits for a style sheet.
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
