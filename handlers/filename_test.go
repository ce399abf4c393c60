package handlers_test

import (
	"mime"
	"net/http"
	"strings"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// What Windows and macOS do with names beyond the plain cases.
func TestNamesThatASystemWouldChange(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"\u00A0Привет\u3000":            "Привет.wav", // spaces that are not that of ASCII
		"\u00A0":                        "audio-7.wav",
		"Привет. .wav":                  "Привет.wav",
		"CON .x":                        "audio-7 CON .x.wav",
		"com¹":                          "audio-7 com¹.wav",
		"LPT³.wav":                      "audio-7 LPT³.wav",
		"CONOUT$":                       "audio-7 CONOUT$.wav",
		"COM10":                         "COM10.wav", // no device
		"COM":                           "COM.wav",
		"Conference":                    "Conference.wav",
		strings.Repeat("a", 225) + "яя": strings.Repeat("a", 225) + ".wav",
		strings.Repeat("a", 225) + " b": strings.Repeat("a", 225) + ".wav",
		"wav":                           "wav.wav",
		"a.wav.wav":                     "a.wav.wav",
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			d := signedIn(t, plusofontest.File{ID: 7, Name: name, Content: longWAV(10_000)})
			if got := d.get("/media/7/file?download=1").status(http.StatusOK).downloadName(); got != want {
				t.Errorf("the name is %q, want %q", got, want)
			}
		})
	}
}

// Clients that know only ASCII find a name too (RFC 6266 §4.3), in which
// nothing is left for them to decode.
func TestADownloadHasANameInASCII(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Hello":        "Hello.wav",
		"Привет 2":     "______ 2.wav",
		"100%41":       "100_41.wav",
		`say "hi"`:     "say _hi_.wav",
		"👩‍👩‍👧 family": "___ family.wav",
	} {
		d := signedIn(t, plusofontest.File{ID: 7, Name: name, Content: longWAV(10_000)})
		header := d.get("/media/7/file?download=1").status(http.StatusOK).header.Get("Content-Disposition")
		plain, extended, found := strings.Cut(header, "; filename*=UTF-8''")
		_, parameters, err := mime.ParseMediaType(plain)
		if !found || extended == "" || err != nil || parameters["filename"] != want {
			t.Errorf("Content-Disposition %q, %v, want %q in ASCII and another in UTF-8", header, err, want)
		}
	}
}

// downloadName is the file name under which a browser keeps the answer.
func (a *answer) downloadName() string {
	a.t.Helper()
	kind, parameters, err := mime.ParseMediaType(a.header.Get("Content-Disposition"))
	if err != nil || kind != "attachment" {
		a.t.Errorf("Content-Disposition %q, %v", a.header.Get("Content-Disposition"), err)
	}
	return parameters["filename"]
}
