package handlers_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/handlers"
	"github.com/plusofon-dashboard/dashboard/internal/metrics"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// Whoever leaves while Plusofon is still thinking, as searching does at every
// letter, is no failure: neither in the log nor in the metrics.
func TestWhoeverLeavesIsNoFailure(t *testing.T) {
	t.Parallel()
	for _, path := range []string{
		"/media", "/media?q=a", "/media/7", "/media/7/file", "/media/7/preview", "/media/found", "/standard", "/media/archive?id=7",
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			counted := metrics.New(metrics.Build{}, nil)
			d := startWith(t, func(c *handlers.Config) { c.Metrics = counted },
				plusofontest.WithAccount(token, plusofontest.File{ID: 7, Name: "Привет"}))
			d.session(token)
			d.api.FailBy(func(*http.Request) plusofontest.Fault { return plusofontest.Hang() })
			before := d.asked()
			ctx, leave := context.WithCancel(t.Context())
			request, err := http.NewRequestWithContext(ctx, http.MethodGet, d.url+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			go func() {
				defer leave()
				for d.asked() == before && t.Context().Err() == nil {
					runtime.Gosched()
				}
			}()
			if response, err := d.client.Do(request); err == nil {
				response.Body.Close()
			} else if !errors.Is(err, context.Canceled) {
				t.Fatal(err)
			}
			waitUntil(t, func() bool { return strings.Contains(d.log.String(), "status=499") })
			if text := d.log.String(); strings.Contains(text, "level=ERROR") || strings.Contains(text, "status=5") {
				t.Errorf("the log has an error:\n%s", text)
			}
			if text := scrape(counted); !strings.Contains(text, `status="499"`) || strings.Contains(text, `status="5`) {
				t.Errorf("the metrics are:\n%s", text)
			}
		})
	}
}

// scrape reads metrics as Prometheus does.
func scrape(m *metrics.Registry) string {
	answer := httptest.NewRecorder()
	m.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	return answer.Body.String()
}

// waitUntil waits for something that happens behind an answer.
func waitUntil(t *testing.T, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !holds(); runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatal("waited in vain")
		}
	}
}
