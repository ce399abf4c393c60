package auth

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"unicode/utf8"
)

// minSecret is the least length of a secret, in characters.
const minSecret = 32

// keyLength is that of HMAC-SHA-256 and of AES-256, in bytes.
const keyLength = 32

// keys are derived from one secret, each for one purpose (HKDF, RFC 5869), so
// that none of them tells anything of another.
type keys struct {
	seal, encrypt, fingerprint []byte
}

func deriveKeys(secret string) (keys, error) {
	if utf8.RuneCountInString(secret) < minSecret {
		return keys{}, fmt.Errorf("fewer than %d characters", minSecret)
	}
	var k keys
	for _, derived := range []struct {
		key     *[]byte
		purpose string
	}{
		{&k.seal, "session cookie: authentication"},
		{&k.encrypt, "session cookie: encryption"},
		{&k.fingerprint, "account fingerprint"},
	} {
		key, err := hkdf.Key(sha256.New, []byte(secret), nil, derived.purpose, keyLength)
		if err != nil {
			return keys{}, fmt.Errorf("deriving the key for %s: %w", derived.purpose, err)
		}
		*derived.key = key
	}
	return k, nil
}

// keyPairs derives all keys in the order that securecookie wants: a key for
// authentication and one for encryption for each secret, the newest first.
func keyPairs(secrets []string) (pairs [][]byte, fingerprint []byte, err error) {
	if len(secrets) == 0 {
		return nil, nil, errors.New("no session secret")
	}
	for i, secret := range secrets {
		k, err := deriveKeys(secret)
		if err != nil {
			return nil, nil, fmt.Errorf("session secret %d of %d: %w", i+1, len(secrets), err)
		}
		pairs = append(pairs, k.seal, k.encrypt)
		if fingerprint == nil {
			fingerprint = k.fingerprint
		}
	}
	return pairs, fingerprint, nil
}

// fingerprintLength is in bytes: enough to tell accounts apart in a log.
const fingerprintLength = 8

// account names the account of a token without telling the token.
func account(key []byte, token string) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(token))
	return hex.EncodeToString(mac.Sum(nil)[:fingerprintLength])
}
