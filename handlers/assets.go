package handlers

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/internal/transfer"
	"github.com/plusofon-dashboard/dashboard/static"
	"github.com/plusofon-dashboard/dashboard/views"
)

// asset answers GET and HEAD /static/{version}/…: what has the version of this
// build is kept for ever, what a page of another one asks for is today's.
func (s *server) asset(c echo.Context) error {
	asset, current, ok := static.Lookup(c.Request().URL.Path)
	if !ok {
		return fmt.Errorf("%w: %s", errNothingThere, c.Request().URL.Path)
	}
	asset.Serve(c.Response(), c.Request(), current)
	return nil
}

// tools answers GET and HEAD /tools/…: what scripts put into a page when someone
// acts. The addresses change with the content; at an older one there is today's.
func (s *server) tools(c echo.Context) error {
	html, current, ok := views.LookupTools(c.Request().URL.Path)
	if !ok {
		return fmt.Errorf("%w: %s", errNothingThere, c.Request().URL.Path)
	}
	h := c.Response().Header()
	if current {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	h.Set("Content-Security-Policy", fragmentPolicy)
	return transfer.SendCompressed(c.Response(), c.Request(), http.StatusOK, echo.MIMETextHTMLCharsetUTF8, html)
}
