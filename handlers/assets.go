package handlers

import (
	"bytes"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/static"
	"github.com/plusofon-dashboard/dashboard/views"
)

// asset answers GET and HEAD /static/…. The names of assets change with their
// content, so that browsers keep them for ever.
func (s *server) asset(c echo.Context) error {
	asset, ok := static.Lookup(c.Request().URL.Path)
	if !ok {
		return fmt.Errorf("%w: %s", errNothingThere, c.Request().URL.Path)
	}
	asset.ServeHTTP(c.Response(), c.Request())
	return nil
}

// tools answers GET and HEAD /tools/…: what scripts put into a page when someone
// acts. The addresses change with the content, too.
func (s *server) tools(c echo.Context) error {
	html, ok := views.LookupTools(c.Request().URL.Path)
	if !ok {
		return fmt.Errorf("%w: %s", errNothingThere, c.Request().URL.Path)
	}
	h := c.Response().Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Content-Security-Policy", fragmentPolicy)
	return sendFinished(c, http.StatusOK, echo.MIMETextHTMLCharsetUTF8, bytes.NewBuffer(html))
}
