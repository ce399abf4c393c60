package transport_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/plusofon-dashboard/dashboard/plusofon"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
	"github.com/plusofon-dashboard/dashboard/plusofon/transport"
)

const closed, halfOpen, open = 0, 1, 2

// failures open the breaker.
const failures = 8

func always(fault plusofontest.Fault) func(*http.Request) plusofontest.Fault {
	return func(*http.Request) plusofontest.Fault { return fault }
}

// asUser is the client of one of two users.
func asUser(client *plusofon.Client, i int) *plusofon.Client {
	if i%2 == 0 {
		return client
	}
	return client.WithToken("another-token")
}

// What fails for one file or for one account is held back for that alone.
func TestOneBrokenFileKeepsNobodyOut(t *testing.T) {
	t.Parallel()
	for name, broken := range map[string]struct {
		match func(r *http.Request) bool // what fails
		free  bool                       // whether the account goes on otherwise
	}{
		"a file": {func(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/media/7/file") }, true},
		"an account": {func(r *http.Request) bool {
			return strings.HasSuffix(r.Header.Get("Authorization"), " "+token)
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client, api, stack := startInMemory(t, transport.Config{}, plusofontest.WithAccount("another-token", plusofontest.File{ID: 7}))
				api.FailBy(func(r *http.Request) plusofontest.Fault {
					if broken.match(r) {
						return plusofontest.HTML(500)
					}
					return nil
				})
				for range failures {
					_, err := client.OpenFile(t.Context(), "7", nil)
					wantMeaning(t, err, plusofon.ErrUnavailable)
					if !broken.free {
						_, err = client.ListMedia(t.Context(), 1)
						wantMeaning(t, err, plusofon.ErrUnavailable)
					}
				}
				wantState(t, stack, closed)
				asked := len(api.Requests())
				_, err := client.OpenFile(t.Context(), "7", nil)
				wantMeaning(t, err, plusofon.ErrUnavailable)
				wantAsked(t, api, asked) // it is held back
				_, err = client.ListMedia(t.Context(), 2)
				if broken.free != (err == nil) {
					t.Errorf("the list of the same account: %v", err)
				}
				other := client.WithToken("another-token")
				if _, err := other.ListMedia(t.Context(), 1); err != nil {
					t.Errorf("another account can't list its files: %v", err)
				}
				if _, err := other.GetMedia(t.Context(), "7"); err != nil {
					t.Errorf("another account can't look at its file: %v", err)
				}
			})
		})
	}
}

func wantState(t *testing.T, stack *transport.Transport, want float64) {
	t.Helper()
	if got := stack.BreakerState(); got != want {
		t.Errorf("breaker is %v, want %v", got, want)
	}
}

func TestWhatOpensTheBreaker(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		fault plusofontest.Fault
		want  float64
	}{
		{"resets", plusofontest.Reset(), open},
		{"no answers", plusofontest.Hang(), open},
		{"500 with HTML", plusofontest.HTML(500), open},
		{"502", plusofontest.HTML(502), open},
		{"503", plusofontest.HTML(503), open},
		{"504", plusofontest.HTML(504), open},
		{"521", plusofontest.HTML(521), open},
		{"500 in JSON", plusofontest.JSONError(500, 500, "Server Error"), open},
		{"503 in JSON", plusofontest.JSONError(503, 503, "Service Unavailable"), open},
		{"missing files as 500", plusofontest.JSONError(500, 404, "Media not found."), closed},
		{"refused tokens", plusofontest.JSONError(500, 500, "User not found"), closed},
		{"refused tokens as 503", plusofontest.JSONError(503, 503, "User not found."), closed},
		{"refused tokens, not called JSON", plusofontest.Answer(500, "text/html", "\ufeff\n{\"message\":\"User not found\"}"), closed},
		{"missing files", plusofontest.JSONError(404, 404, "Media not found."), closed},
		{"4xx with HTML", plusofontest.HTML(403), closed},
		{"rate limits", plusofontest.RetryAfter(429, "60"), closed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client, api, stack := startInMemory(t, transport.Config{})
				api.FailBy(always(tt.fault))
				for i := range failures {
					wantState(t, stack, closed)
					if err := asUser(client, i).RenameMedia(t.Context(), "7", "x"); err == nil {
						t.Fatalf("call %d did not fail", i)
					}
				}
				wantState(t, stack, tt.want)
				wantAsked(t, api, failures)
			})
		})
	}
}

