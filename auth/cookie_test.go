package auth_test

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/auth"
)

func TestTheCookieHidesTheToken(t *testing.T) {
	t.Parallel()
	for _, token := range []string{token, strings.Repeat("token-of-the-office/", 60)} {
		value := start(t, newSessions(t, newClock(), secret), token).Value
		for _, layer := range layers(t, value) {
			for form, written := range forms(token) {
				if strings.Contains(layer, written) {
					t.Errorf("the token can be read, as %s, in %q", form, layer)
				}
			}
		}
	}
}

// layers takes a cookie apart as far as is possible without a key: securecookie
// writes base64(date|base64(sealed)|mac).
func layers(t *testing.T, value string) []string {
	t.Helper()
	outer, err := base64.URLEncoding.DecodeString(value)
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.SplitN(string(outer), "|", 3)
	if len(parts) != 3 {
		t.Fatalf("the cookie has %d parts, want date, value and MAC", len(parts))
	}
	sealed, err := base64.URLEncoding.DecodeString(parts[1])
	if err != nil {
		t.Fatal(err)
	}
	return []string{value, string(outer), string(sealed)}
}

// forms are the ways to write a token that anybody can undo. What base64 makes
// of it depends on where in the whole it stands, so there are three.
func forms(token string) map[string]string {
	all := map[string]string{
		"plain text": token, "hex": hex.EncodeToString([]byte(token)), "upper hex": strings.ToUpper(hex.EncodeToString([]byte(token))),
	}
	for name, encoding := range map[string]*base64.Encoding{"base64": base64.RawStdEncoding, "base64 for addresses": base64.RawURLEncoding} {
		for offset, ahead := range []string{"", "x", "xx"} {
			written := encoding.EncodeToString([]byte(ahead + token))
			all[name+", shifted by "+string(rune('0'+offset))] = written[4 : len(written)-4] // the ends depend on the neighbours
		}
	}
	return all
}

func TestTheOptionsOfTheCookie(t *testing.T) {
	t.Parallel()
	for name, secure := range map[string]bool{"session": false, "__Host-session": true} {
		s, err := auth.New(auth.Config{Secrets: []string{secret}, Idle: time.Hour, Max: 4 * time.Hour, Secure: secure})
		if err != nil {
			t.Fatal(err)
		}
		set := start(t, s, token)
		w := httptest.NewRecorder()
		s.End(w, request(set))
		// A browser forgets a __Host- cookie only by an answer that has the
		// same options.
		for _, cookie := range []*http.Cookie{set, w.Result().Cookies()[0]} {
			if cookie.Name != name || cookie.Secure != secure || !cookie.HttpOnly || cookie.Path != "/" ||
				cookie.Domain != "" || cookie.SameSite != http.SameSiteLaxMode {
				t.Errorf("the cookie is %v", cookie)
			}
		}
		if set.MaxAge < 4*60*60-5 || set.MaxAge > 4*60*60 {
			t.Errorf("the browser keeps the cookie for %d s, want 4 h", set.MaxAge)
		}
	}
}

func TestAnAnswerSetsTheCookieOnce(t *testing.T) {
	t.Parallel()
	s := newSessions(t, newClock(), secret)
	w := httptest.NewRecorder()
	http.SetCookie(w, &http.Cookie{Name: "lang", Value: "en"})
	if _, err := s.Open(w, request(&http.Cookie{Name: "session", Value: "garbage"})); !errors.Is(err, auth.ErrNoSession) {
		t.Fatal(err)
	}
	if _, err := s.Start(w, request(), token); err != nil {
		t.Fatal(err)
	}
	cookies := w.Result().Cookies()
	if len(cookies) != 2 || cookies[0].Name != "lang" || cookies[1].MaxAge <= 0 {
		t.Errorf("the answer sets %v, want the language and the session", cookies)
	}
}

