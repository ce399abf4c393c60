package handlers_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/handlers"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// startClosely starts a dashboard that gives bodies up soon, and whose
// temporary files a test can see. Such tests can't run in parallel.
func startClosely(t *testing.T, silence time.Duration, file plusofontest.File) *faulty {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	before := standing(t)
	way := upstream()
	api := plusofontest.NewServer(plusofontest.WithAccount(token, file))
	d := startBefore(t, api, way, func(c *handlers.Config) { c.MaxUpload, c.BodyIdleTimeout = 32*mebibyte, silence })
	d.client.Transport = &http.Transport{}
	d.session(token)
	return &faulty{dashboard: d, before: before, upstream: way, servers: 2}
}

// leavesNothing wants everything gone, and that Plusofon was never asked.
func (f *faulty) leavesNothing() {
	f.t.Helper()
	f.rested()
	if got := f.asked(); got != 0 {
		f.t.Errorf("Plusofon was asked %d times, want none", got)
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) != 0 {
		f.t.Errorf("temporary files %v, %v", left, err)
	}
}

// dial opens a connection that a test writes to by hand.
func (f *faulty) dial() net.Conn {
	f.t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(f.url, "http://"))
	if err != nil {
		f.t.Fatal(err)
	}
	if err := conn.SetDeadline(time.Now().Add(2 * time.Minute)); err != nil {
		f.t.Fatal(err)
	}
	return conn
}

// head is the head of a request with the session's cookie and more headers.
func (f *faulty) head(method, path string, headers ...string) string {
	f.t.Helper()
	request, err := http.NewRequest(method, f.url+path, nil)
	if err != nil {
		f.t.Fatal(err)
	}
	var cookies []string
	for _, cookie := range f.client.Jar.Cookies(request.URL) {
		cookies = append(cookies, cookie.String())
	}
	lines := append([]string{method + " " + path + " HTTP/1.1", "Host: " + request.URL.Host, "Cookie: " + strings.Join(cookies, "; ")}, headers...)
	return strings.Join(lines, "\r\n") + "\r\n\r\n"
}

const (
	multipartType = "Content-Type: multipart/form-data; boundary=b"
	plainType     = "Content-Type: application/x-www-form-urlencoded"
	filePart      = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\n"
)

// A body that stands still holds nothing up for long, wherever it goes to.
func TestABodyThatStandsStill(t *testing.T) {
	for _, tt := range []struct {
		name, method, path, contentType, begun string
		site                                   string
		status                                 int
	}{
		{"an upload", "POST", "/media", multipartType, filePart + "RIFF", "same-origin", 400},
		{"the header of a part", "POST", "/media", multipartType, filePart[:20], "same-origin", 400},
		{"an upload that is refused", "POST", "/media", multipartType, "--b\r\n\r\n\r\n--b--\r\n", "same-origin", 422},
		{"signing in", "POST", "/login", plainType, "token=", "same-origin", 400},
		{"signing out", "POST", "/logout", plainType, "a", "same-origin", 303},
		{"renaming", "POST", "/media/7/rename", plainType, "name=", "same-origin", 400},
		{"from another site", "POST", "/media", multipartType, filePart, "cross-site", 403},
		{"an address that is none", "POST", "/nowhere", plainType, "a", "same-origin", 404},
		{"a health check", "GET", "/healthz", plainType, "a", "same-origin", 200},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := startClosely(t, 300*time.Millisecond, plusofontest.File{ID: 7, Name: "Привет"})
			conn := f.dial()
			defer conn.Close()
			headers := []string{tt.contentType, "Content-Length: 100000", "Sec-Fetch-Site: " + tt.site}
			if _, err := io.WriteString(conn, f.head(tt.method, tt.path, headers...)+tt.begun); err != nil {
				t.Fatal(err)
			}
			response, err := http.ReadResponse(bufio.NewReader(conn), nil)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.Copy(io.Discard, response.Body); err != nil {
				t.Fatal(err)
			}
			if response.StatusCode != tt.status {
				t.Errorf("status %d, want %d", response.StatusCode, tt.status)
			}
			if n, err := conn.Read(make([]byte, 1)); err == nil || n > 0 {
				t.Error("the connection goes on")
			}
			conn.Close()
			f.leavesNothing()
		})
	}
}

