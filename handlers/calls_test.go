package handlers_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// Each of the seven calls of the API is behind a page, and each page shows
// what Plusofon says, in whichever of the two styles it says it.
func TestEveryCallShowsWhatPlusofonSays(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		method, path string // of the API
		do           func(d *dashboard) *answer
	}{
		{http.MethodGet, "/api/v1/media", func(d *dashboard) *answer { return d.get("/media") }},
		{http.MethodGet, "/api/v1/media/7", func(d *dashboard) *answer { return d.get("/media/7") }},
		{http.MethodGet, "/api/v1/media/7/file", func(d *dashboard) *answer { return d.get("/media/7/file") }},
		{http.MethodPost, "/api/v1/media", func(d *dashboard) *answer {
			return d.upload("Новый", "a.wav", sound(d.t, "wav-pcm16-8000.wav"))
		}},
		{http.MethodPatch, "/api/v1/media/7", func(d *dashboard) *answer {
			return d.post("/media/7/rename", url.Values{"name": {"Новый"}})
		}},
		{http.MethodDelete, "/api/v1/media/7", func(d *dashboard) *answer { return d.post("/media/7/delete", nil) }},
		{http.MethodGet, "/api/v1/standard-media", func(d *dashboard) *answer { return d.get("/standard") }},
	} {
		for _, httpStatus := range []int{http.StatusOK, http.StatusConflict} {
			t.Run(fmt.Sprintf("%s %s with HTTP %d", tt.method, tt.path, httpStatus), func(t *testing.T) {
				t.Parallel()
				d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет", Format: "wav", Content: sound(t, "wav-pcm16-8000.wav")})
				d.api.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
					if r.Method != tt.method || r.URL.Path != tt.path {
						return false
					}
					w.Header().Set("Content-Type", "application/json")
					w.WriteHeader(httpStatus)
					fmt.Fprint(w, `{"message":"Media is used in a <b>scenario<\/b>.","code":409}`)
					return true
				})
				tt.do(d).status(http.StatusBadGateway).contains("Plusofon отклонил запрос").lacks("<b>scenario")
				if len(d.api.Files(token)) != 1 || d.api.Files(token)[0].Name != "Привет" {
					t.Error("something was changed")
				}
			})
		}
	}
}
