package transport_test

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/plusofon"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
	"github.com/plusofon-dashboard/dashboard/plusofon/transport"
)

const (
	token    = "a-token"
	fileSize = 300_000
)

var file = plusofontest.File{ID: 7, Name: "Привет", Format: "raw", Content: make([]byte, fileSize)}

// start gives a client over the stack and real connections, and the API that
// it asks.
func start(t *testing.T) (*plusofon.Client, *plusofontest.Server, *transport.Transport) {
	t.Helper()
	api := plusofontest.NewServer(plusofontest.WithAccount(token, file))
	t.Cleanup(api.Close)
	stack := transport.New(transport.Config{RetryDelay: func() time.Duration { return time.Millisecond }})
	return newClient(t, api.URL, stack), api, stack
}

func newClient(t *testing.T, address string, stack http.RoundTripper) *plusofon.Client {
	t.Helper()
	client, err := plusofon.New(token, plusofon.WithBaseURL(address), plusofon.WithHTTPClient(&http.Client{Transport: stack}))
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// startInMemory is start without a network and with the stack's own limits: in
// a bubble of testing/synctest they pass at once.
func startInMemory(t *testing.T, config transport.Config, options ...plusofontest.Option) (*plusofon.Client, *plusofontest.API, *transport.Transport) {
	t.Helper()
	api := plusofontest.New(append(options, plusofontest.WithAccount(token, file))...)
	listener := newPipes()
	ctx, leave := context.WithCancel(context.Background())
	server := &http.Server{Handler: api, BaseContext: func(net.Listener) context.Context { return ctx }}
	go server.Serve(listener)
	base := &http.Transport{DialContext: listener.dial}
	t.Cleanup(func() {
		leave()
		server.Close()
		base.CloseIdleConnections()
	})
	stack := transport.Over(base, config)
	return newClient(t, "http://plusofon.test", stack), api, stack
}

// pipes is a listener whose connections are in memory.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
	close  func()
}

func newPipes() pipes {
	closed := make(chan struct{})
	return pipes{conns: make(chan net.Conn), closed: closed, close: sync.OnceFunc(func() { close(closed) })}
}

func (p pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case p.conns <- theirs:
		return ours, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.conns:
		return conn, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p pipes) Close() error {
	p.close()
	return nil
}

func (p pipes) Addr() net.Addr { return &net.TCPAddr{} }

// roundTrip is a function that is a transport.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

var meanings = []error{
	plusofon.ErrTokenRefused, plusofon.ErrUnavailable, plusofon.ErrTimeout, plusofon.ErrRateLimited,
	plusofon.ErrOutcomeUnknown, plusofon.ErrUnexpectedAnswer, plusofon.ErrNotFound,
}

// wantMeaning fails unless an error means exactly what is given.
func wantMeaning(t *testing.T, err error, want ...error) {
	t.Helper()
	for _, meaning := range meanings {
		wanted := false
		for _, w := range want {
			wanted = wanted || w == meaning
		}
		if errors.Is(err, meaning) != wanted {
			t.Errorf("%v: is %q: %v, want %v", err, meaning, !wanted, wanted)
		}
	}
	if len(want) == 0 && err != nil {
		t.Errorf("failed: %v", err)
	}
}

func wantAsked(t *testing.T, api interface{ Requests() []plusofontest.Request }, want int) {
	t.Helper()
	if got := len(api.Requests()); got != want {
		t.Errorf("Plusofon was asked %d times, want %d", got, want)
	}
}

// zeros is the content of a file to upload.
func zeros() *bytes.Reader { return bytes.NewReader(file.Content) }
