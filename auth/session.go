package auth

import (
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/gorilla/securecookie"
	"github.com/gorilla/sessions"
)

var (
	// ErrNoSession means that nobody is signed in: there is no cookie, or it
	// is damaged, expired, of another key, or of a session that has ended.
	ErrNoSession = errors.New("no session")
	// ErrTokenTooLong means that the cookie of a token would be longer than
	// browsers take.
	ErrTokenTooLong = errors.New("the token is too long for a cookie")
)

// maxCookie is what browsers take for one cookie, in bytes (RFC 6265 §6.1).
const maxCookie = 4096

// Config says how sessions are kept.
type Config struct {
	Secrets []string      // newest first, each at least 32 characters: the first seals, all open
	Idle    time.Duration // a session unused for so long ends
	Max     time.Duration // a session ends so long after its start, whatever happens
	Secure  bool          // whether users come by https
	Now     func() time.Time
}

// Sessions opens, starts and ends sessions.
type Sessions struct {
	config      Config
	store       *sessions.CookieStore
	name        string
	fingerprint []byte
	revoked     *revoked
}

// Session is one user's, from signing in to signing out.
type Session struct {
	ID      string // random
	Token   string // the API token, which must not be shown or logged
	Account string // keyed fingerprint of the token in hexadecimal, safe to log
	Started time.Time
	Seen    time.Time // when the cookie was written last
}

// LogValue keeps the token out of logs.
func (s *Session) LogValue() slog.Value { return slog.StringValue(s.String()) }

// String names the session without its token.
func (s *Session) String() string { return "session of account " + s.Account }

// GoString names the session without its token.
func (s *Session) GoString() string { return s.String() }

// Format keeps the token out of whatever verb the session is printed with.
func (s *Session) Format(f fmt.State, _ rune) { fmt.Fprint(f, s.String()) }

// New prepares sessions. It fails on a secret that is too short, without
// telling it.
func New(config Config) (*Sessions, error) {
	pairs, fingerprint, err := keyPairs(config.Secrets)
	if err != nil {
		return nil, fmt.Errorf("auth: %w", err)
	}
	if config.Idle <= 0 || config.Max < config.Idle {
		return nil, fmt.Errorf("auth: sessions of %s, idle for %s at most: both must be positive, the first the longer", config.Max, config.Idle)
	}
	if config.Now == nil {
		config.Now = time.Now
	}
	store := sessions.NewCookieStore(pairs...)
	name := "session"
	if config.Secure {
		name = "__Host-session" // bound to this host and to https by the browser
	}
	store.Options = &sessions.Options{
		Path: "/", HttpOnly: true, Secure: config.Secure, SameSite: http.SameSiteLaxMode,
	}
	store.MaxAge(int(config.Max / time.Second))
	for _, codec := range store.Codecs {
		// Times are ours to check: securecookie knows the real clock only. So
		// is the length, which it would check before the name is added.
		codec.(*securecookie.SecureCookie).MaxAge(0).MaxLength(0)
	}
	s := &Sessions{config: config, store: store, name: name, fingerprint: fingerprint, revoked: newRevoked()}
	return s, s.check()
}

// check seals and opens a value, since a bad key would show only then.
func (s *Sessions) check() error {
	sealed, err := securecookie.EncodeMulti(s.name, map[any]any{}, s.store.Codecs...)
	if err != nil {
		return fmt.Errorf("auth: sealing a cookie: %w", err)
	}
	opened := map[any]any{}
	if err := securecookie.DecodeMulti(s.name, sealed, &opened, s.store.Codecs...); err != nil {
		return fmt.Errorf("auth: opening a cookie: %w", err)
	}
	return nil
}

// Start begins a session with a fresh id, and ends the one that was open.
func (s *Sessions) Start(w http.ResponseWriter, r *http.Request, token string) (*Session, error) {
	now := s.config.Now()
	session := &Session{
		ID: rand.Text(), Token: token, Account: account(s.fingerprint, token), Started: now, Seen: now,
	}
	before, err := s.read(r)
	if err := s.write(w, session); err != nil {
		return nil, err
	}
	if err == nil {
		s.revoke(before)
	}
	return session, nil
}

// Open gives the session of a request, or ErrNoSession; a cookie that is of
// no use is cleared then. The cookie is written again when a good part of the
// idle time has passed, and not at every request.
func (s *Sessions) Open(w http.ResponseWriter, r *http.Request) (*Session, error) {
	session, err := s.read(r)
	if err != nil {
		if _, missing := r.Cookie(s.name); missing == nil {
			s.clear(w)
		}
		return nil, err
	}
	now := s.config.Now()
	if now.Sub(session.Seen) < max(s.config.Idle/10, time.Second) {
		return session, nil
	}
	session.Seen = now
	if err := s.write(w, session); err != nil {
		return nil, fmt.Errorf("auth: writing the session again: %w", err)
	}
	return session, nil
}

// End ends the session of a request, if there is one, and clears its cookie.
func (s *Sessions) End(w http.ResponseWriter, r *http.Request) error {
	session, err := s.read(r)
	s.clear(w)
	if errors.Is(err, ErrNoSession) {
		return nil
	}
	if err != nil {
		return err
	}
	s.revoke(session)
	return nil
}

func (s *Sessions) revoke(session *Session) {
	s.revoked.add(session.ID, session.Started.Add(s.config.Max), s.config.Now())
}

// clear makes the browser forget the cookie.
func (s *Sessions) clear(w http.ResponseWriter) {
	options := *s.store.Options
	options.MaxAge = -1
	http.SetCookie(w, sessions.NewCookie(s.name, "", &options))
}
