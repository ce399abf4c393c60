package plusofon

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// What a failure means. Ask with [errors.Is]; several can hold at once.
var (
	// ErrTokenRefused: the token is wrong, was revoked, or has no access.
	ErrTokenRefused = errors.New("token refused")
	// ErrNotFound: there is no such file.
	ErrNotFound = errors.New("not found")
	// ErrUnavailable: the API can't be reached or is failing.
	ErrUnavailable = errors.New("service unavailable")
	// ErrTimeout: the API didn't answer in time.
	ErrTimeout = errors.New("timed out")
	// ErrRateLimited: too many requests, see [Error.RetryAfter]. It comes with
	// ErrUnavailable.
	ErrRateLimited = errors.New("too many requests")
	// ErrUnexpectedAnswer: the answer is none that this API gives.
	ErrUnexpectedAnswer = errors.New("unexpected answer")
	// ErrOutcomeUnknown: a write may or may not have been done. Look before
	// you repeat it.
	ErrOutcomeUnknown = errors.New("outcome unknown")
	// ErrInvalidID: not an id that can address a file. Nothing was sent.
	ErrInvalidID = errors.New("invalid media id")
	// ErrNoFile: the API has the entry, but gives no file for it.
	ErrNoFile = errors.New("no file")
	// ErrFileElsewhere: the API hands the download on to a host that is none of
	// those named by [WithFileHosts]. It comes with ErrUnexpectedAnswer.
	ErrFileElsewhere = errors.New("the file is at another host")
	// ErrRejected: the input is refused, by the API or before it was sent.
	ErrRejected = errors.New("rejected")
	// ErrRangeNotSatisfiable: the range is empty or begins past the end of the file.
	ErrRangeNotSatisfiable = errors.New("range not satisfiable")
	// ErrContentSize: the content of an upload is shorter or longer than its
	// Size. The upload was broken off: nothing was changed.
	ErrContentSize = errors.New("content differs from its size")
)

// Error is a failed call. Its text never holds the token.
type Error struct {
	Op         string        // what was being done: "list media"
	Path       string        // path of the request, without query
	Status     int           // HTTP status, 0 if there was no answer
	Code       int           // code of the API itself, 0 if it gave none
	Message    string        // message of the API: from JSON only, one line of at most 300 characters
	RequestID  string        // X-Request-Id of the answer, if any
	RetryAfter time.Duration // how long the API asks to wait, an hour at most; 0 if not said
	Err        error         // meaning and cause, for errors.Is and errors.As
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("plusofon: " + e.Op)
	if e.Path != "" {
		b.WriteString(" " + e.Path)
	}
	if e.Status != 0 {
		fmt.Fprintf(&b, ": HTTP %d", e.Status)
	}
	if e.Code != 0 {
		fmt.Fprintf(&b, ", code %d", e.Code)
	}
	if e.Message != "" {
		fmt.Fprintf(&b, ", message %q", e.Message)
	}
	if e.RequestID != "" {
		fmt.Fprintf(&b, ", request id %q", e.RequestID)
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

// Unwrap gives the meaning and the cause.
func (e *Error) Unwrap() error { return e.Err }

// causes are several errors on one line, where [errors.Join] takes a line each.
type causes []error

func (c causes) Error() string {
	texts := make([]string, len(c))
	for i, err := range c {
		texts[i] = err.Error()
	}
	return strings.Join(texts, ": ")
}

func (c causes) Unwrap() []error { return c }

// redactedError is an error whose own text held the token.
type redactedError struct {
	text string
	err  error
}

func (e *redactedError) Error() string { return e.text }
func (e *redactedError) Unwrap() error { return e.err }
