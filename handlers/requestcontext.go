package handlers

import (
	"context"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/auth"
	"github.com/plusofon-dashboard/dashboard/views"
)

// The context of a request carries what belongs to the request as a whole:
// its id, the nonce of its page, the session, and (through locale) the
// language. Everything else is passed as a parameter.

type contextKey int

const (
	requestIDKey contextKey = iota
	nonceKey
	sessionKey
)

func requestIDOf(c echo.Context) string { return stringOf(c, requestIDKey) }

func nonceOf(c echo.Context) string { return stringOf(c, nonceKey) }

func stringOf(c echo.Context, key contextKey) string {
	s, _ := c.Request().Context().Value(key).(string)
	return s
}

// sessionOf gives the session of the user, nil if nobody is signed in.
func sessionOf(c echo.Context) *auth.Session {
	session, _ := c.Request().Context().Value(sessionKey).(*auth.Session)
	return session
}

// putSession puts a session into the context, and its account into what pages
// are drawn with.
func putSession(c echo.Context, session *auth.Session) {
	put(c, sessionKey, session)
	r := c.Request()
	c.SetRequest(r.WithContext(views.NewContext(r.Context(), session.Account)))
}

func put(c echo.Context, key contextKey, value any) {
	r := c.Request()
	c.SetRequest(r.WithContext(context.WithValue(r.Context(), key, value)))
}
