package handlers_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/auth"
	"github.com/plusofon-dashboard/dashboard/handlers"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// sealed is the session cookie that sessions with the settings given make.
func sealed(t *testing.T, config auth.Config) string {
	t.Helper()
	config.Idle, config.Max = time.Hour, 12*time.Hour
	sessions, err := auth.New(config)
	if err != nil {
		t.Fatal(err)
	}
	recorder := httptest.NewRecorder()
	if _, err := sessions.Start(recorder, httptest.NewRequest(http.MethodPost, "/login", nil), token); err != nil {
		t.Fatal(err)
	}
	return recorder.Result().Cookies()[0].Value
}

// A cookie that is no good leads to the sign-in page and is cleared. It never
// gets to Plusofon.
func TestCookiesThatAreNoGood(t *testing.T) {
	t.Parallel()
	good := sealed(t, auth.Config{Secrets: []string{secret}})
	long := func() time.Time { return time.Now().Add(-13 * time.Hour) }
	half := len(good) / 2
	for name, cookies := range map[string]string{
		"garbage":          "session=garbage",
		"empty":            "session=",
		"not base64":       "session=%%%",
		"quoted":           `session="a\"b"`,
		"64 KB":            "session=" + strings.Repeat("a", 20_000),
		"cut":              "session=" + good[:half],
		"without its head": "session=" + good[half:],
		"swapped":          "session=" + good[half:] + good[:half],
		"one letter":       "session=" + good[:half] + string(good[half]^1) + good[half+1:],
		"another's name":   "session=" + strings.ToUpper(good),
		"expired":          "session=" + sealed(t, auth.Config{Secrets: []string{secret}, Now: long}),
		"idle":             "session=" + sealed(t, auth.Config{Secrets: []string{secret}, Now: func() time.Time { return time.Now().Add(-2 * time.Hour) }}),
		"doubled":          "session=" + good + "; session=" + good,
		"one planted":      "session=garbage; session=" + good,
		"another key":      "session=" + sealed(t, auth.Config{Secrets: []string{"another secret, of a program that is not this one"}}),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := start(t, plusofontest.WithAccount(token, plusofontest.File{ID: 7, Name: "Привет"}))
			d.client.Jar = nil
			d.noGood(t, cookies)
		})
	}
	t.Run("from before signing out", func(t *testing.T) {
		t.Parallel()
		d := start(t, plusofontest.WithAccount(token, plusofontest.File{ID: 7, Name: "Привет"}))
		d.client.Jar = nil
		d.get("/media", "Cookie", "session="+good).status(http.StatusOK)
		d.post("/logout", nil, "Cookie", "session="+good).status(http.StatusSeeOther)
		d.noGood(t, "session="+good)
	})
	t.Run("good", func(t *testing.T) {
		t.Parallel()
		d := start(t, plusofontest.WithAccount(token))
		d.client.Jar = nil
		d.get("/media", "Cookie", "session="+good).status(http.StatusOK)
	})
}

func (d *dashboard) noGood(t *testing.T, cookies string) {
	t.Helper()
	before := d.asked()
	for _, answer := range []*answer{
		d.get("/media", "Cookie", cookies).status(http.StatusSeeOther),
		d.get("/media/7", "Cookie", cookies).status(http.StatusSeeOther),
		d.get("/media", append(htmx, "Cookie", cookies)...).status(http.StatusUnauthorized),
		d.get("/media/7/file", "Cookie", cookies).status(http.StatusUnauthorized),
		d.post("/media/7/delete", nil, "Cookie", cookies).status(http.StatusSeeOther),
		d.get("/login", "Cookie", cookies).status(http.StatusOK).contains("API-токен"),
	} {
		if got := answer.header.Get("Set-Cookie"); !strings.HasPrefix(got, "session=;") || !strings.Contains(got, "Max-Age=0") {
			t.Errorf("Set-Cookie is %q, want the cookie cleared", got)
		}
	}
	d.post("/logout", nil, "Cookie", cookies).status(http.StatusSeeOther)
	if got := d.asked() - before; got != 0 {
		t.Errorf("Plusofon was asked %d times, want none", got)
	}
}

// Behind https all cookies that matter are bound to this host.
func TestCookiesBehindHTTPS(t *testing.T) {
	t.Parallel()
	public, err := url.Parse("https://audio.example.com")
	if err != nil {
		t.Fatal(err)
	}
	sessions, err := auth.New(auth.Config{Secrets: []string{secret}, Idle: time.Hour, Max: time.Hour, Secure: true})
	if err != nil {
		t.Fatal(err)
	}
	d := startWith(t, func(c *handlers.Config) { c.PublicURL, c.Sessions = public, sessions },
		plusofontest.WithAccount(token, plusofontest.File{ID: 7, Name: "Привет"}))
	d.client.Jar = nil
	session := d.post("/login", url.Values{"token": {token}}).status(http.StatusSeeOther).header.Get("Set-Cookie")
	value, _, _ := strings.Cut(session, ";")
	notice := d.post("/media/7/rename", url.Values{"name": {"Новое"}}, "Cookie", value).status(http.StatusSeeOther).header.Get("Set-Cookie")
	for name, cookie := range map[string]string{"__Host-session": session, "__Host-notice": notice} {
		if !strings.HasPrefix(cookie, name+"=") || strings.Contains(cookie, "Domain") {
			t.Errorf("the cookie is %q, want %s", cookie, name)
		}
		for _, want := range []string{"; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"} {
			if !strings.Contains(cookie, want) {
				t.Errorf("the cookie %q lacks %q", cookie, want)
			}
		}
	}
	shown, _, _ := strings.Cut(notice, ";")
	d.get("/media", "Cookie", value+"; "+shown).status(http.StatusOK).contains("Файл переименован")
	d.get("/media", "Cookie", strings.TrimPrefix(value, "__Host-")).status(http.StatusSeeOther)
}

// Not even a page that is nobody's, or an error, can be framed.
func TestNothingCanBeFramed(t *testing.T) {
	t.Parallel()
	d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет"})
	for _, path := range []string{"/media", "/login", "/nowhere", "/media/8", "/static/nowhere.js", "/media/7/file"} {
		header := d.get(path, "Sec-Fetch-Dest", "iframe").header
		if got := header.Get("X-Frame-Options"); got != "DENY" {
			t.Errorf("%s: X-Frame-Options %q", path, got)
		}
		if got := header.Get("Content-Security-Policy"); !strings.Contains(got, "frame-ancestors 'none'") {
			t.Errorf("%s: Content-Security-Policy %q", path, got)
		}
	}
}

// Signing in from another site is refused like all else, and so is a sandboxed
// frame, whose origin is null.
func TestForeignOrigins(t *testing.T) {
	t.Parallel()
	d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет"})
	before := d.asked()
	for _, origin := range []string{"null", "https://evil.example", "http://127.0.0.1", "http://127.0.0.1.evil.example", d.url + ".evil.example", "file://"} {
		for _, path := range []string{"/login", "/logout", "/media", "/media/7/rename", "/media/7/delete", "/nowhere"} {
			d.post(path, url.Values{"token": {token}, "name": {"x"}}, "Origin", origin).status(http.StatusForbidden)
		}
		d.send(http.MethodDelete, "/media/7", nil, append(htmx, "Origin", origin)...).status(http.StatusForbidden)
		d.send(http.MethodPatch, "/media/7", nil, append(htmx, "Origin", origin)...).status(http.StatusForbidden)
	}
	if got := d.asked() - before; got != 0 {
		t.Errorf("Plusofon was asked %d times, want none", got)
	}
}
