package handlers

import (
	"fmt"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/static"
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
