package auth_test

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/securecookie"

	"github.com/plusofon-dashboard/dashboard/auth"
)

// derive is HKDF-SHA-256 as the cookies that users have by now were made with.
func derive(t *testing.T, secret, purpose string) []byte {
	t.Helper()
	key, err := hkdf.Key(sha256.New, []byte(secret), nil, purpose, 32)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// TestTheKeysOfACookie pins how cookies are sealed: an upgrade that changed it
// would sign everybody out.
func TestTheKeysOfACookie(t *testing.T) {
	t.Parallel()
	s := newSessions(t, newClock(), secret)
	cookie := start(t, s, token)
	codec := securecookie.New(
		derive(t, secret, "session cookie: authentication"),
		derive(t, secret, "session cookie: encryption"),
	).SetSerializer(securecookie.NopEncoder{})
	var text []byte
	if err := codec.Decode(cookie.Name, cookie.Value, &text); err != nil {
		t.Fatal(err)
	}
	now := newClock().Now().Unix()
	if _, rest, _ := strings.Cut(string(text), "\n"); rest != fmt.Sprintf("%d\n%d\n%s", now, now, token) {
		t.Errorf("the cookie holds %q", text)
	}
	mac := hmac.New(sha256.New, derive(t, secret, "account fingerprint"))
	mac.Write([]byte(token))
	session, _, err := open(s, cookie)
	if want := hex.EncodeToString(mac.Sum(nil))[:16]; err != nil || session.Account != want {
		t.Errorf("the account is %s, want %s; error %v", session, want, err)
	}
}

// TestACookieOfAnotherName has the browser send, under the one name, what was
// sealed for the other.
func TestACookieOfAnotherName(t *testing.T) {
	t.Parallel()
	s, err := auth.New(auth.Config{Secrets: []string{secret}, Idle: time.Hour, Max: time.Hour, Secure: true, Now: newClock().Now})
	if err != nil {
		t.Fatal(err)
	}
	plain := start(t, newSessions(t, newClock(), secret), token)
	wantNoSession(t, s, &http.Cookie{Name: "__Host-session", Value: plain.Value})
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

func TestBadConfigurations(t *testing.T) {
	t.Parallel()
	const short = "too short a secret"
	for name, config := range map[string]auth.Config{
		"no secret":     {Idle: time.Hour, Max: time.Hour},
		"short letters": {Secrets: []string{strings.Repeat("ф", 31)}, Idle: time.Hour, Max: time.Hour},
		"short secret":  {Secrets: []string{secret, short}, Idle: time.Hour, Max: time.Hour},
		"no time":       {Secrets: []string{secret}},
		"revoked":       {Secrets: []string{secret}, Idle: time.Hour, Max: time.Hour, MaxRevoked: -1},
		"idle too long": {Secrets: []string{secret}, Idle: 2 * time.Hour, Max: time.Hour},
	} {
		if _, err := auth.New(config); err == nil || strings.Contains(err.Error(), short) {
			t.Errorf("%s: got %v, want an error without the secret", name, err)
		}
	}
}
