package transport_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/plusofon"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
	"github.com/plusofon-dashboard/dashboard/plusofon/transport"
)

const token = "a-token"

// quick are limits that a test can wait for.
var quick = transport.Config{
	Answer: 300 * time.Millisecond, UploadAnswer: 300 * time.Millisecond, BodySilence: 300 * time.Millisecond,
	RetryDelay: func() time.Duration { return time.Millisecond }, BreakerFailures: 3, BreakerPause: 200 * time.Millisecond,
}

// start gives a client over the stack, and the API that it asks.
func start(t *testing.T, config transport.Config) (*plusofon.Client, *plusofontest.Server, *transport.Transport) {
	t.Helper()
	api := plusofontest.NewServer(plusofontest.WithAccount(token,
		plusofontest.File{ID: 7, Name: "Привет", Format: "raw", Content: make([]byte, 300_000)}))
	t.Cleanup(api.Close)
	stack := transport.New(config)
	client, err := plusofon.New(token, plusofon.WithBaseURL(api.URL), plusofon.WithHTTPClient(&http.Client{Transport: stack}))
	if err != nil {
		t.Fatal(err)
	}
	return client, api, stack
}

func TestReadsAreTriedTwice(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		fault plusofontest.Fault
		asked int
		want  error
	}{
		{"a reset", plusofontest.Reset(), 2, nil},
		{"a reset in the middle of JSON", plusofontest.CutOff(40), 2, nil},
		{"502", plusofontest.HTML(502), 2, nil},
		{"503", plusofontest.HTML(503), 2, nil},
		{"504", plusofontest.HTML(504), 2, nil},
		{"429 with a short wait", plusofontest.RetryAfter(429, "0"), 2, nil},
		{"429 with a long wait", plusofontest.RetryAfter(429, "60"), 1, plusofon.ErrRateLimited},
		{"429 that says nothing", plusofontest.HTML(429), 1, plusofon.ErrRateLimited},
		{"a refused token", plusofontest.JSONError(500, 500, "User not found."), 1, plusofon.ErrTokenRefused},
		{"no answer", plusofontest.Hang(), 1, plusofon.ErrTimeout},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			client, api, _ := start(t, quick)
			api.Fail(plusofontest.Match("GET", "/api/v1/media"), tt.fault)
			_, err := client.ListMedia(t.Context(), 1)
			if !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
			if asked := len(api.Requests()); asked != tt.asked {
				t.Errorf("asked %d times, want %d", asked, tt.asked)
			}
		})
	}
}

func TestASecondFailureIsOne(t *testing.T) {
	t.Parallel()
	client, api, _ := start(t, quick)
	api.Fail(plusofontest.Match("GET", "/api/v1/media"), plusofontest.HTML(502), plusofontest.HTML(502))
	if _, err := client.ListMedia(t.Context(), 1); !errors.Is(err, plusofon.ErrUnavailable) {
		t.Errorf("got %v", err)
	}
	if asked := len(api.Requests()); asked != 2 {
		t.Errorf("asked %d times, want 2", asked)
	}
}

func TestWritesAreNeverRepeated(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]plusofontest.Fault{
		"reset": plusofontest.Reset(), "done, then reset": plusofontest.CarriedOut(plusofontest.Reset()),
		"502": plusofontest.HTML(502), "no answer": plusofontest.Hang(),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, api, _ := start(t, quick)
			api.Fail(plusofontest.Match("", "/api/v1/media*"), fault)
			err := client.UploadMedia(t.Context(), plusofon.Upload{
				Name: "x", Format: plusofon.RAW, Content: strings.NewReader("content"), Size: 7,
			})
			if !errors.Is(err, plusofon.ErrOutcomeUnknown) {
				t.Errorf("got %v, want ErrOutcomeUnknown", err)
			}
			if asked := api.Count("POST", "/api/v1/media"); asked != 1 {
				t.Errorf("%d POSTs, want one", asked)
			}
		})
	}
}