func TestAReadAndItsSecondTryAreOneFailure(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, api, stack := startInMemory(t, transport.Config{})
		api.FailBy(always(plusofontest.HTML(503)))
		for i := range failures {
			wantState(t, stack, closed)
			_, err := asUser(client, i).ListMedia(t.Context(), 1)
			wantMeaning(t, err, plusofon.ErrUnavailable)
		}
		wantState(t, stack, open)
		wantAsked(t, api, 2*failures)
	})
}

func TestOpenBreakerHoldsBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var changes []string
		client, api, stack := startInMemory(t, transport.Config{BreakerChanged: func(from, to string) {
			changes = append(changes, from+" to "+to)
		}})
		openBreaker(t, client, api)
		asked := len(api.Requests())
		wantMeaning(t, client.DeleteMedia(t.Context(), "7"), plusofon.ErrUnavailable) // and nothing unknown
		_, err := client.ListMedia(t.Context(), 1)
		wantMeaning(t, err, plusofon.ErrUnavailable)
		wantAsked(t, api, asked)

		time.Sleep(10*time.Second + 1)
		wantState(t, stack, halfOpen)
		wantMeaning(t, client.DeleteMedia(t.Context(), "7"), plusofon.ErrUnavailable, plusofon.ErrOutcomeUnknown)
		wantState(t, stack, open) // it still fails

		api.FailBy(nil)
		time.Sleep(10*time.Second + 1)
		_, err = client.ListMedia(t.Context(), 1)
		wantMeaning(t, err)
		wantState(t, stack, closed)
		want := []string{"closed to open", "open to half-open", "half-open to open", "open to half-open", "half-open to closed"}
		if !slices.Equal(changes, want) {
			t.Errorf("changes %q", changes)
		}
	})
}

// openBreaker has Plusofon fail, until it is told otherwise, and the breaker open.
func openBreaker(t *testing.T, client *plusofon.Client, api *plusofontest.API) {
	t.Helper()
	api.FailBy(always(plusofontest.HTML(503)))
	for i := range failures {
		if err := asUser(client, i).DeleteMedia(t.Context(), "7"); !errors.Is(err, plusofon.ErrOutcomeUnknown) {
			t.Fatal(err)
		}
	}
}

// Users lose patience just when Plusofon hangs: that they leave says nothing of
// it, neither bad nor good.
func TestLeavingSaysNothing(t *testing.T) {
	t.Parallel()
	leave := func(t *testing.T, client *plusofon.Client) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		time.AfterFunc(time.Second, cancel)
		if _, err := client.ListMedia(ctx, 1); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
	t.Run("bad", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			client, api, stack := startInMemory(t, transport.Config{})
			api.FailBy(always(plusofontest.Hang()))
			for range 2 * failures {
				leave(t, client)
			}
			wantState(t, stack, closed)
		})
	})
	t.Run("good while it is closed", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			client, api, stack := startInMemory(t, transport.Config{})
			api.FailBy(always(plusofontest.Hang()))
			for range failures {
				wantState(t, stack, closed)
				leave(t, client)
				_, err := client.ListMedia(t.Context(), 1)
				wantMeaning(t, err, plusofon.ErrTimeout)
			}
			wantState(t, stack, open)
		})
	})
	t.Run("good while it is half open", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			client, api, stack := startInMemory(t, transport.Config{})
			openBreaker(t, client, api)
			api.FailBy(always(plusofontest.Hang()))
			time.Sleep(10*time.Second + 1)
			leave(t, client)
			wantState(t, stack, halfOpen)
			api.FailBy(nil)
			_, err := client.ListMedia(t.Context(), 1) // the place is free again
			wantMeaning(t, err)
			wantState(t, stack, closed)
		})
	})
}

// A transport closes the body of a request that it does not send, too.
func TestBodiesOfHeldBackRequestsAreClosed(t *testing.T) {
	t.Parallel()
	stack := transport.Over(roundTrip(func(r *http.Request) (*http.Response, error) {
		r.Body.Close()
		return nil, io.ErrUnexpectedEOF
	}), transport.Config{BreakerFailures: 1})
	for i := range 2 {
		body := &closeCounter{Reader: strings.NewReader("{}")}
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://plusofon.test/", body)
		if err != nil {
			t.Fatal(err)
		}
		if response, err := stack.RoundTrip(request); err == nil {
			response.Body.Close()
			t.Fatal("no error")
		}
		if body.closed != 1 {
			t.Errorf("body of request %d was closed %d times", i, body.closed)
		}
	}
}

type closeCounter struct {
	io.Reader
	closed int
}

func (c *closeCounter) Close() error {
	c.closed++
	return nil
}
