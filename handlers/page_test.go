package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/plusofon-dashboard/dashboard/handlers"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

func TestEveryAnswerIsGuarded(t *testing.T) {
	t.Parallel()
	d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет", Content: sound(t, "wav-pcm16-8000.wav")})
	for _, path := range []string{
		"/media", "/media/7", "/media/7/file", "/media/7/preview", "/media/8", "/standard", "/login", "/nowhere",
		"/static/nowhere.js", "/healthz", "/readyz",
	} {
		header := d.get(path).header
		csp := header.Get("Content-Security-Policy")
		if !strings.Contains(csp, "frame-ancestors 'none'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: Content-Security-Policy %q", path, csp)
		}
		for name, want := range map[string]string{
			"X-Content-Type-Options":       "nosniff",
			"Referrer-Policy":              "no-referrer",
			"Cross-Origin-Opener-Policy":   "same-origin",
			"Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got := header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", path, name, got, want)
			}
		}
		if header.Get("Permissions-Policy") == "" || header.Get("X-Request-Id") == "" {
			t.Errorf("%s: no Permissions-Policy or no X-Request-Id", path)
		}
	}
	if got := d.get("/media").header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("pages have Cache-Control %q, want no-store", got)
	}
	if got := d.get("/media/7/file").header.Get("Cache-Control"); !strings.Contains(got, "private") {
		t.Errorf("audio has Cache-Control %q, want private", got)
	}
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
