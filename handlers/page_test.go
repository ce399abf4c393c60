package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/plusofon-dashboard/dashboard/handlers"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// guardedAnswers are requests that are answered in all ways there are, with the
// header that matters. An empty path is that of a script.
var guardedAnswers = []struct {
	method, path string
	status       int
	header       string // of the request, with its value
	value        string
}{
	{"GET", "/media", 200, "Accept", "*/*"},
	{"GET", "/media", 200, "HX-Request", "true"},
	{"GET", "/media/7", 200, "Accept", "*/*"},
	{"GET", "/media/7/file", 200, "Accept", "*/*"},
	{"GET", "/media/7/file", 206, "Range", "bytes=0-1"},
	{"GET", "/media/7/file", 416, "Range", "bytes=5-2"},
	{"GET", "/media/7/file", 403, "Sec-Fetch-Site", "cross-site"},
	{"GET", "/media/7/preview", 200, "Accept", "*/*"},
	{"GET", "/media/8", 404, "Accept", "*/*"},
	{"GET", "/media/8/file", 404, "Accept", "*/*"},
	{"GET", "/standard", 200, "Accept", "*/*"},
	{"GET", "/login", 303, "Accept", "*/*"},
	{"GET", "/nowhere", 404, "Accept", "*/*"},
	{"PUT", "/media", 405, "Accept", "*/*"},
	{"POST", "/media", 400, "Accept", "*/*"},
	{"POST", "/media", 403, "Origin", "https://evil.example"},
	{"POST", "/login", 422, "Accept", "*/*"},
	{"POST", "/media/7/rename", 422, "Accept", "*/*"},
	{"GET", "", 200, "Accept", "*/*"},
	{"GET", "/static/nowhere.js", 404, "Accept", "*/*"},
	{"GET", "/healthz", 200, "Accept", "*/*"},
	{"GET", "/readyz", 200, "Accept", "*/*"},
	{"POST", "/logout", 303, "Accept", "*/*"},
	{"GET", "/media", 303, "Accept", "*/*"},
	{"GET", "/media", 401, "HX-Request", "true"},
	{"GET", "/media/7/file", 401, "Accept", "*/*"},
	{"GET", "/login", 200, "Accept", "*/*"},
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	t.Parallel()
	d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет", Content: sound(t, "wav-pcm16-8000.wav")})
	script, _ := d.get("/media").find("script[src]").Attr("src")
	for _, row := range guardedAnswers {
		if row.path == "" {
			row.path = script
		}
		d.request(row.method, row.path, nil, row.header, row.value).status(row.status).guarded()
	}
}

// Pages are kept by nobody, sounds by nobody but the browser, assets for ever.
func TestWhatMayBeKept(t *testing.T) {
	t.Parallel()
	d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет", Content: sound(t, "wav-pcm16-8000.wav")})
	script, _ := d.get("/media").find("script[src]").Attr("src")
	for path, want := range map[string]string{
		"/media": "no-store", "/media/7": "no-store", "/login": "no-store", "/nowhere": "no-store", "/static/nowhere.js": "no-store",
		"/media/7/file": "private, no-cache", "/media/7/preview": "private, no-cache", script: "public, max-age=31536000, immutable",
	} {
		if got := d.get(path).header.Get("Cache-Control"); got != want {
			t.Errorf("%s has Cache-Control %q, want %q", path, got, want)
		}
	}
}

// What scripts put into the list is in the language of its page, whoever asks,
// and is kept for ever.
func TestTheTools(t *testing.T) {
	t.Parallel()
	d := signedIn(t)
	address := func(headers ...string) string {
		path, _ := d.get("/media", headers...).find("[data-tools]").Attr("data-tools")
		return path
	}
	russian, inEnglish := address(), address(english...)
	d.post("/logout", nil)
	d.get(russian, english...).status(http.StatusOK).guarded().
		has("#player-template", 1).has("#delete-dialog", 1).contains("Как в трубке").lacks("As on the phone", "<html")
	answer := d.get(inEnglish).status(http.StatusOK).contains("As on the phone")
	if got := answer.header.Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
		t.Errorf("Cache-Control is %q", got)
	}
	d.request(http.MethodHead, russian, nil).status(http.StatusOK)
	// A page of another version finds today's, which browsers don't keep.
	older := d.get("/tools/ru.00000000.html").status(http.StatusOK).has("#player-template", 1)
	if got := older.header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("under an older address, Cache-Control is %q", got)
	}
	d.get("/tools/de.00000000.html").status(http.StatusNotFound)
	d.get("/tools/ru.html").status(http.StatusOK)
	d.get("/tools/ru.00000000.css").status(http.StatusNotFound)
}

