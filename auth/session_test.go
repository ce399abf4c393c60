package auth_test

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/auth"
)

const (
	secret    = "the first secret, of more than 32 characters"
	newSecret = "the next secret, of more than 32 characters too"
	token     = "a token of somebody"
)

// clock is a time that a test moves.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func newSessions(t testing.TB, clock *clock, secrets ...string) *auth.Sessions {
	t.Helper()
	s, err := auth.New(auth.Config{Secrets: secrets, Idle: time.Hour, Max: 4 * time.Hour, Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// request carries the cookies that a browser has.
func request(cookies ...*http.Cookie) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "/media", nil)
	for _, cookie := range cookies {
		r.AddCookie(cookie)
	}
	return r
}

// start signs in and gives the cookie that the browser then has.
func start(t testing.TB, s *auth.Sessions, token string, before ...*http.Cookie) *http.Cookie {
	t.Helper()
	w := httptest.NewRecorder()
	if _, err := s.Start(w, request(before...), token); err != nil {
		t.Fatal(err)
	}
	return w.Result().Cookies()[0]
}

// open gives the session of the cookies and the cookie that is set, if any.
func open(s *auth.Sessions, cookies ...*http.Cookie) (*auth.Session, *http.Cookie, error) {
	w := httptest.NewRecorder()
	session, err := s.Open(w, request(cookies...))
	if set := w.Result().Cookies(); len(set) > 0 {
		return session, set[0], err
	}
	return session, nil, err
}

func wantNoSession(t *testing.T, s *auth.Sessions, cookies ...*http.Cookie) {
	t.Helper()
	_, set, err := open(s, cookies...)
	if !errors.Is(err, auth.ErrNoSession) {
		t.Errorf("got error %v, want ErrNoSession", err)
	}
	if len(cookies) > 0 && (set == nil || set.MaxAge >= 0 || set.Value != "") {
		t.Errorf("the cookie was not cleared: %v", set)
	}
}

func TestASessionKeepsTheToken(t *testing.T) {
	t.Parallel()
	s := newSessions(t, newClock(), secret)
	for _, token := range []string{token, "ключ", "a\x00b\xff", strings.Repeat("x", 2000)} {
		session, set, err := open(s, start(t, s, token))
		if err != nil {
			t.Fatal(err)
		}
		if session.Token != token || session.ID == "" || len(session.Account) != 16 {
			t.Errorf("got %q with id %q and account %q", session.Token, session.ID, session.Account)
		}
		if set != nil {
			t.Error("a fresh cookie was written again")
		}
	}
}

func TestTheCookieIsClosed(t *testing.T) {
	t.Parallel()
	s := newSessions(t, newClock(), secret)
	cookie := start(t, s, token)
	if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" || cookie.MaxAge != 4*60*60 || cookie.Secure {
		t.Errorf("the cookie is %v", cookie)
	}
	value := cookie.Value
	for range 3 { // the layers of encoding that securecookie has
		for _, form := range []string{token, hex.EncodeToString([]byte(token)), base64.StdEncoding.EncodeToString([]byte(token))[:20]} {
			if strings.Contains(value, form) {
				t.Fatalf("the token can be read in %q", value)
			}
		}
		decoded, err := base64.URLEncoding.DecodeString(value)
		if err != nil {
			break
		}
		value = string(decoded)
	}
}

func TestSecureCookies(t *testing.T) {
	t.Parallel()
	s, err := auth.New(auth.Config{Secrets: []string{secret}, Idle: time.Hour, Max: time.Hour, Secure: true})
	if err != nil {
		t.Fatal(err)
	}
	if cookie := start(t, s, token); !cookie.Secure || !strings.HasPrefix(cookie.Name, "__Host-") {
		t.Errorf("the cookie is %v", cookie)
	}
}

func TestSessionsExpire(t *testing.T) {
	t.Parallel()
	t.Run("unused", func(t *testing.T) {
		t.Parallel()
		clock := newClock()
		s := newSessions(t, clock, secret)
		cookie := start(t, s, token)
		clock.pass(time.Hour)
		wantNoSession(t, s, cookie)
	})
	t.Run("used, until the end of all sessions", func(t *testing.T) {
		t.Parallel()
		clock := newClock()
		s := newSessions(t, clock, secret)
		cookie := start(t, s, token)
		for range 7 {
			clock.pass(30 * time.Minute)
			_, again, err := open(s, cookie)
			if err != nil {
				t.Fatal(err)
			}
			if again == nil {
				t.Fatal("a cookie half an hour old was not written again")
			}
			cookie = again
		}
		if cookie.MaxAge != 30*60 {
			t.Errorf("the browser keeps the cookie for %d s, want half an hour", cookie.MaxAge)
		}
		clock.pass(30 * time.Minute)
		wantNoSession(t, s, cookie)
	})
}

