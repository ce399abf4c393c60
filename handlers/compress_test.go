package handlers_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

func TestPagesAreCompressedForWhoTakesIt(t *testing.T) {
	t.Parallel()
	d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет", Format: "wav", Content: sound(t, "wav-pcm16-8000.wav")})
	plain := d.get("/media", "Accept-Encoding", "identity").status(http.StatusOK)
	for header, want := range map[string]string{
		"gzip": "gzip", "br, GZIP;q=0.5": "gzip", "gzip;q=0": "", "br": "", "gzip;q=x": "",
	} {
		answer := d.get("/media", "Accept-Encoding", header).status(http.StatusOK)
		if got := answer.header.Get("Content-Encoding"); got != want {
			t.Errorf("%q: Content-Encoding %q, want %q", header, got, want)
		}
		if want == "" {
			continue
		}
		reader, err := gzip.NewReader(strings.NewReader(answer.body))
		if err != nil {
			t.Fatal(err)
		}
		page, err := io.ReadAll(reader)
		if err != nil || len(page) != len(plain.body) {
			t.Errorf("%q: %d bytes, want %d; %v", header, len(page), len(plain.body), err)
		}
		if !strings.Contains(strings.Join(answer.header.Values("Vary"), ","), "Accept-Encoding") {
			t.Error("no Vary: Accept-Encoding")
		}
	}
	if got := d.get("/media/7/file", "Accept-Encoding", "gzip").header.Get("Content-Encoding"); got != "" {
		t.Errorf("a sound has Content-Encoding %q", got)
	}
}
