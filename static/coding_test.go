package static_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/andybalholm/brotli"

	"github.com/plusofon-dashboard/dashboard/static"
)

// ask sends one request; nothing is decoded on the way back.
func ask(t *testing.T, server *httptest.Server, method, path string, header http.Header) (*http.Response, []byte) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, server.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, values := range header {
		request.Header[name] = values
	}
	response, err := server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, body
}

func decode(t *testing.T, coding string, body []byte) []byte {
	t.Helper()
	var reader io.Reader = bytes.NewReader(body)
	switch coding {
	case "br":
		reader = brotli.NewReader(reader)
	case "gzip":
		unzipped, err := gzip.NewReader(reader)
		if err != nil {
			t.Fatal(err)
		}
		reader = unzipped
	}
	decoded, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return decoded
}

func TestAssetsAreCompressed(t *testing.T) {
	t.Parallel()
	server := serve(t)
	for _, name := range names(t) {
		_, plain := ask(t, server, http.MethodGet, static.Path(name), nil)
		for _, coding := range []string{"br", "gzip"} {
			response, body := ask(t, server, http.MethodGet, static.Path(name), http.Header{"Accept-Encoding": {coding}})
			if response.Header.Get("Content-Encoding") != coding {
				t.Errorf("%s does not come in %s", name, coding)
				continue
			}
			if response.ContentLength != int64(len(body)) {
				t.Errorf("%s, %s: Content-Length %d for %d bytes", name, coding, response.ContentLength, len(body))
			}
			if !bytes.Equal(decode(t, coding, body), plain) {
				t.Errorf("%s, %s: decodes to other bytes", name, coding)
			}
		}
	}
}

func TestBestAcceptedCodingIsSent(t *testing.T) {
	t.Parallel()
	server := serve(t)
	tags := map[string]string{}
	for accepted, want := range map[string]string{
		"gzip, deflate, br, zstd": "br",
		"gzip;q=1.0, br;q=0.1":    "br",
		"GZIP":                    "gzip",
		"gzip, br;q=0":            "gzip",
		"br;q=0.000 , gzip; Q=0":  "",
		"gzip;q=high":             "",
		"brotli, x-gzip":          "",
		"identity":                "",
		"":                        "",
	} {
		response, _ := ask(t, server, http.MethodGet, static.Path("third_party/htmx/htmx.min.js"), http.Header{"Accept-Encoding": {accepted}})
		if got := response.Header.Get("Content-Encoding"); got != want {
			t.Errorf("Accept-Encoding: %s is answered with %q, want %q", accepted, got, want)
		}
		tags[want] = response.Header.Get("ETag")
	}
	if tags["br"] == tags["gzip"] || tags["br"] == tags[""] || tags["gzip"] == tags[""] || tags[""] == "" {
		t.Errorf("each coding needs an ETag of its own, got %v", tags)
	}
}

func TestKnownAssetIsNotSentAgain(t *testing.T) {
	t.Parallel()
	server := serve(t)
	header := http.Header{"Accept-Encoding": {"br"}}
	response, _ := ask(t, server, http.MethodGet, static.Path("css/app.css"), header)
	header.Set("If-None-Match", response.Header.Get("ETag"))
	response, body := ask(t, server, http.MethodGet, static.Path("css/app.css"), header)
	if response.StatusCode != http.StatusNotModified || len(body) != 0 {
		t.Errorf("status %d with %d bytes", response.StatusCode, len(body))
	}
}

// maxFirstVisit is what the style sheet and the scripts of a first visit may
// weigh in brotli, in bytes; pages take the rest of its 30 KB.
const maxFirstVisit = 20_000

// A first visit is light, on a phone too.
func TestWeight(t *testing.T) {
	t.Parallel()
	server := serve(t)
	total := 0
	for _, name := range []string{"css/app.css", "js/app.js", "js/ondemand.js", "js/toast.js", "js/upload.js"} {
		_, body := ask(t, server, http.MethodGet, static.Path(name), http.Header{"Accept-Encoding": {"br"}})
		t.Logf("%-25s %6d bytes", name, len(body))
		total += len(body)
	}
	t.Logf("%-25s %6d bytes in brotli", "together", total)
	if total > maxFirstVisit {
		t.Errorf("a first visit loads %d bytes, at most %d are meant to", total, maxFirstVisit)
	}
}

func BenchmarkServeStyleSheet(b *testing.B) {
	asset, current, ok := static.Lookup(static.Path("css/app.css"))
	if !ok {
		b.Fatal("there is no style sheet")
	}
	request := httptest.NewRequestWithContext(b.Context(), http.MethodGet, static.Path("css/app.css"), nil)
	request.Header.Set("Accept-Encoding", "gzip, deflate, br")
	b.ReportAllocs()
	for b.Loop() {
		asset.Serve(httptest.NewRecorder(), request, current)
	}
}
