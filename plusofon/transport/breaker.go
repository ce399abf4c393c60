package transport

import (
	"errors"
	"net/http"

	"github.com/sony/gobreaker/v2"
)

// notSentError is a request that was held back.
type notSentError struct{ cause error }

func (e *notSentError) Error() string { return "Plusofon keeps failing, not asked: " + e.cause.Error() }
func (e *notSentError) Unwrap() error { return e.cause }

// NotSent tells the client that nothing has happened.
func (e *notSentError) NotSent() bool { return true }

// errFailing marks an answer by which Plusofon shows that it fails.
var errFailing = errors.New("plusofon is failing")

// breaker stops asking for a while when Plusofon has failed several times in a
// row. That a token is refused, or a file not there, is an answer like others.
type breaker struct {
	next    http.RoundTripper
	circuit *gobreaker.TwoStepCircuitBreaker[any]
}

func newBreaker(next http.RoundTripper, config Config) *breaker {
	return &breaker{next: next, circuit: gobreaker.NewTwoStepCircuitBreaker[any](gobreaker.Settings{
		Name:        "plusofon",
		Timeout:     config.BreakerPause,
		ReadyToTrip: func(counts gobreaker.Counts) bool { return counts.ConsecutiveFailures >= config.BreakerFailures },
	})}
}

// RoundTrip sends the request unless the breaker is open.
func (b *breaker) RoundTrip(r *http.Request) (*http.Response, error) {
	done, err := b.circuit.Allow()
	if err != nil {
		return nil, &notSentError{err}
	}
	response, err := b.next.RoundTrip(r)
	switch {
	case r.Context().Err() != nil:
		done(nil) // the user has left, which says nothing of Plusofon
	case err != nil:
		done(err)
	case failing(response):
		done(errFailing)
	default:
		done(nil)
	}
	return response, err
}

// failing tells a broken server from one that answers. A 500 is a broken
// server only where it is not the API's own JSON: "User not found" is a 500.
func failing(response *http.Response) bool {
	switch response.StatusCode {
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	case http.StatusInternalServerError:
		return !isJSON(response)
	}
	return false
}

// BreakerState is 0 while requests pass, 1 while one is let through to see
// whether Plusofon is back, and 2 while none is sent.
func (t *Transport) BreakerState() float64 { return float64(t.breaker.circuit.State()) }