func TestBadCookies(t *testing.T) {
	t.Parallel()
	s := newSessions(t, newClock(), secret)
	good := start(t, s, token)
	changed := []byte(good.Value)
	changed[len(changed)/2] ^= 1
	for name, value := range map[string]string{
		"empty":   "",
		"garbage": "garbage",
		"cut":     good.Value[:len(good.Value)-4],
		"longer":  good.Value + "AAAA",
		"changed": string(changed),
		"swapped": start(t, newSessions(t, newClock(), newSecret), token).Value,
		"huge":    strings.Repeat("A", 100_000),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wantNoSession(t, s, &http.Cookie{Name: good.Name, Value: value})
		})
	}
	wantNoSession(t, s)
}

// TestNoByteOfACookieCanBeChanged replaces each character by one that stands
// for other bits, also at the end, where the last bits of base64 mean nothing.
func TestNoByteOfACookieCanBeChanged(t *testing.T) {
	t.Parallel()
	s := newSessions(t, newClock(), secret)
	good := start(t, s, token)
	for i := range good.Value {
		changed := []byte(good.Value)
		if changed[i] == 'A' {
			changed[i] = '_'
		} else {
			changed[i] = 'A'
		}
		wantNoSession(t, s, &http.Cookie{Name: good.Name, Value: string(changed)})
	}
}

func TestBadCookieHeaders(t *testing.T) {
	t.Parallel()
	s := newSessions(t, newClock(), secret)
	good, other := start(t, s, token), start(t, s, "another token")
	for name, header := range map[string]string{
		"good, then bad":       "session=" + good.Value + "; session=bad",
		"bad, then good":       "session=bad; session=" + good.Value,
		"twice the same":       "session=" + good.Value + "; session=" + good.Value,
		"two users":            "session=" + good.Value + "; session=" + other.Value,
		"good, then unclosed":  "session=" + good.Value + `; session="x`,
		"unparsable":           `session=a"b`,
		"not ASCII":            "session=\xd0\xba\xff\x00",
		"no value":             "session",
		"the name of another":  "session=" + strings.Repeat("session=", 50),
		"a thousand":           strings.Repeat("session=x;", 1000),
		"blanks and separator": ";;; session = ;=;",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, w := request(), httptest.NewRecorder()
			r.Header.Set("Cookie", header)
			_, err := s.Open(w, r)
			if set := w.Result().Cookies(); !errors.Is(err, auth.ErrNoSession) || len(set) != 1 || set[0].MaxAge >= 0 {
				t.Errorf("got error %v and cookies %v, want ErrNoSession and a cleared cookie", err, set)
			}
		})
	}
}

func TestACookieAmongOthersOpens(t *testing.T) {
	t.Parallel()
	s := newSessions(t, newClock(), secret)
	r := request()
	r.Header["Cookie"] = []string{"lang=en; xsession=1", "Session=2; session=" + start(t, s, token).Value + "; a"}
	if session, err := s.Open(httptest.NewRecorder(), r); err != nil || session.Token != token {
		t.Errorf("got error %v", err)
	}
}

func FuzzCookieHeader(f *testing.F) {
	// A cookie of other secrets goes as deep as noise can.
	noise := start(f, newSessions(f, newClock(), newSecret), token).Value
	s := newSessions(f, newClock(), secret)
	for _, header := range []string{"", "session=" + noise, "session=; session=x", `session="` + noise, "session=" + noise[:10] + "|;;=", "lang=ru"} {
		f.Add(header)
	}
	f.Fuzz(func(t *testing.T, header string) {
		r, w := request(), httptest.NewRecorder()
		r.Header.Set("Cookie", header)
		if session, err := s.Open(w, r); !errors.Is(err, auth.ErrNoSession) || session != nil {
			t.Errorf("Open: got %v and error %v, want ErrNoSession", session, err)
		}
		if ended := s.End(w, r); ended != 0 {
			t.Errorf("End ended %d sessions", ended)
		}
		if _, err := s.Start(w, r, token); err != nil {
			t.Errorf("Start: %v", err)
		}
		if set := w.Result().Cookies(); len(set) != 1 || set[0].MaxAge <= 0 {
			t.Errorf("the answer sets %v, want one session", set)
		}
	})
}
