package handlers_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// repeated is a text over and over, up to size bytes, without being in memory.
func repeated(text string, size int64) io.Reader { return io.LimitReader(&repeater{text: text}, size) }

type repeater struct {
	text string
	at   int
}

func (r *repeater) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		copied := copy(p[n:], r.text[r.at:])
		n += copied
		r.at = (r.at + copied) % len(r.text)
	}
	return n, nil
}

// sendByHand sends a request while it reads the answer, and gives its status.
// A length below 0 is chunked.
func (f *faulty) sendByHand(path, contentType string, body io.Reader, length int64) int {
	f.t.Helper()
	request, err := http.NewRequest(http.MethodPost, f.url+path, io.NopCloser(body))
	if err != nil {
		f.t.Fatal(err)
	}
	request.ContentLength = length
	request.Header.Set("Content-Type", contentType)
	for _, cookie := range f.client.Jar.Cookies(request.URL) {
		request.AddCookie(cookie)
	}
	conn := f.dial()
	defer conn.Close()
	sent := make(chan struct{})
	defer func() { <-sent }()
	defer conn.Close()
	go func() {
		defer close(sent)
		if err := request.Write(conn); err != nil || length > 0 {
			_ = conn.(*net.TCPConn).CloseWrite() // what is short of its length ends here
		}
	}()
	response, err := http.ReadResponse(bufio.NewReader(conn), request)
	if err != nil {
		f.t.Fatalf("%v; log:\n%s", err, f.log)
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		f.t.Fatal(err)
	}
	return response.StatusCode
}

// Whatever is made to fill memory or disk is refused, and fills neither.
func TestFormsMadeToDoHarm(t *testing.T) {
	const form = "multipart/form-data; boundary=b"
	const gigabyte = 1 << 30
	file := func(rest io.Reader) io.Reader { return io.MultiReader(strings.NewReader(filePart), rest) }
	parts := func(part string, count int64) io.Reader { return repeated(part, count*int64(len(part))) }
	for _, tt := range []struct {
		name, path, contentType string
		body                    func() io.Reader
		length                  int64
		status                  int
	}{
		{"1 GB", "/media", form, func() io.Reader { return file(repeated("a", gigabyte-int64(len(filePart)))) }, gigabyte, 413},
		{"1 GB in chunks", "/media", form, func() io.Reader { return file(repeated("a", gigabyte)) }, -1, 413},
		{"1 GB to sign in", "/login", "application/x-www-form-urlencoded", func() io.Reader { return repeated("a", gigabyte) }, gigabyte, 413},
		{"1 GB to rename", "/media/7/rename", "application/x-www-form-urlencoded", func() io.Reader { return repeated("name=a&", gigabyte) }, -1, 413},
		{"1 GB before the first part", "/media", form, func() io.Reader { return repeated("a", gigabyte) }, -1, 400},
		{"1 GB of line ends", "/media", form, func() io.Reader { return repeated("\r\n", gigabyte) }, -1, 400},
		{"150,000 parts", "/media", form, func() io.Reader {
			return parts("--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n", 150_000)
		}, -1, 400},
		{"a part header of 12 MB", "/media", form, func() io.Reader {
			return io.MultiReader(strings.NewReader("--b\r\nX-Long: "), repeated("a", 12*mebibyte), strings.NewReader("\r\n\r\n1\r\n--b--\r\n"))
		}, -1, 400},
		{"part headers of 12 MB", "/media", form, func() io.Reader {
			return io.MultiReader(strings.NewReader("--b\r\n"), repeated("X-A: b\r\n", 12*mebibyte), strings.NewReader("\r\n1\r\n--b--\r\n"))
		}, -1, 400},
		{"a name of 12 MB", "/media", form, func() io.Reader {
			return io.MultiReader(strings.NewReader("--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\n"), repeated("a", 12*mebibyte))
		}, -1, 400},
		{"a field nobody knows of 12 MB", "/media", form, func() io.Reader {
			return io.MultiReader(strings.NewReader("--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n"), repeated("a", 12*mebibyte))
		}, -1, 400},
		{"a length too long", "/media", form, func() io.Reader { return file(strings.NewReader("RIFF")) }, 1000, 400},
		{"a boundary of 100 characters", "/media", "multipart/form-data; boundary=" + strings.Repeat("b", 100), func() io.Reader { return strings.NewReader("--b") }, 3, 400},
		{"an empty boundary", "/media", `multipart/form-data; boundary=""`, func() io.Reader { return strings.NewReader("----") }, 4, 400},
		{"multipart/mixed", "/media", "multipart/mixed; boundary=b", func() io.Reader { return strings.NewReader(filePart) }, int64(len(filePart)), 400},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := startClosely(t, time.Minute, plusofontest.File{ID: 7, Name: "Привет"})
			f.sendByHand("/login", "application/x-www-form-urlencoded", strings.NewReader("token="), 6) // pools are filled once
			status := 0
			grown := growth(t, func() { status = f.sendByHand(tt.path, tt.contentType, tt.body(), tt.length) })
			if status != tt.status {
				t.Errorf("status %d, want %d; log:\n%s", status, tt.status, f.log)
			}
			if grown > 16*mebibyte {
				t.Errorf("memory grew by %d KB, want at most 16 MB", grown>>10)
			}
			f.leavesNothing()
		})
	}
}

// What follows a length that is too short is not taken for a request.
func TestALengthTooShort(t *testing.T) {
	f := startClosely(t, time.Minute, plusofontest.File{ID: 7, Name: "Привет"})
	conn := f.dial()
	defer conn.Close()
	second := f.head("POST", "/media/7/delete", "Content-Length: 0")
	length := fmt.Sprintf("Content-Length: %d", len(filePart)+2)
	if _, err := io.WriteString(conn, f.head("POST", "/media", multipartType, length)+filePart+"RIFF\r\n--b--\r\n"+second); err != nil {
		t.Fatal(err)
	}
	reader := bufio.NewReader(conn)
	for range 2 { // the form that is cut, and the rest of it
		response, err := http.ReadResponse(reader, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, response.Body); err != nil {
			t.Fatal(err)
		}
		if response.StatusCode != http.StatusBadRequest {
			t.Errorf("status %d, want 400", response.StatusCode)
		}
	}
	conn.Close()
	f.leavesNothing()
}
