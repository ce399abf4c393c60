package handlers_test

import (
	"net/http"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// startSeen starts a dashboard that has seen file 7, so that it asks Plusofon
// for parts of it.
func startSeen(t *testing.T, content []byte) *dashboard {
	t.Helper()
	d := start(t, plusofontest.WithRanges(), plusofontest.WithAccount(token, plusofontest.File{ID: 7, Name: "Привет", Content: content}))
	d.session(token)
	d.get("/media/7/file").status(http.StatusOK)
	return d
}

// A Plusofon that refuses a part is asked for the whole.
func TestAPartThatPlusofonRefuses(t *testing.T) {
	t.Parallel()
	content := longWAV(20_000)
	for name, fault := range map[string]plusofontest.Fault{
		"by its status":  plusofontest.Answer(http.StatusRequestedRangeNotSatisfiable, "text/plain", "no"),
		"by its message": plusofontest.JSONError(http.StatusOK, http.StatusRequestedRangeNotSatisfiable, "No such range."),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := startSeen(t, content)
			for _, path := range []string{"/media/7/file", "/media/7/preview"} {
				d.api.Fail(files7, fault)
				answer := d.get(path, "Range", "bytes=9000-9099").status(http.StatusPartialContent)
				if answer.body != string(content[9000:9100]) {
					t.Errorf("%s: %d other bytes", path, len(answer.body))
				}
			}
		})
	}
}

// One wrong answer does not spoil the file for ever after.
func TestAWrongAnswerIsForgotten(t *testing.T) {
	t.Parallel()
	content := longWAV(20_000)
	for name, wrong := range map[string][]byte{"shorter": longWAV(6000), "longer": longWAV(40_000), "converted": longAU(30_000)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := startSeen(t, content)
			d.api.Fail(files7, plusofontest.Answer(http.StatusOK, "audio/wav", string(wrong)))
			d.get("/media/7/file").status(http.StatusOK)
			d.get("/media/7/file", "Range", "bytes=5000-5099").status(http.StatusBadGateway)
			for range 2 {
				if got := d.get("/media/7/file", "Range", "bytes=5000-5099").status(http.StatusPartialContent); got.body != string(content[5000:5100]) {
					t.Errorf("%d other bytes", len(got.body))
				}
			}
		})
	}
}

// The type comes from the content, whatever Plusofon calls it.
func TestTheTypeComesFromTheContent(t *testing.T) {
	t.Parallel()
	for _, said := range []string{"text/html", "image/svg+xml", "video/mp4", "application/json", ""} {
		for name, want := range map[string]string{
			"wav-pcm16-8000.wav": "audio/wav", "mp3-bare-frames-mpeg25-8k.mp3": "audio/mpeg", "au-mulaw-8000.au": "audio/basic",
			"aiff-pcm16-8000.aif": "audio/aiff", "ogg-vorbis.ogg": "audio/ogg", "gsm0610-raw-8000.gsm": "audio/x-gsm",
			"raw-pcm16-8000.raw": "application/octet-stream",
		} {
			d := start(t, plusofontest.WithFileContentType(said), plusofontest.WithAccount(token, plusofontest.File{ID: 7, Name: "Привет", Content: sound(t, name)}))
			d.session(token)
			if got := d.get("/media/7/file").status(http.StatusOK).header.Get("Content-Type"); got != want {
				t.Errorf("%s, called %q: Content-Type %q, want %q", name, said, got, want)
			}
		}
	}
}

// What is no sound has no ending that a program opens, and no preview: not
// even a video that begins with sound.
func TestWhatIsNoSound(t *testing.T) {
	t.Parallel()
	vorbis := sound(t, "ogg-vorbis.ogg")
	const firstPage = 27 + 1 + 30 // header, one lacing value, identification header (RFC 3533 §6, Vorbis I §4.2.2)
	for name, content := range map[string][]byte{
		"a page":                        sound(t, "foreign-page.html"),
		"a picture":                     sound(t, "foreign-image.png"),
		"a video":                       sound(t, "foreign-theora.ogv"),
		"a video that begins with song": append(vorbis[:firstPage:firstPage], sound(t, "foreign-theora.ogv")...),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет", Content: content})
			for range 2 { // before and after it is known what it is
				answer := d.get("/media/7/file?download=1").status(http.StatusOK)
				if got := answer.downloadName(); got != "Привет.bin" {
					t.Errorf("the name is %q", got)
				}
				if got := d.get("/media/7/file").status(http.StatusOK).downloadName(); got != "audio-7.bin" {
					t.Errorf("the name is %q", got)
				}
				d.get("/media/7/preview").status(http.StatusUnsupportedMediaType)
				d.get("/media/7/preview", "Range", "bytes=0-1").status(http.StatusUnsupportedMediaType)
			}
		})
	}
}

// Two accounts never hear each other's sounds, though the numbers of their
// files be the same.
func TestSoundsOfTwoAccounts(t *testing.T) {
	t.Parallel()
	const other = "a-token-of-somebody-else"
	ours, theirs := longWAV(20_000), longAU(20_000) // as long, so that only the bytes tell
	d := start(t, plusofontest.WithRanges(),
		plusofontest.WithAccount(token, plusofontest.File{ID: 7, Name: "Привет", Content: ours}, plusofontest.File{ID: 8, Name: "Наш", Content: ours}),
		plusofontest.WithAccount(other, plusofontest.File{ID: 7, Name: "Чужой", Content: theirs}))
	d.session(token)
	tags := map[string]string{}
	for _, path := range []string{"/media/7/file", "/media/8/file", "/media/7/preview", "/media/8/preview"} {
		tags[path] = d.get(path).status(http.StatusOK).header.Get("ETag")
	}
	d.session(other)
	// What was seen in one account is not known of the other.
	answer := d.get("/media/7/file", "Range", "bytes=5000-5099").status(http.StatusPartialContent)
	if got := answer.header.Get("Content-Type"); got != "audio/basic" || answer.body != string(theirs[5000:5100]) {
		t.Errorf("%s, %d other bytes", got, len(answer.body))
	}
	for path, tag := range tags {
		want := http.StatusOK
		if path[:8] == "/media/8" {
			want = http.StatusNotFound
		}
		d.get(path, "If-None-Match", tag).status(want)
		d.get(path, "Range", "bytes=5000-5099", "If-Range", tag).status(want)
	}
	d.get("/media/8/file", "Range", "bytes=5000-5099").status(http.StatusNotFound)
	d.get("/media/8/file", "If-None-Match", "*").status(http.StatusNotFound)
}