func TestATransferThatStandsStillIsGivenUp(t *testing.T) {
	t.Parallel()
	client, api, _ := start(t, quick)
	api.Fail(plusofontest.Match("GET", "/api/v1/media/7/file"), plusofontest.Drip(drops(1000)))
	file, err := client.OpenFile(t.Context(), "7", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Body.Close()
	if _, err := io.Copy(io.Discard, file.Body); !errors.Is(err, plusofon.ErrTimeout) {
		t.Errorf("got %v, want ErrTimeout", err)
	}
	if asked := len(api.Requests()); asked != 1 {
		t.Errorf("asked %d times, want one", asked)
	}
}

// drops lets so many bytes through and then no more.
func drops(n int) <-chan struct{} {
	c := make(chan struct{}, n)
	for range n {
		c <- struct{}{}
	}
	return c
}

func TestASlowReaderIsNoFault(t *testing.T) {
	t.Parallel()
	client, _, _ := start(t, quick)
	file, err := client.OpenFile(t.Context(), "7", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Body.Close()
	if _, err := io.CopyN(io.Discard, file.Body, 1000); err != nil {
		t.Fatal(err)
	}
	time.Sleep(2 * quick.BodySilence) // the reader's own silence, longer than Plusofon's may be
	if n, err := io.Copy(io.Discard, file.Body); err != nil || n != 299_000 {
		t.Errorf("%d bytes, %v", n, err)
	}
}

func TestTheBreaker(t *testing.T) {
	t.Parallel()
	client, api, stack := start(t, quick)
	api.FailBy(func(*http.Request) plusofontest.Fault { return plusofontest.HTML(503) })
	for range 3 {
		if err := client.DeleteMedia(t.Context(), "7"); !errors.Is(err, plusofon.ErrOutcomeUnknown) {
			t.Fatalf("got %v", err)
		}
	}
	asked := len(api.Requests())
	err := client.DeleteMedia(t.Context(), "7")
	if !errors.Is(err, plusofon.ErrUnavailable) || errors.Is(err, plusofon.ErrOutcomeUnknown) {
		t.Errorf("an open breaker gives %v, want unavailable and nothing unknown", err)
	}
	if len(api.Requests()) != asked || stack.BreakerState() != 2 {
		t.Errorf("the breaker is not open: %d requests, state %v", len(api.Requests())-asked, stack.BreakerState())
	}
	api.FailBy(nil)
	deadline := time.Now().Add(10 * time.Second)
	for {
		_, err := client.ListMedia(t.Context(), 1)
		if err == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("the breaker does not close: %v", err)
		}
		time.Sleep(20 * time.Millisecond)
	}
	if stack.BreakerState() != 0 {
		t.Errorf("state %v, want closed", stack.BreakerState())
	}
}

func TestWhatDoesNotOpenTheBreaker(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]plusofontest.Fault{
		"refused tokens": plusofontest.JSONError(500, 500, "User not found"),
		"missing files":  plusofontest.JSONError(404, 404, "Media not found."),
		"rate limits":    plusofontest.RetryAfter(429, "60"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, api, stack := start(t, quick)
			api.FailBy(func(*http.Request) plusofontest.Fault { return fault })
			for range 10 {
				_, _ = client.ListMedia(t.Context(), 1) // fails, that is the point
			}
			if stack.BreakerState() != 0 || len(api.Requests()) != 10 {
				t.Errorf("state %v after %d requests", stack.BreakerState(), len(api.Requests()))
			}
		})
	}
	t.Run("users who leave", func(t *testing.T) {
		t.Parallel()
		client, api, stack := start(t, quick)
		api.FailBy(func(*http.Request) plusofontest.Fault { return plusofontest.Hang() })
		for range 10 {
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
			_, _ = client.ListMedia(ctx, 1)
			cancel()
		}
		if stack.BreakerState() != 0 {
			t.Errorf("state %v", stack.BreakerState())
		}
	})
}

func TestOnlyKnownHeadersGoOut(t *testing.T) {
	t.Parallel()
	_, api, stack := start(t, quick)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, api.URL+"/api/v1/media", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Client", "10553")
	request.Header.Set("Idempotency-Key", "x")
	request.Header.Set("Cookie", "session=x")
	response, err := stack.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	sent := api.Requests()[0].Header
	if sent.Get("Client") != "10553" || sent.Get("Idempotency-Key") != "" || sent.Get("Cookie") != "" {
		t.Errorf("sent %v", sent)
	}
	if request.Header.Get("Cookie") == "" {
		t.Error("the caller's request was changed")
	}
}
