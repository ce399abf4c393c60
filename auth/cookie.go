package auth

import (
	"fmt"
	"net/http"
	"time"

	"github.com/gorilla/securecookie"
	"github.com/gorilla/sessions"
)

// What stands in the cookie, by name. Times are in seconds since 1970.
const (
	fieldID      = "id"
	fieldToken   = "token"
	fieldStarted = "started"
	fieldSeen    = "seen"
)

// read opens the cookie of a request. Whatever is wrong with it, the answer
// is the same: who tampers learns nothing, and who has an old cookie signs in.
func (s *Sessions) read(r *http.Request) (*Session, error) {
	opened, err := s.store.New(r, s.name)
	if err != nil || opened.IsNew {
		return nil, ErrNoSession
	}
	id, _ := opened.Values[fieldID].(string)
	token, _ := opened.Values[fieldToken].(string)
	started, _ := opened.Values[fieldStarted].(int64)
	seen, _ := opened.Values[fieldSeen].(int64)
	session := &Session{
		ID: id, Token: token, Account: account(s.fingerprint, token),
		Started: time.Unix(started, 0), Seen: time.Unix(seen, 0),
	}
	if id == "" || token == "" || s.expired(session) || s.revoked.has(id) {
		return nil, ErrNoSession
	}
	return session, nil
}

func (s *Sessions) expired(session *Session) bool {
	now := s.config.Now()
	return now.Sub(session.Seen) >= s.config.Idle || now.Sub(session.Started) >= s.config.Max
}

// write seals a session into the cookie. It fails before it writes anything if
// the cookie would be too long.
func (s *Sessions) write(w http.ResponseWriter, session *Session) error {
	values := map[any]any{
		fieldID:      session.ID,
		fieldToken:   session.Token,
		fieldStarted: session.Started.Unix(),
		fieldSeen:    session.Seen.Unix(),
	}
	sealed, err := securecookie.EncodeMulti(s.name, values, s.store.Codecs...)
	if err != nil {
		return fmt.Errorf("auth: sealing the session: %w", err)
	}
	if len(s.name)+len("=")+len(sealed) > maxCookie {
		return ErrTokenTooLong
	}
	options := *s.store.Options
	options.MaxAge = int(session.Started.Add(s.config.Max).Sub(s.config.Now()) / time.Second)
	http.SetCookie(w, sessions.NewCookie(s.name, sealed, &options))
	return nil
}
