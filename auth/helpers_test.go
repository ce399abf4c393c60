package auth_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
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
