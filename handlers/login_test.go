package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/plusofon-dashboard/dashboard/handlers"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

func TestSigningIn(t *testing.T) {
	t.Parallel()
	d := start(t, plusofontest.WithAccount(token, plusofontest.File{Name: "Привет"}))
	d.get("/").status(http.StatusSeeOther).location("/login")
	d.get("/media?page=2").status(http.StatusSeeOther).location("/login?next=%2Fmedia%3Fpage%3D2")
	d.get("/login?next=/media").status(http.StatusOK).
		contains("API-токен", "Войти").
		has(`form[method=post][action="/login"] input[name=token]`, 1).
		has(`input[name=next][value="/media"]`, 1)
	d.post("/login", url.Values{"token": {" " + token + "\n"}, "next": {"/media?page=2"}}).
		status(http.StatusSeeOther).location("/media?page=2")
	d.get("/media").status(http.StatusOK).contains("Привет", "Выйти")
	d.get("/login").status(http.StatusSeeOther).location("/media")
	d.get("/").status(http.StatusSeeOther).location("/media")
	d.post("/logout", nil).status(http.StatusSeeOther).location("/login")
	d.get("/login").status(http.StatusOK).contains("Вы вышли.")
	d.get("/login").status(http.StatusOK).lacks("Вы вышли.")
	d.get("/media").status(http.StatusSeeOther)
}

func TestARefusedTokenIsExplained(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, token, want string
		asked             int
	}{
		{"unknown to Plusofon", "wrong", "не принял этот токен", 1},
		{"empty", "  ", "Введите API-токен", 0},
		{"with a line break in it", "a\r\nb", "не принял этот токен", 1},
		{"in Cyrillic", "токен", "В токене есть знак «т»", 0},
	} {
		for _, style := range errorStyles {
			t.Run(tt.name+", "+style.name, func(t *testing.T) {
				t.Parallel()
				d := start(t, append(style.options, plusofontest.WithAccount(token))...)
				d.post("/login", url.Values{"token": {tt.token}, "next": {"/standard"}}).
					status(http.StatusUnprocessableEntity).
					contains(tt.want).
					has(`input[name=token][aria-invalid=true]`, 1).
					has(`input[name=next][value="/standard"]`, 1)
				if got := d.asked(); got != tt.asked {
					t.Errorf("Plusofon was asked %d times, want %d", got, tt.asked)
				}
			})
		}
	}
}

// errorStyles are the two ways in which Plusofon may send an error: nobody
// has seen which.
var errorStyles = []struct {
	name    string
	options []plusofontest.Option
}{
	{"errors with HTTP 200", nil},
	{"errors with their own HTTP status", []plusofontest.Option{plusofontest.WithStatusErrors()}},
}

func TestAFailingPlusofonIsNotABadToken(t *testing.T) {
	t.Parallel()
	d := start(t, plusofontest.WithAccount(token))
	d.api.Close()
	d.post("/login", url.Values{"token": {token}}, english...).
		status(http.StatusServiceUnavailable).
		contains("Plusofon is unavailable", "Nothing was changed").
		lacks("did not accept", token)
}

func TestATokenTooLongForTheCookie(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("t", 4000)
	d := start(t, plusofontest.WithAccount(long))
	d.post("/login", url.Values{"token": {long}}).
		status(http.StatusUnprocessableEntity).contains("Токен слишком длинный")
	d.get("/media").status(http.StatusSeeOther)
}

func TestNextStaysHere(t *testing.T) {
	t.Parallel()
	d := start(t, plusofontest.WithAccount(token))
	for next, want := range map[string]string{
		"":                        "/media",
		"/standard":               "/standard",
		"/media/12":               "/media/12",
		"/media?page=3":           "/media?page=3",
		"https://evil.example":    "/media",
		"//evil.example":          "/media",
		`/\evil.example`:          "/media",
		"/media/../../evil":       "/media",
		"javascript:alert(1)":     "/media",
		"/logout":                 "/media",
		"/media/12/file":          "/media",
		"/media?a=%zz":            "/media",
		"/media\r\nSet-Cookie: x": "/media",
	} {
		d.post("/login", url.Values{"token": {token}, "next": {next}}).
			status(http.StatusSeeOther).location(want)
	}
}

func TestSignedOutRequests(t *testing.T) {
	t.Parallel()
	d := start(t, plusofontest.WithAccount(token, plusofontest.File{ID: 7, Name: "Привет"}))
	answer := d.get("/media?page=2", htmx...).status(http.StatusUnauthorized)
	if got, want := answer.header.Get("HX-Redirect"), "/login?next=%2Fmedia%3Fpage%3D2"; got != want {
		t.Errorf("HX-Redirect %q, want %q", got, want)
	}
	d.get("/media/7/file").status(http.StatusUnauthorized).location("")
	d.get("/media/7/preview").status(http.StatusUnauthorized).location("")
	d.post("/media/7/delete", nil).status(http.StatusSeeOther).location("/login?next=%2Fmedia")
	d.send(http.MethodDelete, "/media/7", nil, htmx...).status(http.StatusUnauthorized)
	if got := d.asked(); got != 0 {
		t.Errorf("Plusofon was asked %d times, want none", got)
	}
}

// A token that Plusofon stops accepting leads to the sign-in page, which says
// why; whichever call finds out.
func TestARevokedTokenLeadsToSignIn(t *testing.T) {
	t.Parallel()
	for _, style := range errorStyles {
		for _, path := range []string{"/media", "/media/1", "/standard"} {
			t.Run(path+", "+style.name, func(t *testing.T) {
				t.Parallel()
				d := start(t, append(style.options, plusofontest.WithAccount(token))...)
				d.signIn(token)
				d.api.RemoveAccount(token)
				d.get(path).status(http.StatusSeeOther).location("/login?next=" + url.QueryEscape(path))
				d.get("/login").status(http.StatusOK).contains("больше не принимает ваш токен")
			})
		}
	}
}

func TestTheDemoOffersItsToken(t *testing.T) {
	t.Parallel()
	d := startWith(t, func(c *handlers.Config) { c.DemoToken = "demo" }, plusofontest.WithAccount("demo"))
	d.get("/login").status(http.StatusOK).has(`input[name=token][value=demo]`, 1).contains("пробная версия")
}

func TestCookiesThatCannotBeReadLeadToSignIn(t *testing.T) {
	t.Parallel()
	d := start(t, plusofontest.WithAccount(token))
	for _, cookie := range []string{"session=garbage", "session=", `session="a\"b"`, "session=a; session=b", "=;=;"} {
		answer := d.get("/media", "Cookie", cookie).status(http.StatusSeeOther)
		if strings.Contains(answer.header.Get("Location"), "garbage") {
			t.Errorf("the cookie came back in %q", answer.header.Get("Location"))
		}
	}
}
