package library

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"time"

	"github.com/plusofon-dashboard/dashboard/audio"
	"github.com/plusofon-dashboard/dashboard/plusofon"
)

var (
	// ErrNotDone is a write that Plusofon did not confirm: it was looked up, and had
	// not been done.
	ErrNotDone = errors.New("looked up after an unconfirmed write: it was not done")
	// ErrNotPlayable is a file with no sound in it that a browser could play.
	ErrNotPlayable = errors.New("the sound cannot be played")
)

// RefusedError is a file that Plusofon would not take, and why.
type RefusedError = audio.RefusedError

// Insecure reports whether no secure connection to Plusofon came about: its
// certificate is not to be trusted, or it does not speak TLS.
func Insecure(err error) bool {
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return true
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return true
	}
	// An alert, by which one side ends the handshake, has no type of its own.
	if failed, ok := errors.AsType[*net.OpError](err); ok && (failed.Op == "remote error" || failed.Op == "local error") {
		return true
	}
	return errors.Is(err, http.ErrSchemeMismatch)
}

// unavailable reports whether Plusofon could not be asked, so that it is certain that
// nothing was done: a write of which that is not certain fails in another way.
func unavailable(err error) bool {
	for _, answered := range []error{
		ErrNotDone, plusofon.ErrOutcomeUnknown, plusofon.ErrTokenRefused, plusofon.ErrNotFound, plusofon.ErrRateLimited,
	} {
		if errors.Is(err, answered) {
			return false
		}
	}
	return Insecure(err) || errors.Is(err, plusofon.ErrUnavailable) || errors.Is(err, plusofon.ErrTimeout) ||
		errors.Is(err, context.DeadlineExceeded)
}

// RetryAfter says how long Plusofon wants no request: ten seconds if it asks for
// patience and does not say, an hour at most, and 0 if it does not ask.
func RetryAfter(err error) time.Duration {
	const unsaid, longest = 10 * time.Second, time.Hour
	if !errors.Is(err, plusofon.ErrRateLimited) {
		return 0
	}
	if failed, ok := errors.AsType[*plusofon.Error](err); ok && failed.RetryAfter > 0 {
		return min(failed.RetryAfter, longest)
	}
	return unsaid
}
