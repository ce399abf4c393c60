package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// The page of a file leads back to the page of the list, or the search, from which it
// was opened, and never to another site.
func TestTheWayBackToTheList(t *testing.T) {
	t.Parallel()
	d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет", Content: longWAV(1000)})
	for referer, want := range map[string]string{
		"":                                       "/media",
		d.url + "/media?page=3":                  "/media?page=3",
		d.url + "/media?q=%D0%9C&sort=name":      "/media?q=%D0%9C&sort=name",
		d.url + "/standard":                      "/media",
		d.url + "/media/7?lang=en":               "/media",
		"https://evil.example/media/../x?page=2": "/media",
		"javascript:alert(1)":                    "/media",
	} {
		page := d.get("/media/7", "Referer", referer).status(http.StatusOK)
		if got, _ := page.find(".back a").Attr("href"); got != want {
			t.Errorf("from %q back to %q, want %q", referer, got, want)
		}
	}
}

// The button that deletes is called as it reads, and says of which file it is.
func TestTheNameOfTheButtonThatDeletes(t *testing.T) {
	t.Parallel()
	page := signedIn(t, plusofontest.File{ID: 7, Name: "Привет", Content: longWAV(1000)}).get("/media/7").status(http.StatusOK)
	summary := page.find("#delete summary")
	if label, has := summary.Attr("aria-label"); has {
		t.Errorf("its name is %q, whatever it reads", label)
	}
	if text := strings.TrimSpace(summary.Text()); !strings.HasPrefix(text, "Удалить файл…") || !strings.Contains(text, "Привет") {
		t.Errorf("it reads %q", text)
	}
}

// A file that was read and is no sound says what it is; a codec that is not known has
// words around its name.
func TestWhatIsSaidOfAStrangeFile(t *testing.T) {
	t.Parallel()
	wma := sound(t, "wav-pcm16-8000.wav")
	wma[20], wma[21] = 0x62, 0x01 // a codec that Plusofon does not know
	d := signedIn(t,
		plusofontest.File{ID: 7, Name: "Картинка", Content: append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), make([]byte, 200)...)},
		plusofontest.File{ID: 8, Name: "Странный", Content: wma},
	)
	d.get("/media/7").status(http.StatusOK).lacks("сейчас не читается").contains("картинка")
	d.get("/media/8").status(http.StatusOK).lacks("unknown")
}
