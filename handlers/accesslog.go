package handlers

import (
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/internal/metrics"
	"github.com/plusofon-dashboard/dashboard/internal/transfer"
)

// accessLog writes one line for each request, and with it the error if there
// was one: nothing else logs it. It shows the error to the user itself, so
// that the status it logs is the one that was sent; Echo's own logger would
// run the error handler twice.
func (s *server) accessLog(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now()
		err := next(c)
		if err != nil {
			c.Error(err)
		}
		s.logRequest(c, time.Since(start), err)
		if errors.Is(err, transfer.ErrBrokenOff) {
			panic(http.ErrAbortHandler) // so that the browser sees it, too
		}
		return nil
	}
}

func (s *server) logRequest(c echo.Context, took time.Duration, err error) {
	route := c.Path()
	if route == "" {
		route = "none"
	}
	status := c.Response().Status
	s.Metrics.Observe(metrics.Request{Method: c.Request().Method, Route: route, Status: status, Bytes: c.Response().Size, Took: took})
	attributes := []slog.Attr{
		slog.String("id", requestIDOf(c)),
		slog.String("method", c.Request().Method),
		slog.String("route", route),
		slog.Int("status", status),
		slog.Duration("took", took),
		slog.Int64("bytes", c.Response().Size),
		slog.String("address", c.RealIP()),
	}
	if session := sessionOf(c); session != nil {
		attributes = append(attributes, slog.String("account", session.Account))
	}
	if err != nil {
		attributes = append(attributes, slog.String("error", err.Error()))
	}
	s.Log.LogAttrs(c.Request().Context(), levelOf(status, err), "request", attributes...)
}

// levelOf is Error for what we or Plusofon have to mend, Info for the rest.
func levelOf(status int, err error) slog.Level {
	var panicked *panicError
	switch {
	case errors.As(err, &panicked), status >= http.StatusInternalServerError:
		return slog.LevelError
	case err != nil && status < http.StatusBadRequest:
		return slog.LevelWarn // the answer had begun when it failed
	default:
		return slog.LevelInfo
	}
}

// logEvent records what a user has done to a file, for whoever asks later.
func (s *server) logEvent(c echo.Context, event, mediaID, name string) {
	s.Log.LogAttrs(c.Request().Context(), slog.LevelInfo, event,
		slog.String("id", requestIDOf(c)),
		slog.String("account", sessionOf(c).Account),
		slog.String("media", mediaID),
		slog.String("name", name),
	)
}
