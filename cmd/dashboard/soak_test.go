//go:build soak

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// These tests take minutes and the whole machine, so that "make soak" runs
// them and "make test" does not. The program runs as a process of its own, so
// that what is measured is its own.

// TestSoak uses every page for SOAK (10 minutes) while one in twenty requests
// to Plusofon fails in one way or another.
func TestSoak(t *testing.T) {
	api := plusofontest.NewServer(plusofontest.WithAccount(soakToken, soakFiles(100, 50<<10)...))
	t.Cleanup(api.Close)
	p := startProcess(t, api)
	faults := []plusofontest.Fault{
		plusofontest.Reset(), plusofontest.HTML(502), plusofontest.Null(), plusofontest.Truncated(),
		plusofontest.JSONError(200, 409, "Media is used."), plusofontest.CarriedOut(plusofontest.Reset()), plusofontest.CutOff(100),
	}
	api.FailBy(func(*http.Request) plusofontest.Fault {
		if rand.IntN(20) == 0 {
			return faults[rand.IntN(len(faults))]
		}
		return nil
	})
	length := 10 * time.Minute
	if text := os.Getenv("SOAK"); text != "" {
		var err error
		if length, err = time.ParseDuration(text); err != nil {
			t.Fatal(err)
		}
	}
	ctx, stop := context.WithTimeout(t.Context(), length)
	defer stop()
	var done, refused atomic.Int64
	var workers sync.WaitGroup
	for range soakUsers {
		workers.Go(func() {
			for ctx.Err() == nil {
				p.soakOnce(ctx, api, &done, &refused)
			}
		})
	}
	var early state
	ticker := time.NewTicker(length / 10)
	defer ticker.Stop()
	for i := range 9 {
		<-ticker.C
		now := p.state()
		t.Logf("after %s: %s; %d requests, %d answered with a failure", length/10*time.Duration(i+1), now, done.Load(), refused.Load())
		if i == 1 {
			early = now
		}
	}
	late := p.state()
	workers.Wait()
	if late.resident > early.resident+16<<20 || late.files > early.files+32 || late.goroutines > early.goroutines+64 {
		t.Errorf("it grew from %s to %s", early, late)
	}
}

func soakFiles(count, size int) []plusofontest.File {
	content := append([]byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00data\x00\x00\x00\x00"), make([]byte, size)...)
	files := make([]plusofontest.File, count)
	for i := range files {
		files[i] = plusofontest.File{Name: fmt.Sprintf("Файл %d", i+1), Format: "wav", Content: content}
	}
	return files
}

// soakOnce does one thing that a user does.
func (p *process) soakOnce(ctx context.Context, api *plusofontest.Server, done, refused *atomic.Int64) {
	id := strconv.Itoa(rand.IntN(100) + 1)
	method, path, contentType := http.MethodGet, "", ""
	var body io.Reader
	switch rand.IntN(10) {
	case 0:
		path = "/media?page=" + strconv.Itoa(rand.IntN(8))
	case 1:
		path = "/media?q=" + url.QueryEscape("файл "+id)
	case 2:
		path = "/media/" + id
	case 3:
		path = "/media/" + id + "/file"
	case 4:
		path = "/media/" + id + "/preview"
	case 5:
		path = "/standard"
	case 6:
		method, path, contentType = http.MethodPost, "/media/"+id+"/rename", "application/x-www-form-urlencoded"
		body = strings.NewReader(url.Values{"name": {"Файл " + id}}.Encode())
	case 7:
		method, path = http.MethodPost, "/media"
		body, contentType = soakUpload()
	case 8:
		path = "/media/archive?id=" + id + ",1,2"
	case 9: // what was uploaded, so that the list stays as long as it is
		files := api.Files(soakToken)
		if newest := files[len(files)-1].ID; newest > 100 {
			method, path = http.MethodPost, "/media/"+strconv.FormatInt(newest, 10)+"/delete"
		}
	}
	request, err := http.NewRequestWithContext(ctx, method, p.address+path, body)
	if err != nil {
		p.t.Error(err)
		return
	}
	request.Header.Set("Content-Type", contentType)
	response, err := p.client.Do(request)
	if err != nil {
		return // its time is up, or a broken transfer
	}
	_, _ = io.Copy(io.Discard, response.Body) // a transfer that breaks off is what a fault looks like
	response.Body.Close()
	done.Add(1)
	switch {
	case response.StatusCode == http.StatusInternalServerError:
		p.t.Errorf("%s %s: 500", method, path)
	case response.StatusCode >= http.StatusBadRequest:
		refused.Add(1)
	}
}

func soakUpload() (io.Reader, string) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, _ := form.CreateFormFile("file", "soak.raw") // to memory: cannot fail
	_, _ = part.Write(bytes.Repeat([]byte{0x12, 0x80}, 4000))
	form.Close()
	return &body, form.FormDataContentType()
}

// TestThousandSlowDownloads opens a thousand downloads and reads them only
// when all are open.
func TestThousandSlowDownloads(t *testing.T) {
	const downloads, size = 1000, 4 << 20
	api := plusofontest.NewServer(plusofontest.WithAccount(soakToken, soakFiles(1, size)...))
	t.Cleanup(api.Close)
	p := startProcess(t, api)
	before := p.state()
	var bodies []io.ReadCloser
	for range downloads {
		response, err := p.client.Get(p.address + "/media/1/file")
		if err != nil || response.StatusCode != http.StatusOK {
			t.Fatalf("%v, %v", response, err)
		}
		defer response.Body.Close()
		bodies = append(bodies, response.Body)
	}
	during := p.state()
	each := (during.resident - before.resident) / downloads >> 10
	t.Logf("before: %s; during %d downloads: %s; %d KiB each", before, downloads, during, each)
	if each > 130 {
		t.Errorf("each takes %d KiB, want at most 130", each)
	}
	var readers sync.WaitGroup
	for _, body := range bodies {
		readers.Go(func() {
			if n, err := io.Copy(io.Discard, body); err != nil || n != size+44 {
				t.Errorf("%d bytes, %v", n, err)
			}
		})
	}
	readers.Wait()
}

// TestThousandUnfinishedHeaders holds a thousand connections whose headers
// never end.
func TestThousandUnfinishedHeaders(t *testing.T) {
	api := plusofontest.NewServer(plusofontest.WithAccount(soakToken))
	t.Cleanup(api.Close)
	p := startProcess(t, api)
	start := time.Now()
	var connections []net.Conn
	for range 1000 {
		connection, err := net.Dial("tcp", strings.TrimPrefix(p.address, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer connection.Close()
		if _, err := io.WriteString(connection, "GET /media HTTP/1.1\r\nHost: localhost\r\nX-Slow: "); err != nil {
			t.Fatal(err)
		}
		connections = append(connections, connection)
	}
	opened := time.Now()
	response, err := p.client.Get(p.address + "/media")
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	t.Logf("opened in %s; a page takes %s meanwhile", opened.Sub(start), time.Since(opened))
	if took := time.Since(opened); took > 300*time.Millisecond {
		t.Errorf("a page takes %s", took)
	}
	for _, connection := range connections {
		_ = connection.SetReadDeadline(opened.Add(6 * time.Second))
		if _, err := io.Copy(io.Discard, connection); err != nil && strings.Contains(err.Error(), "timeout") {
			t.Fatal("a connection is still open after 6 s")
		}
	}
	t.Logf("all closed after %s", time.Since(opened))
}
