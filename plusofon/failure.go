package plusofon

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// fail makes the error of an exchange: what it means first, the cause last.
func (x *exchange) fail(why ...error) *Error {
	credentials := x.client.credentials
	e := &Error{
		Op:   x.request.op,
		Path: x.client.base.JoinPath(x.request.path).Path, // #nosec G125 -- words of ours and ids of digits
		Err:  credentials.redactError(causes(why)),
	}
	if x.response != nil {
		header := x.response.Header
		e.Status = x.response.StatusCode
		e.RequestID = credentials.tidy(header.Get("X-Request-Id"), longestRequestID)
		e.RetryAfter = retryAfter(header.Get("Retry-After"))
	}
	return e
}

// unexpected is an answer that this API doesn't give. After a write nobody can
// say what it stands for.
func (x *exchange) unexpected(cause error) *Error {
	if x.request.writes() {
		return x.fail(ErrUnexpectedAnswer, ErrOutcomeUnknown, cause)
	}
	return x.fail(ErrUnexpectedAnswer, cause)
}

// broken is a failure of the transport; sent tells whether anything of the
// request may have reached Plusofon before it.
func (x *exchange) broken(sent bool, cause error) *Error {
	ended := x.ctx.Err()
	if ended != nil && !errors.Is(cause, ended) {
		cause = causes{ended, cause} // net/http gives the context's own cause instead
	}
	var why []error
	switch {
	case errors.Is(ended, context.Canceled):
	case !sent && ended != nil:
		why = append(why, ErrUnavailable, ErrTimeout)
	case sent && (ended != nil || timedOut(cause)):
		why = append(why, ErrTimeout)
	default:
		why = append(why, ErrUnavailable)
	}
	if x.request.writes() && sent {
		why = append(why, ErrOutcomeUnknown)
	}
	return x.fail(append(why, cause)...)
}

func timedOut(err error) bool {
	timeout, ok := errors.AsType[net.Error](err)
	return errors.Is(err, context.DeadlineExceeded) || ok && timeout.Timeout()
}

// beforeSending reports whether an error is of a kind that comes up before a
// request is sent: name, connection, TLS, or a transport that says so itself.
func beforeSending(err error) bool {
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "dial" {
		return true
	}
	if transport, ok := errors.AsType[interface {
		error
		NotSent() bool
	}](err); ok {
		return transport.NotSent()
	}
	return is[*net.DNSError](err) || is[*tls.CertificateVerificationError](err) || is[tls.RecordHeaderError](err) ||
		is[*tls.ECHRejectionError](err) || is[x509.UnknownAuthorityError](err) || is[x509.HostnameError](err) ||
		is[x509.CertificateInvalidError](err)
}

func is[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}

// redactError blanks the token out of an error's text and keeps its chain.
func (c credentials) redactError(err error) error {
	text := err.Error()
	if blank := c.redact(text); blank != text {
		return &redactedError{blank, err}
	}
	return err
}

const longestRetry = time.Hour

// retryAfter reads seconds or a date (RFC 9110, section 10.2.3).
func retryAfter(value string) time.Duration {
	value = strings.TrimSpace(value)
	if seconds, err := strconv.ParseUint(value, 10, 64); err == nil || errors.Is(err, strconv.ErrRange) {
		return time.Duration(min(seconds, uint64(longestRetry/time.Second))) * time.Second
	}
	date, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	return min(max(time.Until(date), 0), longestRetry)
}
