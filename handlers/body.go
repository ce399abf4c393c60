package handlers

import (
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/internal/transfer"
)

// rollingDeadlines gives up clients that stand still, see transfer.RollingDeadlines.
func (s *server) rollingDeadlines(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		writer, body, err := transfer.RollingDeadlines(c.Response().Writer, c.Request(), s.BodyIdleTimeout)
		if err != nil {
			return err
		}
		c.Response().Writer = writer
		if body != nil {
			c.Request().Body = body
		}
		c.Set(wholeBody, body)
		return next(c)
	}
}

// wholeBody is where the body of a request is found, however far it was read.
const wholeBody = "whole body"

func bodyOf(c echo.Context) *transfer.Body {
	body, _ := c.Get(wholeBody).(*transfer.Body)
	return body
}

// drainBody reads what is left of the body of a request, within limits.
func (s *server) drainBody(c echo.Context) {
	limit := int64(maxSelection)
	if isMultipart(c) {
		limit = 2 * s.MaxUpload
	} else {
		bodyOf(c).LimitTo(s.FormTimeout)
	}
	bodyOf(c).Drain(limit)
}

func isMultipart(c echo.Context) bool {
	return strings.HasPrefix(c.Request().Header.Get(echo.HeaderContentType), echo.MIMEMultipartForm)
}
