package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// Time limits of the server. There is none for a whole transfer: bodies have
// rolling deadlines of their own.
const (
	readHeaderTimeout = 5 * time.Second
	idleTimeout       = 60 * time.Second
	shutdownTime      = 30 * time.Second
	noticeTime        = time.Second // of it, to see that /readyz has turned false
	maxHeaderBytes    = 32 << 10
)

// newServer limits what a client may take: time for its headers, and their
// size.
func newServer(handler http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: readHeaderTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		// "OPTIONS *" gets the headers that every answer has, too.
		DisableGeneralOptionsHandler: true,
		ErrorLog:                     slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}

// readiness is what /readyz says.
type readiness struct{ asked, stopping atomic.Bool }

// ready says whether to send new users here.
func (r *readiness) ready() bool {
	r.asked.Store(true)
	return !r.stopping.Load()
}

// stop turns ready false. If anybody asks for it, as a load balancer does, it
// leaves them the time to see that before connections are refused.
func (r *readiness) stop() {
	r.stopping.Store(true)
	if r.asked.Load() {
		time.Sleep(noticeTime)
	}
}

// serve serves until ctx ends, and then lets what is in flight finish.
func serve(ctx context.Context, server *http.Server, listener net.Listener, open *readiness, log *slog.Logger) error {
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	select {
	case err := <-served:
		return fmt.Errorf("serving: %w", err)
	case <-ctx.Done():
	}
	log.Info("shutting down: what is in flight may finish", "within", shutdownTime)
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	open.stop()
	err := server.Shutdown(limited)
	if errors.Is(err, context.DeadlineExceeded) {
		log.Warn("shutting down: what is still in flight is broken off", "after", shutdownTime)
		return server.Close()
	}
	if err != nil {
		_ = server.Close() // the failure to shut down tells more
		return fmt.Errorf("shutting down: %w", err)
	}
	return nil
}
