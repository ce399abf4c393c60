package auth_test

import (
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/plusofon-dashboard/dashboard/auth"
)

func TestASessionKeepsTheToken(t *testing.T) {
	t.Parallel()
	s := newSessions(t, newClock(), secret)
	for _, token := range []string{token, "ключ", "a\x00b\xff", strings.Repeat("x", 1500)} {
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
	if ended := s.End(w, request(cookie)); ended != 1 {
		t.Errorf("%d sessions ended, want one", ended)
	}
	wantNoSession(t, s, cookie)
	if _, _, err := open(s, other); err != nil {
		t.Errorf("another session of the same user ended too: %v", err)
	}
	if ended := s.End(httptest.NewRecorder(), request(cookie)); ended != 0 {
		t.Errorf("a session ended %d times more", ended)
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

func TestACookieIsWrittenAgainAsItAges(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ idle, tooSoon, due time.Duration }{
		{2 * time.Hour, 12*time.Minute - time.Second, 12 * time.Minute}, // a tenth
		{5 * time.Minute, 59 * time.Second, time.Minute},                // a minute at least
		{time.Minute, 29 * time.Second, 30 * time.Second},               // half, where a minute is all
	} {
		clock := newClock()
		s, err := auth.New(auth.Config{Secrets: []string{secret}, Idle: tt.idle, Max: 4 * time.Hour, Now: clock.Now})
		if err != nil {
			t.Fatal(err)
		}
		cookie := start(t, s, token)
		clock.pass(tt.tooSoon)
		if _, again, err := open(s, cookie); err != nil || again != nil {
			t.Errorf("idle %s: after %s the cookie was written again, or error %v", tt.idle, tt.tooSoon, err)
		}
		clock.pass(tt.due - tt.tooSoon)
		before, again, err := open(s, cookie)
		if err != nil || again == nil {
			t.Fatalf("idle %s: after %s the cookie was not written again, error %v", tt.idle, tt.due, err)
		}
		after, _, err := open(s, again)
		if err != nil || after.ID != before.ID || !after.Started.Equal(before.Started) || !after.Seen.Equal(clock.Now()) {
			t.Errorf("idle %s: the cookie written again opens to %s and error %v", tt.idle, after, err)
		}
	}
}

func TestTheRealClockEndsSessionsToo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		stopped := newSessions(t, newClock(), secret) // its own clock never moves
		moving, err := auth.New(auth.Config{Secrets: []string{secret}, Idle: time.Hour, Max: 4 * time.Hour})
		if err != nil {
			t.Fatal(err)
		}
		byStopped, byMoving := start(t, stopped, token), start(t, moving, token)
		time.Sleep(time.Hour - 2*time.Second)
		if _, _, err := open(moving, byMoving); err != nil {
			t.Errorf("before its end: %v", err)
		}
		time.Sleep(2 * time.Second)
		wantNoSession(t, moving, byMoving)
		time.Sleep(3 * time.Hour)
		if _, _, err := open(stopped, byStopped); err != nil {
			t.Errorf("before its end: %v", err)
		}
		time.Sleep(2 * time.Second)
		wantNoSession(t, stopped, byStopped)
	})
}

func TestASessionHasAFreshID(t *testing.T) {
	t.Parallel()
	s := newSessions(t, newClock(), secret)
	seen := map[string]bool{}
	for range 100 {
		session, err := s.Start(httptest.NewRecorder(), request(), token)
		if err != nil {
			t.Fatal(err)
		}
		if len(session.ID) < 22 || seen[session.ID] { // 128 bits are 22 characters of base64
			t.Fatalf("the id %q is short or was given before", session.ID)
		}
		seen[session.ID] = true
	}
}

func TestStartThatFailsChangesNothing(t *testing.T) {
	t.Parallel()
	s := newSessions(t, newClock(), secret)
	before := start(t, s, token)
	for _, tt := range []struct {
		token   string
		tooLong bool
	}{{strings.Repeat("x", 4000), true}, {strings.Repeat("\xff", 1<<20), true}, {"", false}} {
		w := httptest.NewRecorder()
		_, err := s.Start(w, request(before), tt.token)
		if err == nil || errors.Is(err, auth.ErrTokenTooLong) != tt.tooLong {
			t.Errorf("a token of %d bytes: got %v", len(tt.token), err)
		}
		if len(w.Result().Cookies()) != 0 {
			t.Errorf("a token of %d bytes: a cookie was set", len(tt.token))
		}
	}
	if _, _, err := open(s, before); err != nil {
		t.Errorf("the session before ended: %v", err)
	}
}

func TestEveryTokenIsTooLongOrKept(t *testing.T) {
	t.Parallel()
	s := newSessions(t, newClock(), secret)
	longest, refused := 0, false
	for length := 1500; length < 1700; length += 5 {
		w := httptest.NewRecorder()
		_, err := s.Start(w, request(), strings.Repeat("x", length))
		if refused = errors.Is(err, auth.ErrTokenTooLong); refused {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		cookie := w.Result().Cookies()[0]
		if size := len(cookie.Name) + len("=") + len(cookie.Value); size > 3000 {
			t.Fatalf("a token of %d bytes makes a cookie of %d", length, size)
		}
		if _, _, err := open(s, cookie); err != nil {
			t.Fatalf("a token of %d bytes was lost: %v", length, err)
		}
		longest = length
	}
	if longest < 1500 || !refused {
		t.Errorf("the longest token kept has %d bytes, refused beyond that: %v", longest, refused)
	}
}