func TestOtherSitesAreRefused(t *testing.T) {
	t.Parallel()
	d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет"})
	before := d.asked()
	for _, path := range []string{"/login", "/logout", "/media", "/media/7/rename", "/media/7/delete"} {
		form := url.Values{"token": {token}, "name": {"x"}}
		d.post(path, form, "Sec-Fetch-Site", "cross-site").status(http.StatusForbidden).contains("с другого сайта")
		d.post(path, form, "Origin", "https://evil.example").status(http.StatusForbidden)
	}
	d.send(http.MethodDelete, "/media/7", nil, append(htmx, "Sec-Fetch-Site", "same-site")...).status(http.StatusForbidden)
	if got := d.asked() - before; got != 0 {
		t.Errorf("Plusofon was asked %d times, want none", got)
	}
	d.get("/media").status(http.StatusOK)
}

func TestThePublicAddressIsOurOwnOrigin(t *testing.T) {
	t.Parallel()
	public, err := url.Parse("https://audio.example.com")
	if err != nil {
		t.Fatal(err)
	}
	d := startWith(t, func(c *handlers.Config) { c.PublicURL = public }, plusofontest.WithAccount(token))
	answer := d.post("/login", url.Values{"token": {"wrong"}}, "Origin", "https://audio.example.com").
		status(http.StatusUnprocessableEntity)
	if got := answer.header.Get("Strict-Transport-Security"); got == "" {
		t.Error("no Strict-Transport-Security behind https")
	}
}

func TestLanguages(t *testing.T) {
	t.Parallel()
	d := signedIn(t)
	d.get("/media").has("html[lang=ru]", 1).contains("Аудиофайлы")
	d.get("/media", english...).has("html[lang=en]", 1).contains("Audio files")
	link, _ := d.get("/media?page=2").find("a.language").Attr("href")
	if link != "/media?lang=en&page=2" {
		t.Errorf("the switch leads to %q", link)
	}
	d.get(link).status(http.StatusSeeOther).location("/media?page=2")
	d.get("/media").has("html[lang=en]", 1)
	d.get("//evil.example/?lang=ru").status(http.StatusSeeOther).location("/evil.example/")
}

func TestUnknownAddresses(t *testing.T) {
	t.Parallel()
	d := signedIn(t)
	d.get("/nowhere").status(http.StatusNotFound).contains("Такой страницы нет", "<html")
	d.get("/nowhere", htmx...).status(http.StatusNotFound).lacks("<html")
	d.request(http.MethodPut, "/media", nil).status(http.StatusMethodNotAllowed).contains("Так сделать нельзя")
	d.get("/static/js/app.js").status(http.StatusNotFound)
	d.request(http.MethodHead, "/media", nil).status(http.StatusOK)
}

func TestHealth(t *testing.T) {
	t.Parallel()
	ready := true
	d := startWith(t, func(c *handlers.Config) { c.Ready = func() bool { return ready } })
	d.get("/healthz").status(http.StatusOK)
	d.get("/readyz").status(http.StatusOK)
	ready = false
	d.get("/healthz").status(http.StatusOK)
	d.get("/readyz").status(http.StatusServiceUnavailable)
}

func TestTheLogNamesWhatWasDoneAndNoToken(t *testing.T) {
	t.Parallel()
	d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет"})
	d.post("/media/7/rename", url.Values{"name": {"Новое"}})
	d.get("/nowhere?token=" + token)
	log := d.log.String()
	for _, want := range []string{"route=/media/:id/rename", "status=303", "msg=renamed", "media=7", "account="} {
		if !strings.Contains(log, want) {
			t.Errorf("the log lacks %q:\n%s", want, log)
		}
	}
	if strings.Contains(log, token) {
		t.Errorf("the log has the token:\n%s", log)
	}
}

// One request that goes wrong in a way nobody thought of is a page with its
// number, and a line of the log.
func TestAPanic(t *testing.T) {
	t.Parallel()
	var broken atomic.Bool
	d := startBefore(t, plusofontest.NewServer(plusofontest.WithAccount(token)), roundTrip(func(r *http.Request) (*http.Response, error) {
		if broken.Load() {
			panic("out of order")
		}
		return http.DefaultTransport.RoundTrip(r)
	}), func(*handlers.Config) {})
	d.signIn(token)
	broken.Store(true)
	answer := d.get("/media").status(http.StatusInternalServerError).guarded().
		contains("Что-то пошло не так у нас", "Ничего не изменилось").lacks("out of order", "goroutine")
	id := answer.header.Get("X-Request-Id")
	answer.contains(id)
	lines := 0
	for line := range strings.Lines(d.log.String()) {
		if strings.Contains(line, "out of order") {
			lines++
			if !strings.Contains(line, id) || !strings.Contains(line, "level=ERROR") {
				t.Errorf("the log says %s", line)
			}
		}
	}
	if lines != 1 {
		t.Errorf("%d lines of the log are about it, want one", lines)
	}
	broken.Store(false)
	d.get("/media").status(http.StatusOK)
}

// roundTrip is a function that is a transport.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
