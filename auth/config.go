package auth

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/gorilla/securecookie"
	"github.com/gorilla/sessions"
)

// defaultMaxRevoked bounds the memory of ended sessions to about 1 MB.
const defaultMaxRevoked = 10_000

// Config says how sessions are kept.
type Config struct {
	Secrets []string         `json:"-"` // newest first, each at least 32 characters: the first seals, all open
	Idle    time.Duration    // a session unused for so long ends
	Max     time.Duration    // a session ends so long after its start, whatever happens
	Secure  bool             // whether users come by https
	Now     func() time.Time `json:"-"` // time.Now if nil

	// MaxRevoked is how many ended sessions are remembered, 10,000 if zero.
	// When more end within Max, every session that is as old as the forgotten
	// ones ends too: their users sign in again, but nothing ended comes back.
	MaxRevoked int
}

// Sessions opens, starts and ends sessions. It is safe for concurrent use.
type Sessions struct {
	config      Config
	store       *sessions.CookieStore
	name        string
	fingerprint []byte
	revoked     *revoked
}

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
	if config.MaxRevoked < 0 {
		return nil, fmt.Errorf("auth: %d ended sessions to remember: must not be negative", config.MaxRevoked)
	}
	if config.MaxRevoked == 0 {
		config.MaxRevoked = defaultMaxRevoked
	}
	if config.Now == nil {
		config.Now = time.Now
	}
	config.Secrets = nil // the keys are enough from here on
	name := "session"
	if config.Secure {
		name = "__Host-session" // bound to this host and to https by the browser
	}
	s := &Sessions{
		config: config, store: newStore(pairs, config), name: name, fingerprint: fingerprint,
		revoked: newRevoked(config.MaxRevoked, config.Max),
	}
	if err := s.check(); err != nil {
		return nil, err
	}
	return s, nil
}

// newStore sets every option by hand: the defaults of the store are open to
// scripts and to other sites.
func newStore(pairs [][]byte, config Config) *sessions.CookieStore {
	store := sessions.NewCookieStore(pairs...)
	store.Options = &sessions.Options{
		Path: "/", HttpOnly: true, Secure: config.Secure, SameSite: http.SameSiteLaxMode,
	}
	// The store's own limit of age goes by the real clock, and is a second lock
	// behind the times that stand in the sealed value.
	store.MaxAge(int(config.Max / time.Second))
	for _, codec := range store.Codecs {
		if cookie, ok := codec.(*securecookie.SecureCookie); ok {
			cookie.MaxLength(0) // write checks the length, and counts the name
			cookie.SetSerializer(securecookie.NopEncoder{})
		}
	}
	return store
}

// check seals and opens a value with the keys of each secret, since a bad key
// would show only when it is used.
func (s *Sessions) check() error {
	for _, codec := range s.store.Codecs {
		sealed, err := codec.Encode(s.name, []byte(s.name))
		if err != nil {
			return fmt.Errorf("auth: sealing a cookie: %w", err)
		}
		var opened []byte
		if err := codec.Decode(s.name, sealed, &opened); err != nil {
			return fmt.Errorf("auth: opening a cookie: %w", err)
		}
		if string(opened) != s.name {
			return errors.New("auth: a cookie opens to something else than was sealed")
		}
	}
	return nil
}
