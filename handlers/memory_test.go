package handlers_test

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/handlers"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

const mebibyte = 1 << 20

// BenchmarkUploadMemory uploads 32 MiB and reports by how much the heap grew
// at its peak, in MiB. Plusofon and the browser are in the same process here,
// so both are made to hold nothing.
func BenchmarkUploadMemory(b *testing.B) {
	d := benchmarked(b)
	d.api.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodPost {
			return false
		}
		_, _ = io.Copy(io.Discard, r.Body) // a broken upload shows in the answer
		fmt.Fprint(w, `{"success":true}`)
		return true
	})
	const size = 32 * mebibyte
	var head bytes.Buffer
	form := multipart.NewWriter(&head)
	if _, err := form.CreateFormFile("file", "long.raw"); err != nil {
		b.Fatal(err)
	}
	tail := "\r\n--" + form.Boundary() + "--\r\n"
	measurePeak(b, size, func() {
		body := io.MultiReader(strings.NewReader(head.String()), io.LimitReader(zeros{}, size), strings.NewReader(tail))
		request, err := http.NewRequest(http.MethodPost, d.url+"/media", body)
		if err != nil {
			b.Fatal(err)
		}
		request.ContentLength = int64(head.Len()) + size + int64(len(tail))
		request.Header.Set("Content-Type", form.FormDataContentType())
		request.Header.Set("HX-Request", "true")
		drain(b, d, request, http.StatusCreated)
	})
}

// BenchmarkDownloadMemory downloads 100 MiB likewise.
func BenchmarkDownloadMemory(b *testing.B) {
	d := benchmarked(b)
	const size = 100 * mebibyte
	d.api.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasSuffix(r.URL.Path, "/file") {
			return false
		}
		w.Header().Set("Content-Length", strconv.Itoa(size))
		_, _ = io.Copy(w, io.LimitReader(zeros{}, size)) // a broken transfer shows at its other end
		return true
	})
	measurePeak(b, size, func() {
		request, err := http.NewRequest(http.MethodGet, d.url+"/media/7/file", nil)
		if err != nil {
			b.Fatal(err)
		}
		drain(b, d, request, http.StatusOK)
	})
}

func benchmarked(b *testing.B) *dashboard {
	b.Helper()
	d := startWith(b, func(c *handlers.Config) { c.MaxUpload = 32 * mebibyte },
		plusofontest.WithAccount(token, plusofontest.File{ID: 7, Name: "Привет"}))
	d.signIn(token)
	return d
}

func drain(b *testing.B, d *dashboard, request *http.Request, want int) {
	b.Helper()
	response, err := d.client.Do(request)
	if err != nil {
		b.Fatal(err)
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil || response.StatusCode != want {
		b.Fatalf("status %d, %v", response.StatusCode, err)
	}
}

// measurePeak reports the highest resident memory while work runs, less that
// before it.
func measurePeak(b *testing.B, size int64, work func()) {
	work() // pools and connections are filled once
	runtime.GC()
	before := resident(b)
	var peak atomic.Int64
	done := make(chan struct{})
	sampled := make(chan struct{})
	go func() {
		defer close(sampled)
		ticker := time.NewTicker(time.Millisecond)
		defer ticker.Stop()
		for {
			select {
			case <-done:
				return
			case <-ticker.C:
				peak.Store(max(peak.Load(), resident(b)))
			}
		}
	}()
	b.SetBytes(size)
	for b.Loop() {
		work()
	}
	close(done)
	<-sampled
	b.ReportMetric(float64(max(peak.Load()-before, 0))/mebibyte, "peak-MiB")
}

// resident is the memory that the system gives to the process, in bytes.
func resident(b *testing.B) int64 {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		b.Skip("the memory of a process is read from /proc, which only Linux has")
	}
	pages, err := strconv.ParseInt(strings.Fields(string(text))[1], 10, 64)
	if err != nil {
		b.Fatal(err)
	}
	return pages * int64(os.Getpagesize())
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
