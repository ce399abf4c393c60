package plusofontest_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

func TestRequests(t *testing.T) {
	t.Parallel()
	server := withFiles(t, sound)
	body := upload("n", "raw", "sound")
	do(t, server, "GET", listPath+"?page=2", "", "X-Marker", "here")
	do(t, server, "POST", listPath, body)
	do(t, server, "GET", filePath, "", "Authorization", "")
	requests := server.Requests()
	if len(requests) != 3 {
		t.Fatalf("%d requests", len(requests))
	}
	if r := requests[0]; r.Method != "GET" || r.Path != listPath || r.Query != "page=2" || r.Header.Get("X-Marker") != "here" || r.BodySize != 0 {
		t.Errorf("first %+v", r)
	}
	if r := requests[1]; r.Method != "POST" || r.BodySize != int64(len(body)) {
		t.Errorf("second %+v", r)
	}
	for _, tt := range []struct {
		method, pattern string
		want            int
	}{
		{"GET", listPath, 1}, {"", listPath, 2}, {"GET", "/api/v1/media/*", 0}, {"GET", "/api/v1/media/*/file", 1}, {"DELETE", listPath, 0},
	} {
		if got := server.Count(tt.method, tt.pattern); got != tt.want {
			t.Errorf("%d of %s %s, want %d", got, tt.method, tt.pattern, tt.want)
		}
	}
}

func TestOnlyTheLatestRequestsAreKept(t *testing.T) {
	t.Parallel()
	api := plusofontest.New()
	for i := range 10_001 {
		path := "/later"
		if i == 0 {
			path = "/first"
		}
		api.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", path, nil))
	}
	if first, later := api.Count("GET", "/first"), api.Count("GET", "/later"); first != 0 || later != 10_000 {
		t.Errorf("%d first, %d later", first, later)
	}
}

func TestAwait(t *testing.T) {
	t.Parallel()
	server := withFiles(t)
	ended, end := context.WithCancel(t.Context())
	end()
	if err := server.Await(ended, "GET", listPath, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	var group sync.WaitGroup
	for range 3 {
		group.Go(func() { send(server, request(t, server, "GET", listPath, "")) })
	}
	if err := server.Await(t.Context(), "GET", listPath, 3); err != nil {
		t.Error(err)
	}
	group.Wait()
}

// The hook may change while requests run, and the API be asked meanwhile.
func TestInterceptMeanwhile(t *testing.T) {
	t.Parallel()
	server := withFiles(t, sound)
	teapot := func(w http.ResponseWriter, r *http.Request) bool {
		server.Count("GET", listPath) // may be asked
		w.WriteHeader(http.StatusTeapot)
		return r.Method == http.MethodGet
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() { send(server, request(t, server, "GET", listPath, "")) })
		server.Intercept(teapot)
	}
	group.Wait()
	if got := do(t, server, "GET", listPath, "").status; got != http.StatusTeapot {
		t.Errorf("status %d", got)
	}
	server.Intercept(nil)
	if got := do(t, server, "GET", listPath, "").status; got != http.StatusOK {
		t.Errorf("status %d after", got)
	}
	server.Intercept(func(http.ResponseWriter, *http.Request) bool { return false })
	do(t, server, "GET", filePath, "").is(t, "0123456789")
}

func TestLatency(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := plusofontest.New(plusofontest.WithLatency(time.Hour))
		start := time.Now()
		api.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", listPath, nil))
		if waited := time.Since(start); waited != time.Hour {
			t.Errorf("waited %s", waited)
		}
	})
}

func TestInFlight(t *testing.T) {
	t.Parallel()
	server := withFiles(t, sound)
	server.Fail(plusofontest.Match("GET", filePath), plusofontest.Hang())
	ctx, leave := context.WithCancel(t.Context())
	var group sync.WaitGroup
	group.Go(func() { send(server, request(t, server, "GET", filePath, "").WithContext(ctx)) })
	if err := server.Await(t.Context(), "GET", filePath, 1); err != nil {
		t.Fatal(err)
	}
	if got := server.InFlight(); got != 1 {
		t.Errorf("%d in flight", got)
	}
	leave()
	group.Wait()
	server.Close() // waits for the request to end
	if got := server.InFlight(); got != 0 {
		t.Errorf("%d in flight after", got)
	}
}

// The list of a large account must cost no more than that of a small one.
func BenchmarkList(b *testing.B) {
	for _, count := range []int{100, 10_000} {
		b.Run(fmt.Sprintf("files=%d", count), func(b *testing.B) {
			files := make([]plusofontest.File, count)
			for i := range files {
				files[i].Name = "Приветствие"
			}
			server := withFiles(b, files...)
			b.ReportAllocs()
			for b.Loop() {
				response, err := server.Client().Do(request(b, server, "GET", listPath+"?page=5", ""))
				if err != nil {
					b.Fatal(err)
				}
				_, _ = io.Copy(io.Discard, response.Body)
				response.Body.Close()
			}
		})
	}
}
