package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// healthy says that the program runs.
func (s *server) healthy(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

// ready says whether to send new users here: not while it shuts down.
func (s *server) ready(c echo.Context) error {
	if !s.Ready() {
		return c.String(http.StatusServiceUnavailable, "shutting down\n")
	}
	return c.String(http.StatusOK, "ready\n")
}
