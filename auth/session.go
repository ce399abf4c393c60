package auth

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"time"
)

var (
	// ErrNoSession means that nobody is signed in: there is no cookie, or it
	// is damaged, doubled, expired, of another key, or of a session that has
	// ended.
	ErrNoSession = errors.New("no session")
	// ErrTokenTooLong means that the cookie of a token would be longer than
	// browsers take.
	ErrTokenTooLong = errors.New("the token is too long for a cookie")
)

// Session is one user's, from signing in to signing out.
type Session struct {
	ID      string // random
	Token   string `json:"-"` // the API token, which must not be shown or logged
	Account string // keyed fingerprint of the token in hexadecimal, safe to log
	Started time.Time
	Seen    time.Time // when the cookie was written last, in whole seconds as Started
}

// Start begins a session with a fresh id, and ends the one that was open. If
// it fails, nothing is written and the one before goes on.
func (s *Sessions) Start(w http.ResponseWriter, r *http.Request, token string) (*Session, error) {
	if token == "" {
		return nil, errors.New("auth: starting a session: the token is empty")
	}
	now := time.Unix(s.config.Now().Unix(), 0) // as the cookie keeps it
	session := &Session{
		ID: rand.Text(), Token: token, Account: account(s.fingerprint, token), Started: now, Seen: now,
	}
	if err := s.write(w, session); err != nil {
		return nil, err
	}
	s.revoke(r)
	return session, nil
}

// Open gives the session of a request, or ErrNoSession; a cookie that is of
// no use is cleared then. More than one session cookie is of no use either:
// this program sets one, so another has been planted, and which is the user's
// own can't be told.
//
// The cookie is written again when a good part of the idle time has passed,
// and not at every request.
func (s *Sessions) Open(w http.ResponseWriter, r *http.Request) (*Session, error) {
	values := s.values(r)
	if len(values) == 0 {
		return nil, ErrNoSession
	}
	session, err := s.unseal(values[0])
	if err != nil || len(values) > 1 {
		s.clear(w)
		return nil, ErrNoSession
	}
	now := s.config.Now()
	if now.Sub(session.Seen) < s.rewriteAfter() {
		return session, nil
	}
	session.Seen = time.Unix(now.Unix(), 0)
	if err := s.write(w, session); err != nil {
		return nil, fmt.Errorf("auth: writing the session again: %w", err)
	}
	return session, nil
}

// rewriteAfter is the age at which a cookie is written again: so small that
// hardly any of the idle time is lost, but no less than a minute unless the
// idle time itself is about that short.
func (s *Sessions) rewriteAfter() time.Duration {
	return min(max(s.config.Idle/10, time.Minute), s.config.Idle/2)
}

// End ends the session of a request, if there is one, and clears its cookie.
// Where there are several cookies, the sessions of all of them end. It gives how
// many there were.
func (s *Sessions) End(w http.ResponseWriter, r *http.Request) (ended int) {
	s.clear(w)
	return s.revoke(r)
}

// revoke ends every session that the cookies of a request open.
func (s *Sessions) revoke(r *http.Request) (ended int) {
	for _, value := range s.values(r) {
		if session, err := s.unseal(value); err == nil {
			s.revoked.add(session, s.config.Now())
			ended++
		}
	}
	return ended
}
