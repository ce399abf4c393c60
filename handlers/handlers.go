package handlers

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/auth"
	"github.com/plusofon-dashboard/dashboard/internal/library"
	"github.com/plusofon-dashboard/dashboard/internal/metrics"
	"github.com/plusofon-dashboard/dashboard/internal/spool"
	"github.com/plusofon-dashboard/dashboard/internal/transfer"
	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// Config is what the dashboard is put together from.
type Config struct {
	Plusofon *plusofon.Client // its token is replaced by that of each user
	Sessions *auth.Sessions
	Throttle *auth.Throttle // of refused tokens
	Log      *slog.Logger

	MaxUpload       int64             // largest file accepted, in bytes
	SpoolSize       int64             // of all files on their way together, in bytes; 2 GiB if zero
	PublicURL       *url.URL          // the address users type, nil if unknown
	TrustedProxies  []netip.Prefix    // whose X-Forwarded-For is believed
	DemoToken       string            // offered on the sign-in page, empty outside the demo
	Ready           func() bool       // whether to take new work; nil means always
	Metrics         *metrics.Registry // nil for none
	BodyIdleTimeout time.Duration     // after which a body that stands still is given up, 30 s if zero
	FormTimeout     time.Duration     // how long a form without files may take as a whole, 30 s if zero
	DeletionTime    time.Duration     // how long one request may begin deletions of many files, 20 s if zero
}

const (
	defaultSpoolSize = 2 << 30
	// defaultDeletionTime is how long one request may begin deletions. Proxies give a
	// request up after a minute.
	defaultDeletionTime = 20 * time.Second
)

// server holds what the handlers share.
type server struct {
	Config
	crossOrigin *http.CrossOriginProtection
	secure      bool // whether users come by https
	library     *library.Library
	spools      *spool.Pool
}

// New builds the dashboard: all its pages, fragments, audio and assets.
func New(config Config) (http.Handler, error) {
	if config.Plusofon == nil || config.Sessions == nil || config.Throttle == nil || config.Log == nil {
		return nil, errors.New("handlers: Plusofon, Sessions, Throttle and Log are required")
	}
	if config.Ready == nil {
		config.Ready = func() bool { return true }
	}
	if config.BodyIdleTimeout == 0 {
		config.BodyIdleTimeout = transfer.BodyIdleTimeout
	}
	if config.FormTimeout == 0 {
		config.FormTimeout = transfer.FormTimeout
	}
	if config.DeletionTime == 0 {
		config.DeletionTime = defaultDeletionTime
	}
	if config.SpoolSize == 0 {
		config.SpoolSize = defaultSpoolSize
	}
	spools := spool.NewPool(config.SpoolSize)
	library, err := library.New(config.Plusofon, spools)
	if err != nil {
		return nil, fmt.Errorf("handlers: %w", err)
	}
	s := &server{Config: config, crossOrigin: http.NewCrossOriginProtection(), library: library, spools: spools}
	if public := config.PublicURL; public != nil {
		s.secure = public.Scheme == "https"
		if err := s.crossOrigin.AddTrustedOrigin(public.Scheme + "://" + public.Host); err != nil {
			return nil, fmt.Errorf("handlers: the public address as an origin: %w", err)
		}
	}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = clientAddress(config.TrustedProxies)
	e.HTTPErrorHandler = s.handleError
	s.routes(e)
	return e, nil
}

// clientAddress finds the address of the client: that of the connection, or
// what a trusted proxy says.
func clientAddress(trusted []netip.Prefix) echo.IPExtractor {
	if len(trusted) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{
		echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false),
	}
	for _, prefix := range trusted {
		options = append(options, echo.TrustIPRange(ipNet(prefix)))
	}
	return echo.ExtractIPFromXFFHeader(options...)
}

// account is the recordings of the user who is signed in.
func (s *server) account(c echo.Context) *library.Account {
	session := sessionOf(c)
	return s.library.Account(session.Account, session.ID, session.Token)
}