func TestAClientLeavesInTheMiddleOfAnUpload(t *testing.T) {
	f := startClosely(t, time.Minute, plusofontest.File{ID: 7, Name: "Привет"})
	for _, begun := range []string{"", "--b", filePart, filePart + strings.Repeat("a", 300_000)} {
		conn := f.dial()
		if _, err := io.WriteString(conn, f.head("POST", "/media", multipartType, "Content-Length: 1000000")+begun); err != nil {
			t.Fatal(err)
		}
		conn.Close()
	}
	f.leavesNothing()
}

// A body may take far longer than it may stand still, as long as it moves.
func TestBodiesThatMove(t *testing.T) {
	const silence, pauses = 300 * time.Millisecond, 10
	content := sound(t, "wav-pcm16-8000.wav")
	f := startClosely(t, silence, plusofontest.File{ID: 7, Name: "Привет", Content: content})
	conn := f.dial()
	defer conn.Close()
	body := filePart + string(content) + "\r\n--b--\r\n"
	written := f.head("POST", "/media", multipartType, fmt.Sprintf("Content-Length: %d", len(body)))
	for piece := range slices.Chunk([]byte(body), len(body)/pauses) {
		if _, err := io.WriteString(conn, written+string(piece)); err != nil {
			t.Fatal(err)
		}
		written = ""
		time.Sleep(silence / 2) // it is the pause that is tested
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil || response.StatusCode != http.StatusSeeOther {
		t.Fatalf("uploading piece by piece: %v, %v", response, err)
	}
	if got := len(f.api.Files(token)); got != 2 {
		t.Errorf("%d files, want the new one too", got)
	}

	down, err := f.client.Get(f.url + "/media/7/file")
	if err != nil {
		t.Fatal(err)
	}
	defer down.Body.Close()
	read := 0
	for piece := make([]byte, len(content)/pauses); err == nil; time.Sleep(silence / 2) {
		var n int
		n, err = io.ReadFull(down.Body, piece)
		read += n
	}
	if read != len(content) {
		t.Errorf("downloaded %d bytes of %d: %v", read, len(content), err)
	}
}

// zeroFile is a file of 1 GiB that is nowhere.
func zeroFile() plusofontest.File {
	const size = 1 << 30
	return plusofontest.File{ID: 7, Name: "Привет", Size: size, Open: func() (io.ReadSeeker, error) {
		return io.NewSectionReader(zerosAt{}, 0, size), nil
	}}
}

type zerosAt struct{}

func (zerosAt) ReadAt(p []byte, _ int64) (int, error) {
	clear(p)
	return len(p), nil
}

// When a client leaves a download or takes no more of it, Plusofon need not
// go on.
func TestAClientLeavesInTheMiddleOfADownload(t *testing.T) {
	for _, leaves := range []bool{true, false} {
		t.Run(fmt.Sprintf("leaves %t", leaves), func(t *testing.T) {
			f := startClosely(t, 200*time.Millisecond, zeroFile())
			conn := f.dial()
			defer conn.Close()
			if _, err := io.WriteString(conn, f.head("GET", "/media/7/file")); err != nil {
				t.Fatal(err)
			}
			if _, err := io.CopyN(io.Discard, conn, mebibyte); err != nil {
				t.Fatal(err)
			}
			if leaves {
				conn.Close()
			}
			f.upstreamEnds()
			conn.Close()
			f.rested()
		})
	}
}

// upstreamEnds waits until Plusofon has no request of ours any more.
func (f *faulty) upstreamEnds() {
	f.t.Helper()
	ctx, cancel := context.WithTimeout(f.t.Context(), 10*time.Second)
	defer cancel()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for f.api.InFlight() > 0 {
		select {
		case <-tick.C:
		case <-ctx.Done():
			f.t.Fatal("Plusofon is still sending")
		}
	}
}
