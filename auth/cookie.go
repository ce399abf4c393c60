package auth

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gorilla/securecookie"
	"github.com/gorilla/sessions"
)

// maxCookie is what browsers take for the name and value of one cookie
// together, in bytes (draft-ietf-httpbis-rfc6265bis, section 5.6).
const maxCookie = 4096

// What stands in the cookie, by name. Times are in seconds since 1970.
const (
	fieldID      = "id"
	fieldToken   = "token"
	fieldStarted = "started"
	fieldSeen    = "seen"
)

// values gives what stands in the session cookies of a request. net/http
// leaves out a cookie that it can't parse; such a one must be seen here, to be
// cleared.
func (s *Sessions) values(r *http.Request) []string {
	var values []string
	for _, line := range r.Header["Cookie"] {
		for pair := range strings.SplitSeq(line, ";") {
			name, value, _ := strings.Cut(pair, "=")
			if strings.TrimSpace(name) == s.name {
				values = append(values, strings.TrimSpace(value))
			}
		}
	}
	return values
}

// unseal opens the value of a cookie. Whatever is wrong with it, the answer
// is the same: who tampers learns nothing, and who has an old cookie signs in.
func (s *Sessions) unseal(value string) (*Session, error) {
	if len(s.name)+len("=")+len(value) > maxCookie {
		return nil, ErrNoSession // none of ours: not worth the work
	}
	fields := map[any]any{}
	if err := securecookie.DecodeMulti(s.name, value, &fields, s.store.Codecs...); err != nil {
		return nil, ErrNoSession
	}
	id, _ := fields[fieldID].(string)
	token, _ := fields[fieldToken].(string)
	started, _ := fields[fieldStarted].(int64)
	seen, _ := fields[fieldSeen].(int64)
	session := &Session{
		ID: id, Token: token, Account: account(s.fingerprint, token),
		Started: time.Unix(started, 0), Seen: time.Unix(seen, 0),
	}
	if id == "" || token == "" || s.expired(session) || s.revoked.has(session) {
		return nil, ErrNoSession
	}
	return session, nil
}

func (s *Sessions) expired(session *Session) bool {
	now := s.config.Now()
	return now.Sub(session.Seen) >= s.config.Idle || now.Sub(session.Started) >= s.config.Max
}

// write seals a session into the cookie with the newest keys. It fails before
// it writes anything if the cookie would be too long.
func (s *Sessions) write(w http.ResponseWriter, session *Session) error {
	sealed, err := s.store.Codecs[0].Encode(s.name, map[any]any{
		fieldID:      session.ID,
		fieldToken:   session.Token,
		fieldStarted: session.Started.Unix(),
		fieldSeen:    session.Seen.Unix(),
	})
	if err != nil {
		return fmt.Errorf("auth: sealing the session: %w", err)
	}
	if len(s.name)+len("=")+len(sealed) > maxCookie {
		return ErrTokenTooLong
	}
	remaining := session.Started.Add(s.config.Max).Sub(s.config.Now())
	s.set(w, sealed, max(int(remaining/time.Second), 1))
	return nil
}

// clear makes the browser forget the cookie.
func (s *Sessions) clear(w http.ResponseWriter) { s.set(w, "", -1) }

// set puts the cookie into an answer, for so many seconds, in place of what
// the answer said of it before: a name may be set once (RFC 6265, 4.1.1).
func (s *Sessions) set(w http.ResponseWriter, value string, maxAge int) {
	const header = "Set-Cookie"
	others := slices.DeleteFunc(w.Header()[header], func(line string) bool {
		return strings.HasPrefix(line, s.name+"=")
	})
	w.Header()[header] = others
	options := *s.store.Options
	options.MaxAge = maxAge
	http.SetCookie(w, sessions.NewCookie(s.name, value, &options))
}
