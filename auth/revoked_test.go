package auth_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/auth"
)

func TestEndedSessionsStayDeadWhenThereAreTooMany(t *testing.T) {
	t.Parallel()
	clock := newClock()
	s, err := auth.New(auth.Config{Secrets: []string{secret}, Idle: 4 * time.Hour, Max: 4 * time.Hour, Now: clock.Now, MaxRevoked: 4})
	if err != nil {
		t.Fatal(err)
	}
	old := start(t, s, token) // never ended
	var ended []*http.Cookie
	for range 11 {
		clock.pass(time.Second)
		cookie := start(t, s, token)
		s.End(httptest.NewRecorder(), request(cookie))
		ended = append(ended, cookie)
	}
	clock.pass(time.Second)
	for _, cookie := range ended {
		wantNoSession(t, s, cookie)
	}
	wantNoSession(t, s, old) // as old as those that were forgotten
	if _, _, err := open(s, start(t, s, token)); err != nil {
		t.Errorf("a session that started later does not open: %v", err)
	}
}

func TestExpiredSessionsMakeRoomForEndedOnes(t *testing.T) {
	t.Parallel()
	clock := newClock()
	s, err := auth.New(auth.Config{Secrets: []string{secret}, Idle: time.Hour, Max: time.Hour, Now: clock.Now, MaxRevoked: 2})
	if err != nil {
		t.Fatal(err)
	}
	endOne := func() { start(t, s, token, start(t, s, token)) }
	endOne()
	clock.pass(59 * time.Minute)
	lives := start(t, s, token)
	endOne()
	clock.pass(time.Minute) // the first has expired: two of two are left
	endOne()
	if _, _, err := open(s, lives); err != nil {
		t.Errorf("an expired session was counted: %v", err)
	}
}

func TestEndEndsTheSessionsOfAllCookies(t *testing.T) {
	t.Parallel()
	s := newSessions(t, newClock(), secret)
	first, second := start(t, s, token), start(t, s, token)
	if ended := s.End(httptest.NewRecorder(), request(first, &http.Cookie{Name: "session", Value: "bad"}, second)); ended != 2 {
		t.Errorf("%d sessions ended, want both", ended)
	}
	wantNoSession(t, s, first)
	wantNoSession(t, s, second)
}

func TestSessionsAreSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	clock := newClock()
	s, err := auth.New(auth.Config{Secrets: []string{secret}, Idle: time.Hour, Max: time.Hour, Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	var users sync.WaitGroup
	for user := range 8 {
		users.Go(func() {
			token := fmt.Sprint("token ", user)
			cookie := start(t, s, token)
			for range 20 {
				next := start(t, s, token, cookie)
				if session, _, err := open(s, next); err != nil || session.Token != token {
					t.Errorf("user %d: got error %v", user, err)
				}
				wantNoSession(t, s, cookie)
				cookie = next
			}
		})
	}
	users.Wait()
}