func TestSignedOutMeansDead(t *testing.T) {
	t.Parallel()
	s := newSessions(t, newClock(), secret)
	cookie, other := start(t, s, token), start(t, s, token)
	w := httptest.NewRecorder()
	if err := s.End(w, request(cookie)); err != nil {
		t.Fatal(err)
	}
	wantNoSession(t, s, cookie)
	if _, _, err := open(s, other); err != nil {
		t.Errorf("another session of the same user ended too: %v", err)
	}
	if err := s.End(httptest.NewRecorder(), request()); err != nil {
		t.Errorf("ending no session: %v", err)
	}
}

func TestSigningInAgainEndsTheSessionBefore(t *testing.T) {
	t.Parallel()
	s := newSessions(t, newClock(), secret)
	first := start(t, s, token)
	second := start(t, s, token, first)
	wantNoSession(t, s, first)
	if _, _, err := open(s, second); err != nil {
		t.Error(err)
	}
}

func TestRotation(t *testing.T) {
	t.Parallel()
	clock := newClock()
	cookie := start(t, newSessions(t, clock, secret), token)
	rotated := newSessions(t, clock, newSecret, secret)
	if session, _, err := open(rotated, cookie); err != nil || session.Token != token {
		t.Errorf("the cookie of the older secret does not open: %v", err)
	}
	fresh := start(t, rotated, token)
	if _, _, err := open(newSessions(t, clock, newSecret), fresh); err != nil {
		t.Errorf("the newest secret does not seal: %v", err)
	}
	wantNoSession(t, newSessions(t, clock, newSecret), cookie)
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

func TestATokenThatIsTooLong(t *testing.T) {
	t.Parallel()
	s := newSessions(t, newClock(), secret)
	w := httptest.NewRecorder()
	if _, err := s.Start(w, request(), strings.Repeat("x", 4000)); !errors.Is(err, auth.ErrTokenTooLong) {
		t.Errorf("got %v, want ErrTokenTooLong", err)
	}
	if len(w.Result().Cookies()) != 0 {
		t.Error("a cookie was set")
	}
}

func TestBadConfigurations(t *testing.T) {
	t.Parallel()
	const short = "too short a secret"
	for name, config := range map[string]auth.Config{
		"no secret":     {Idle: time.Hour, Max: time.Hour},
		"short secret":  {Secrets: []string{secret, short}, Idle: time.Hour, Max: time.Hour},
		"no time":       {Secrets: []string{secret}},
		"idle too long": {Secrets: []string{secret}, Idle: 2 * time.Hour, Max: time.Hour},
	} {
		if _, err := auth.New(config); err == nil || strings.Contains(err.Error(), short) {
			t.Errorf("%s: got %v, want an error without the secret", name, err)
		}
	}
}

func TestASessionDoesNotPrintItsToken(t *testing.T) {
	t.Parallel()
	session := &auth.Session{ID: "id", Token: token, Account: "0123456789abcdef"}
	for _, text := range []string{
		fmt.Sprint(session), fmt.Sprintf("%+v %#v %s %q %x", session, session, session, session, session), session.LogValue().String(),
	} {
		if strings.Contains(text, token) || strings.Contains(text, hex.EncodeToString([]byte(token))) {
			t.Errorf("%s", text)
		}
	}
}

func TestAccountsTellTokensApart(t *testing.T) {
	t.Parallel()
	s := newSessions(t, newClock(), secret)
	a, _, _ := open(s, start(t, s, "a"))
	again, _, _ := open(s, start(t, s, "a"))
	b, _, _ := open(s, start(t, s, "b"))
	other := newSessions(t, newClock(), newSecret)
	elsewhere, _, _ := open(other, start(t, other, "a"))
	if a.Account != again.Account || a.Account == b.Account || a.Account == elsewhere.Account {
		t.Errorf("accounts %s, %s, %s, %s", a.Account, again.Account, b.Account, elsewhere.Account)
	}
}

func FuzzCookie(f *testing.F) {
	s := newSessions(f, newClock(), secret)
	good := start(f, s, token).Value
	f.Add("session=" + good[:10])
	f.Add("session=; session=x")
	f.Add(`session="` + good + `x"`)
	f.Fuzz(func(t *testing.T, header string) {
		if strings.Contains(header, good) {
			t.Skip("the fuzzer copied the seed")
		}
		r := request()
		r.Header.Set("Cookie", header)
		if _, err := s.Open(httptest.NewRecorder(), r); !errors.Is(err, auth.ErrNoSession) {
			t.Errorf("got %v, want ErrNoSession", err)
		}
	})
}

func BenchmarkOpen(b *testing.B) {
	s := newSessions(b, newClock(), secret)
	cookie := start(b, s, token)
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := open(s, cookie); err != nil {
			b.Fatal(err)
		}
	}
}
