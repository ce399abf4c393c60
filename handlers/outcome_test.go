package handlers_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// A write that had to be looked up succeeds like others, but for its words.
func TestWritesByHTMXThatHadToBeLookedUp(t *testing.T) {
	t.Parallel()
	const preset = "f6965c7eadb44c1a5aae6b99df4da814"
	for _, tt := range []struct {
		name, method, path string // of the API
		status             int
		do                 func(d *dashboard, headers ...string) *answer
		confirmed, found   string
	}{
		{"upload", http.MethodPost, "/api/v1/media", http.StatusCreated, func(d *dashboard, headers ...string) *answer {
			return d.upload("Новое", "a.wav", sound(d.t, "wav-pcm16-8000.wav"), headers...)
		}, "“Новое” has been uploaded.", "Plusofon did not confirm the upload, but we checked: “Новое” is there."},
		{"preset", http.MethodPost, "/api/v1/media", http.StatusCreated, func(d *dashboard, headers ...string) *answer {
			return d.post("/media", url.Values{"name": {"Новое"}, "standard_id": {preset}}, headers...)
		}, "“Новое” has been added to your audio files.", "Plusofon did not confirm the addition, but we checked: “Новое” is among your audio files."},
		{"rename", http.MethodPatch, "/api/v1/media/7", http.StatusOK, func(d *dashboard, headers ...string) *answer {
			return d.send(http.MethodPatch, "/media/7", url.Values{"name": {"Новое"}}, headers...)
		}, "Renamed to “Новое”.", "Plusofon did not confirm the new name, but we checked: the file is now called “Новое”."},
		{"delete", http.MethodDelete, "/api/v1/media/7", http.StatusOK, func(d *dashboard, headers ...string) *answer {
			return d.send(http.MethodDelete, "/media/7", nil, headers...)
		}, "“Привет” has been deleted.", "Plusofon did not confirm the deletion, but we checked: “Привет” is gone."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for fault, want := range map[string]struct {
				plusofontest.Fault
				text     string
				lookedUp bool
			}{
				"none": {plusofontest.Pass(), tt.confirmed, false}, "reset": {plusofontest.CarriedOut(plusofontest.Reset()), tt.found, true},
			} {
				d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет"})
				d.api.Fail(plusofontest.Match(tt.method, tt.path), want.Fault)
				answer := tt.do(d, append(htmx, english...)...).status(tt.status)
				var events struct {
					Toast struct {
						Text     string
						LookedUp bool
					}
				}
				if err := json.Unmarshal([]byte(answer.header.Get("HX-Trigger")), &events); err != nil {
					t.Fatal(err)
				}
				if events.Toast.Text != want.text || events.Toast.LookedUp != want.lookedUp {
					t.Errorf("%s: the page is told %+v, want %q", fault, events.Toast, want.text)
				}
			}
		})
	}
}

// The page of a new version says it too.
func TestANewVersionThatHadToBeLookedUp(t *testing.T) {
	t.Parallel()
	d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет", Content: []byte("old")})
	d.api.Fail(plusofontest.Match(http.MethodPost, "/api/v1/media"), plusofontest.CarriedOut(plusofontest.Reset()))
	answer := d.replace("7", "Привет", sound(t, "wav-pcm16-8000.wav")).status(http.StatusSeeOther)
	d.get(answer.header.Get("Location")).status(http.StatusOK).contains("Plusofon не подтвердил загрузку, но мы проверили: файл «Привет» на месте.")
}
