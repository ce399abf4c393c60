package plusofontest_test

import (
	"io"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

var sound = plusofontest.File{Name: "Sound", Format: "raw", Content: []byte("0123456789")}

func TestDownload(t *testing.T) {
	t.Parallel()
	answer := do(t, withFiles(t, sound), "GET", filePath, "", "Range", "bytes=2-4")
	answer.is(t, "0123456789")
	if got := answer.header.Get("Content-Type"); got != "application/octet-stream" {
		t.Errorf("Content-Type %q", got)
	}
	if got := answer.header.Get("Accept-Ranges"); got != "" || answer.length != 10 {
		t.Errorf("Accept-Ranges %q, Content-Length %d", got, answer.length)
	}
}

func TestDownloadOfRanges(t *testing.T) {
	t.Parallel()
	server := serve(t, plusofontest.WithAccount(token, sound), plusofontest.WithRanges())
	tests := []struct {
		asked  string
		status int
		body   string
		given  string
	}{
		{"", 200, "0123456789", ""},
		{"bytes=2-4", 206, "234", "bytes 2-4/10"},
		{"bytes=7-", 206, "789", "bytes 7-9/10"},
		{"bytes=-2", 206, "89", "bytes 8-9/10"},
	}
	for _, tt := range tests {
		answer := do(t, server, "GET", filePath, "", "Range", tt.asked)
		if answer.status != tt.status || answer.body != tt.body || answer.header.Get("Content-Range") != tt.given {
			t.Errorf("%s: got %d %q %q", tt.asked, answer.status, answer.body, answer.header.Get("Content-Range"))
		}
	}
	if answer := do(t, server, "GET", filePath, "", "Range", "bytes=10-"); answer.status != 416 {
		t.Errorf("past the end: status %d", answer.status)
	}
}

func TestFileContentType(t *testing.T) {
	t.Parallel()
	for _, want := range []string{"", "audio/mpeg"} {
		server := serve(t, plusofontest.WithAccount(token, sound), plusofontest.WithFileContentType(want))
		got, present := do(t, server, "GET", filePath, "").header["Content-Type"]
		if present != (want != "") || present && got[0] != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// zeros is a file that nobody holds.
type zeros struct {
	io.ReadSeeker
	closed *atomic.Int64
}

func (z zeros) Close() error { z.closed.Add(1); return nil }

type zeroBytes struct{}

func (zeroBytes) ReadAt(p []byte, _ int64) (int, error) { clear(p); return len(p), nil }

func TestDownloadOfAnOpenedFile(t *testing.T) {
	t.Parallel()
	const size = 100 << 20
	var closed atomic.Int64
	file := plusofontest.File{Name: "Long", Size: size, Open: func() (io.ReadSeeker, error) {
		return zeros{io.NewSectionReader(zeroBytes{}, 0, size), &closed}, nil
	}}
	server := serve(t, plusofontest.WithAccount(token, file))
	response, err := server.Client().Do(request(t, server, "GET", filePath, ""))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	got, err := io.Copy(io.Discard, response.Body)
	if got != size || err != nil || response.ContentLength != size {
		t.Errorf("got %d bytes of %d, %v", got, response.ContentLength, err)
	}
	ranges := serve(t, plusofontest.WithAccount(token, file), plusofontest.WithRanges())
	if answer := do(t, ranges, "GET", filePath, "", "Range", "bytes=-3"); answer.body != "\x00\x00\x00" {
		t.Errorf("got %q", answer.body)
	}
	server.Close() // waits for the requests to end
	ranges.Close()
	if closed.Load() != 2 {
		t.Errorf("closed %d times, want 2", closed.Load())
	}
}

func TestOpenedFileThatIsTooShort(t *testing.T) {
	t.Parallel()
	server := withFiles(t, plusofontest.File{Name: "Short", Size: 11, Open: func() (io.ReadSeeker, error) {
		return strings.NewReader("0123456789"), nil
	}})
	if answer := send(server, request(t, server, "GET", filePath, "")); answer.err == nil {
		t.Errorf("got %q as a whole file", answer.body)
	}
}
