package auth

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/securecookie"
	"github.com/gorilla/sessions"
)

// maxCookie is how long name and value of the cookie may be together, in bytes.
// Browsers take 4096 (draft-ietf-httpbis-rfc6265bis, section 5.6), but a proxy
// holds the whole head of an answer, with all other headers in it, in a buffer of
// that size (nginx: proxy_buffer_size): with a longer cookie nobody could sign in.
const maxCookie = 3000

// content is what is sealed into the cookie: the id, when the session started
// and when it was seen, in seconds since 1970, and the token, a line each. It
// is opened for every request: gob, which codecs use by themselves, would take
// two thirds of the time for that. JSON can't hold every byte of a token.
func content(session *Session) []byte {
	text := make([]byte, 0, 64+len(session.Token))
	text = append(append(text, session.ID...), '\n')
	text = append(strconv.AppendInt(text, session.Started.Unix(), 10), '\n')
	text = append(strconv.AppendInt(text, session.Seen.Unix(), 10), '\n')
	return append(text, session.Token...)
}

// readContent reads what content has written; ok is false for anything else.
func readContent(text []byte) (session *Session, ok bool) {
	lines := strings.SplitN(string(text), "\n", 4)
	if len(lines) != 4 {
		return nil, false
	}
	started, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return nil, false
	}
	seen, err := strconv.ParseInt(lines[2], 10, 64)
	if err != nil {
		return nil, false
	}
	return &Session{ID: lines[0], Token: lines[3], Started: time.Unix(started, 0), Seen: time.Unix(seen, 0)}, true
}

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
	var text []byte
	if err := securecookie.DecodeMulti(s.name, value, &text, s.store.Codecs...); err != nil {
		return nil, ErrNoSession
	}
	session, ok := readContent(text)
	if !ok || session.ID == "" || session.Token == "" || s.expired(session) || s.revoked.has(session) {
		return nil, ErrNoSession
	}
	session.Account = account(s.fingerprint, session.Token)
	return session, nil
}

func (s *Sessions) expired(session *Session) bool {
	now := s.config.Now()
	return now.Sub(session.Seen) >= s.config.Idle || now.Sub(session.Started) >= s.config.Max
}

// write seals a session into the cookie with the newest keys. It fails before
// it writes anything if the cookie would be too long.
func (s *Sessions) write(w http.ResponseWriter, session *Session) error {
	sealed, err := s.store.Codecs[0].Encode(s.name, content(session))
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
