package transport_test

import (
	"context"
	"crypto/x509"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/plusofon-dashboard/dashboard/plusofon"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
	"github.com/plusofon-dashboard/dashboard/plusofon/transport"
)

// wire is a connection that can go dead without a sign: what is written is
// lost, and nothing comes any more.
type wire struct {
	net.Conn
	dead   atomic.Bool
	closed chan struct{}
	close  func()
}

func (w *wire) Write(p []byte) (int, error) {
	if w.dead.Load() {
		return len(p), nil
	}
	return w.Conn.Write(p)
}

func (w *wire) Read(p []byte) (int, error) {
	n, err := w.Conn.Read(p)
	if w.dead.Load() {
		<-w.closed
		return 0, net.ErrClosed
	}
	return n, err
}

func (w *wire) Close() error {
	w.close()
	return w.Conn.Close()
}

// wires are the connections that were opened.
type wires struct {
	listener pipes
	mu       sync.Mutex
	opened   []*wire
}

func (w *wires) dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := w.listener.dial(ctx, network, address)
	if err != nil {
		return nil, err
	}
	closed := make(chan struct{})
	opened := &wire{Conn: conn, closed: closed, close: sync.OnceFunc(func() { close(closed) })}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.opened = append(w.opened, opened)
	return opened, nil
}

// die lets all that are there go dead, and gives their number.
func (w *wires) die() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, wire := range w.opened {
		wire.dead.Store(true)
	}
	return len(w.opened)
}

// startHTTP2 is startInMemory with HTTP/2, over the program's own connections.
func startHTTP2(t *testing.T) (*plusofon.Client, *plusofontest.API, *wires) {
	t.Helper()
	api := plusofontest.New(plusofontest.WithAccount(token, file))
	w := &wires{listener: newPipes()}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor != 2 {
			t.Errorf("Plusofon is asked by %s", r.Proto)
		}
		api.ServeHTTP(w, r)
	}))
	server.Listener.Close()
	server.Listener, server.EnableHTTP2 = w.listener, true
	server.StartTLS()
	base := transport.Connections()
	base.TLSClientConfig.RootCAs = x509.NewCertPool()
	base.TLSClientConfig.RootCAs.AddCert(server.Certificate())
	base.DialContext = w.dial
	t.Cleanup(func() {
		base.CloseIdleConnections()
		server.Close()
	})
	return newClient(t, "https://example.com", transport.Over(base, transport.Config{})), api, w
}

// When Plusofon vanishes without a sign, the connection that all users share is
// found dead before their requests have run out of time.
func TestADeadConnection(t *testing.T) {
	t.Parallel()
	list := func(t *testing.T, client *plusofon.Client) error {
		_, err := client.ListMedia(t.Context(), 1)
		return err
	}
	for _, tt := range []struct {
		name  string
		idle  time.Duration // before the request
		call  func(*testing.T, *plusofon.Client) error
		most  time.Duration
		want  []error
		asked int // afterwards, and the list twice more
	}{
		{"a read is sent again", 0, list, 15 * time.Second, nil, 3},
		{"the next read after a while does not meet it", time.Minute, list, time.Second, nil, 3},
		{"a write is not", 0, func(t *testing.T, client *plusofon.Client) error {
			return client.DeleteMedia(t.Context(), "7")
		}, 15 * time.Second, []error{plusofon.ErrUnavailable, plusofon.ErrOutcomeUnknown}, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client, api, wires := startHTTP2(t)
				wantMeaning(t, list(t, client))
				if opened := wires.die(); opened != 1 {
					t.Errorf("%d connections, want all to share one", opened)
				}
				time.Sleep(tt.idle)
				began := time.Now()
				wantMeaning(t, tt.call(t, client), tt.want...)
				if took := time.Since(began); took >= tt.most {
					t.Errorf("took %v, want less than %v", took, tt.most)
				}
				wantMeaning(t, list(t, client))
				wantAsked(t, api, tt.asked)
			})
		})
	}
}
