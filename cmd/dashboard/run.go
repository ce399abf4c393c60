package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/plusofon-dashboard/dashboard/auth"
	"github.com/plusofon-dashboard/dashboard/handlers"
	"github.com/plusofon-dashboard/dashboard/internal/metrics"
	"github.com/plusofon-dashboard/dashboard/plusofon"
	"github.com/plusofon-dashboard/dashboard/plusofon/transport"
	"github.com/plusofon-dashboard/dashboard/static"
)

// Refused tokens that one address may try.
const (
	refusedTokens = 10
	refusedWindow = time.Minute
)

// run reads the settings and serves until ctx ends; what is in flight then may
// finish. It listens first and then calls ready
// with the address, if ready is not nil. The log goes to output.
func run(ctx context.Context, args []string, output io.Writer, ready func(address string)) error {
	s, command, err := readSettings(args, output)
	switch {
	case errors.Is(err, errHelpShown):
		return nil
	case err != nil:
		return err
	case command == versionCommand:
		showVersion(os.Stdout)
		return nil
	case command == healthcheckCommand:
		return healthcheck(ctx, s.Listen)
	default:
		return s.run(ctx, output, ready)
	}
}

// run puts the parts together and serves.
func (s *settings) run(ctx context.Context, output io.Writer, ready func(address string)) error {
	log := s.logger(output)
	if s.randomSecret {
		log.Warn("no --session-secret: sessions end when the program does")
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", s.Listen)
	if err != nil {
		return fmt.Errorf("listening on --listen %s: %w", s.Listen, err)
	}
	defer listener.Close()
	demo, err := s.startDemo()
	if err != nil {
		return err
	}
	defer demo.stop()
	upstream := upstreamTransport(log)
	registry := metrics.New(build(), upstream.BreakerState)
	stopMetrics, err := s.serveMetrics(ctx, registry, log)
	if err != nil {
		return err
	}
	defer stopMetrics()
	var open readiness
	handler, err := s.handler(log, demo, upstream, registry, open.ready)
	if err != nil {
		return err
	}
	address := "http://" + listener.Addr().String()
	log.Info("listening", "address", address, "demo", s.Demo)
	if ready != nil {
		ready(address)
	}
	go static.Compress() // or the first visitor would wait for it
	return serve(ctx, newServer(handler, log), listener, &open, log)
}

// upstreamTransport is the way to Plusofon. Each change of its breaker is
// logged: while that is open, no request tells what is wrong.
func upstreamTransport(log *slog.Logger) *transport.Transport {
	return transport.New(transport.Config{BreakerChanged: func(from, to string) {
		log.Warn("breaker before Plusofon", "from", from, "to", to)
	}})
}

// handler puts the parts of the dashboard together.
func (s *settings) handler(log *slog.Logger, demo *demo, upstream http.RoundTripper, registry *metrics.Registry, ready func() bool) (http.Handler, error) {
	secure := s.publicURL != nil && s.publicURL.Scheme == "https"
	sessions, err := auth.New(auth.Config{Secrets: s.secrets, Idle: s.SessionIdle, Max: s.SessionMax, Secure: secure})
	if err != nil {
		return nil, fmt.Errorf("preparing sessions: %w", err)
	}
	baseURL := s.PlusofonURL
	if demo != nil {
		baseURL = demo.url
	}
	client, err := plusofon.New("",
		plusofon.WithBaseURL(baseURL),
		plusofon.WithClientCode(s.PlusofonClient),
		plusofon.WithFileHosts(s.fileHosts...),
		plusofon.WithHTTPClient(&http.Client{Transport: registry.Transport(upstream)}),
	)
	if err != nil {
		return nil, fmt.Errorf("preparing the Plusofon client: %w", err)
	}
	return handlers.New(handlers.Config{
		Plusofon:       client,
		Sessions:       sessions,
		Throttle:       auth.NewThrottle(refusedTokens, refusedWindow, nil),
		Log:            log,
		MaxUpload:      s.maxUpload,
		SpoolSize:      s.spoolSize,
		PublicURL:      s.publicURL,
		TrustedProxies: s.trustedProxies,
		DemoToken:      demo.offeredToken(),
		Ready:          ready,
		Metrics:        registry,
	})
}
