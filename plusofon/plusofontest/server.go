package plusofontest

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http/httptest"
)

// Server is an API that listens on loopback.
type Server struct {
	*httptest.Server
	*API

	leave context.CancelFunc // ends the context of every request
}

// NewServer starts an API on loopback. Close it when done.
func NewServer(options ...Option) *Server {
	server := newServer(options)
	server.Start()
	return server
}

// NewTLSServer starts an API behind TLS, with a certificate that only
// server.Client() trusts. Close it when done.
func NewTLSServer(options ...Option) *Server {
	server := newServer(options)
	server.StartTLS()
	return server
}

func newServer(options []Option) *Server {
	api := New(options...)
	base, leave := context.WithCancel(context.Background())
	server := &Server{Server: httptest.NewUnstartedServer(api), API: api, leave: leave}
	server.Config.BaseContext = func(net.Listener) context.Context { return base }
	return server
}

// Close ends the faults that still wait, as if their clients had left, and
// shuts the server down.
func (s *Server) Close() {
	s.leave()
	s.Server.Close()
}

// Refuse closes all connections and has new ones refused, until accept is
// called. It and accept are not for concurrent use with each other or Close.
func (s *Server) Refuse() (accept func()) {
	address := s.Listener.Addr().String()
	_ = s.Listener.Close() // what matters is that it is closed
	s.CloseClientConnections()
	return func() {
		listener, err := net.Listen("tcp", address)
		if err != nil {
			panic(fmt.Sprintf("plusofontest: listening again on %s: %v", address, err))
		}
		if s.TLS != nil {
			listener = tls.NewListener(listener, s.TLS)
		}
		s.Listener = listener
		go func() { _ = s.Config.Serve(listener) }() // ends with the listener
	}
}
