package handlers_test

import (
	"mime"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// Names that files must not have become names of media files without harm, or
// are refused.
func TestEvilFileNames(t *testing.T) {
	t.Parallel()
	wav := sound(t, "wav-pcm16-8000.wav")
	for sent, want := range map[string]string{ // as they stand in the form
		`../../x.wav`:                           "x",
		`..\..\x.wav`:                           "x",
		`..\\..\\x.wav`:                         "x",
		`/etc/passwd`:                           "passwd",
		`C:\Windows\system32\x.wav`:             "x",
		`x.wav/..`:                              ".", // a name like any other for a row of a list
		`%0d%0aSet-Cookie: a=b.wav`:             "%0d%0aSet-Cookie: a=b",
		"a\x00b.wav":                            "a b",
		`<img src=x onerror=alert(1)>.wav`:      "<img src=x onerror=alert(1)>",
		strings.Repeat("я", 10_000) + `.wav`:    strings.Repeat("я", 255),
		strings.Repeat("a/", 5_000) + `end.wav`: "end",
		"\xff\xfe.wav":                          "",
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			d := signedIn(t)
			part := "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + strings.ReplaceAll(sent, `"`, `\"`) + "\"\r\n\r\n"
			answer := d.request(http.MethodPost, "/media", strings.NewReader(part+string(wav)+"\r\n--b--\r\n"), append(htmx, "Content-Type", "multipart/form-data; boundary=b")...)
			stored := d.api.Files(token)
			switch {
			case answer.code == http.StatusUnprocessableEntity || answer.code == http.StatusBadRequest:
				if len(stored) != 0 {
					t.Error("refused and uploaded all the same")
				}
				if want != "" && want != "a b" && want != "." {
					t.Errorf("refused: %s", answer.body)
				}
			case answer.code != http.StatusCreated || len(stored) != 1:
				t.Fatalf("status %d, %d files; body:\n%s", answer.code, len(stored), answer.body)
			case stored[0].Name != want:
				t.Errorf("the name is %q, want %q", stored[0].Name, want)
			}
			answer.lacks("<img")
			for name, values := range answer.header {
				if strings.EqualFold(name, "Set-Cookie") && strings.Contains(values[0], "a=b") {
					t.Errorf("a header was planted: %v", values)
				}
			}
		})
	}
}

// The name of a download comes out of the header as it went in, and no name
// leads out of a folder, hides its ending or plants a header.
func TestNamesOfDownloads(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Привет":                  "Привет.wav",
		"Перерыв на обед":         "Перерыв на обед.wav",
		"меню.WAV":                "меню.wav",
		`a"b;c=d, e`:              "a_b;c=d, e.wav",
		`../../etc/passwd`:        "_.._etc_passwd.wav",
		`..\..\x`:                 "_.._x.wav",
		"a\r\nSet-Cookie: x=y":    "a  Set-Cookie_ x=y.wav",
		"a\x00b":                  "ab.wav",
		"\u202Egnp.exe":           "gnp.exe.wav",
		"100% + 'кавычки'*":       "100% + 'кавычки'_.wav",
		"emoji 👩":                 "emoji 👩.wav",
		"CON":                     "audio-7 CON.wav",
		"lpt1.txt":                "audio-7 lpt1.txt.wav",
		"":                        "audio-7.wav",
		" . ":                     "audio-7.wav",
		".htaccess":               "htaccess.wav",
		"\u00e9e\u0301":           "\u00e9e\u0301.wav",
		strings.Repeat("я", 9999): strings.Repeat("я", 113) + ".wav",
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			d := signedIn(t, plusofontest.File{ID: 7, Name: name, Content: longWAV(10_000)})
			answer := d.get("/media/7/file?download=1").status(http.StatusOK)
			header := answer.header.Get("Content-Disposition")
			kind, parameters, err := mime.ParseMediaType(header)
			if err != nil || kind != "attachment" || parameters["filename"] != want {
				t.Errorf("Content-Disposition %q is %s %q, %v, want %q", header, kind, parameters, err, want)
			}
			if !utf8.ValidString(header) || strings.ContainsFunc(header, func(r rune) bool { return r < ' ' || r > '~' }) {
				t.Errorf("Content-Disposition %q is not ASCII", header)
			}
			if answer.header.Get("Set-Cookie") != "" {
				t.Errorf("Set-Cookie %q", answer.header.Get("Set-Cookie"))
			}
			d.get("/media/7").status(http.StatusOK)
			d.post("/media/7/rename", map[string][]string{"name": {"Новое"}}).status(http.StatusSeeOther)
		})
	}
}
