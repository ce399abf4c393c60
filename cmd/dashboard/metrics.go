package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"

	"github.com/plusofon-dashboard/dashboard/internal/metrics"
)

// serveMetrics answers Prometheus on an address of its own, which users of the
// dashboard need not reach. Without an address it does nothing.
func (s *settings) serveMetrics(ctx context.Context, registry *metrics.Registry, log *slog.Logger) (stop func(), err error) {
	if s.MetricsListen == "" {
		return func() {}, nil
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", s.MetricsListen)
	if err != nil {
		return nil, fmt.Errorf("listening on --metrics-listen %s: %w", s.MetricsListen, err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", registry)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: readHeaderTimeout, IdleTimeout: idleTimeout}
	go func() { _ = server.Serve(listener) }() // ends when it is stopped
	log.Info("metrics", "address", "http://"+listener.Addr().String()+"/metrics")
	return func() { _ = server.Close() }, nil // nothing is left to save
}
