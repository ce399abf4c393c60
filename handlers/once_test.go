package handlers_test

import (
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// Who clicks twice causes one call, and both clicks get its outcome.
func TestTwoClicksAreOneCall(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		method, path string // of the API
		status       int
		click        func(d *dashboard) *answer
	}{
		{http.MethodDelete, "/api/v1/media/7", http.StatusOK, func(d *dashboard) *answer {
			return d.send(http.MethodDelete, "/media/7", nil, htmx...)
		}},
		{http.MethodPatch, "/api/v1/media/7", http.StatusOK, func(d *dashboard) *answer {
			return d.send(http.MethodPatch, "/media/7", url.Values{"name": {"Новое"}}, htmx...)
		}},
		{http.MethodPost, "/api/v1/media", http.StatusCreated, func(d *dashboard) *answer {
			return d.upload("Новое", "a.wav", sound(d.t, "wav-pcm16-8000.wav"), htmx...)
		}},
	} {
		t.Run(tt.method, func(t *testing.T) {
			t.Parallel()
			d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет"})
			second := make(chan *answer, 1)
			var first sync.Once
			d.api.Intercept(func(_ http.ResponseWriter, r *http.Request) bool {
				if r.Method == tt.method && r.URL.Path == tt.path {
					first.Do(func() {
						go func() { second <- tt.click(d) }()
						// The second click waits for the first, which nothing
						// outside can see: it gets time to do so.
						time.Sleep(300 * time.Millisecond)
					})
				}
				return false
			})
			tt.click(d).status(tt.status)
			(<-second).status(tt.status)
			if got := d.api.Count(tt.method, tt.path); got != 1 {
				t.Errorf("Plusofon got %d calls, want one", got)
			}
		})
	}
}
