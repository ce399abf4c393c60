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

var (
	// errFailing marks an answer by which Plusofon shows that it fails.
	errFailing = errors.New("plusofon is failing")
	// errLeft marks a request whose user did not wait for its end.
	errLeft = errors.New("the user has left")
)

// breaker stops asking for a while when Plusofon has failed several times in a
// row. That a token is refused, or a file not there, is an answer like others.
type breaker struct {
	next    http.RoundTripper
	circuit *gobreaker.TwoStepCircuitBreaker[any]
}

func newBreaker(next http.RoundTripper, config Config) *breaker {
	settings := gobreaker.Settings{
		Name:        "plusofon",
		Timeout:     config.BreakerPause,
		ReadyToTrip: func(counts gobreaker.Counts) bool { return counts.ConsecutiveFailures >= config.BreakerFailures },
		IsExcluded:  func(err error) bool { return err == errLeft },
	}
	if config.BreakerChanged != nil {
		settings.OnStateChange = func(_ string, from, to gobreaker.State) { config.BreakerChanged(from.String(), to.String()) }
	}
	return &breaker{next: next, circuit: gobreaker.NewTwoStepCircuitBreaker[any](settings)}
}

// RoundTrip sends the request unless the breaker is open.
func (b *breaker) RoundTrip(r *http.Request) (*http.Response, error) {
	done, err := b.circuit.Allow()
	if err != nil {
		if r.Body != nil {
			_ = r.Body.Close() // as every transport must; nothing of it was read
		}
		return nil, &notSentError{err}
	}
	response, err := b.next.RoundTrip(r)
	switch {
	case err != nil && r.Context().Err() != nil:
		done(errLeft) // which says nothing of Plusofon, neither bad nor good
	case err != nil:
		done(err)
	case failing(response):
		done(errFailing)
	default:
		done(nil)
	}
	return response, err
}

// failing tells a broken server from one that answers. That a token or a request
// is not right is no failure of Plusofon's, though the API says it with a 500.
func failing(response *http.Response) bool {
	return response.StatusCode >= http.StatusInternalServerError && !refusesToken(response) && !deniedByAPI(response)
}

// BreakerState is 0 while requests pass, 1 while one is let through to see
// whether Plusofon is back, and 2 while none is sent.
func (t *Transport) BreakerState() float64 { return float64(t.breaker.circuit.State()) }
