package transport

import (
	"errors"
	"hash/maphash"
	"net/http"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"
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
//
// Nobody is asked any more after failures of the connection, or of several
// accounts and calls. What fails for one account, or for one file of it, is held
// back for that one alone: its broken file must not keep others out.
type breaker struct {
	next    http.RoundTripper
	config  Config
	shared  *circuit
	narrow  *lru.Cache[uint64, *circuit] // of accounts and of single calls
	hashing maphash.Seed                 // so that tokens are not kept
}

// maxNarrow bounds the memory of circuits, some 500 bytes each.
const maxNarrow = 4096

// circuit is a breaker with what its present run of failures is made of.
type circuit struct {
	*gobreaker.TwoStepCircuitBreaker[any]

	mu sync.Mutex
	failures
}

// failures are those since the last success.
type failures struct {
	connection uint32 // how many got no answer at all
	accounts   map[uint64]bool
	calls      map[uint64]bool
}

func newBreaker(next http.RoundTripper, config Config) *breaker {
	narrow, err := lru.New[uint64, *circuit](maxNarrow)
	if err != nil {
		panic(err) // only for a size that is not positive
	}
	b := &breaker{next: next, config: config, narrow: narrow, hashing: maphash.MakeSeed()}
	b.shared = b.newCircuit(config.BreakerChanged, func(f failures) bool {
		return f.connection >= config.BreakerFailures || len(f.accounts) > 1 && len(f.calls) > 1
	})
	return b
}

// newCircuit makes a circuit that opens after failures in a row of which opens
// says that they are enough.
func (b *breaker) newCircuit(changed func(from, to string), opens func(failures) bool) *circuit {
	c := &circuit{}
	settings := gobreaker.Settings{
		Name:    "plusofon",
		Timeout: b.config.BreakerPause,
		ReadyToTrip: func(counts gobreaker.Counts) bool {
			c.mu.Lock()
			defer c.mu.Unlock()
			return counts.ConsecutiveFailures >= b.config.BreakerFailures && opens(c.failures)
		},
		IsExcluded: func(err error) bool { return err == errLeft },
	}
	if changed != nil {
		settings.OnStateChange = func(_ string, from, to gobreaker.State) { changed(from.String(), to.String()) }
	}
	c.TwoStepCircuitBreaker = gobreaker.NewTwoStepCircuitBreaker[any](settings)
	return c
}

// note remembers what a failure was about, or forgets all after a success.
func (c *circuit) note(err error, account, call uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch err {
	case errLeft:
	case nil:
		c.failures = failures{}
	default:
		if c.accounts == nil {
			c.accounts, c.calls = map[uint64]bool{}, map[uint64]bool{}
		}
		c.accounts[account], c.calls[call] = true, true
		if err != errFailing {
			c.connection++
		}
	}
}

// several is for an account: its failures are of more than one call.
func several(f failures) bool { return len(f.calls) > 1 }

// anyFailure is for one call of one account.
func anyFailure(failures) bool { return true }

// narrowCircuit gives the circuit of an account or a call.
func (b *breaker) narrowCircuit(key uint64, opens func(failures) bool) *circuit {
	if c, ok := b.narrow.Get(key); ok {
		return c
	}
	c := b.newCircuit(nil, opens)
	if earlier, ok, _ := b.narrow.PeekOrAdd(key, c); ok {
		return earlier // somebody else has made one meanwhile
	}
	return c
}

// RoundTrip sends the request unless a breaker is open.
func (b *breaker) RoundTrip(r *http.Request) (*http.Response, error) {
	account := maphash.String(b.hashing, r.Header.Get("Authorization"))
	call := maphash.String(b.hashing, r.Header.Get("Authorization")+"\n"+r.Method+" "+r.URL.Path)
	circuits := []*circuit{b.shared, b.narrowCircuit(account, several), b.narrowCircuit(call, anyFailure)}
	settle := make([]func(error), 0, len(circuits))
	for _, c := range circuits {
		done, err := c.Allow()
		if err != nil {
			for _, done := range settle {
				done(errLeft) // was not sent, which says nothing of Plusofon
			}
			if r.Body != nil {
				_ = r.Body.Close() // as every transport must; nothing of it was read
			}
			return nil, &notSentError{err}
		}
		settle = append(settle, done)
	}
	response, err := b.next.RoundTrip(r)
	outcome := judge(r, response, err)
	for i, c := range circuits {
		c.note(outcome, account, call)
		settle[i](outcome)
	}
	return response, err
}

// judge says what the end of a request tells of Plusofon.
func judge(r *http.Request, response *http.Response, err error) error {
	switch {
	case err != nil && r.Context().Err() != nil:
		return errLeft // neither bad nor good
	case err != nil:
		return err
	case failing(response):
		return errFailing
	}
	return nil
}

// failing tells a broken server from one that answers. That a token or a request
// is not right is no failure of Plusofon's, though the API says it with a 500.
func failing(response *http.Response) bool {
	return response.StatusCode >= http.StatusInternalServerError && !refusesToken(response) && !deniedByAPI(response)
}

// BreakerState is of the breaker before everybody: 0 while requests pass, 1 while one is let through to see
// whether Plusofon is back, and 2 while none is sent.
func (t *Transport) BreakerState() float64 { return float64(t.breaker.shared.State()) }
