package handlers

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/auth"
	"github.com/plusofon-dashboard/dashboard/plusofon"
	"github.com/plusofon-dashboard/dashboard/views"
	"github.com/plusofon-dashboard/dashboard/views/locale"
)

// maxLoginForm is far above the longest token that a cookie can hold.
const maxLoginForm = 64 << 10

// placeTime is how long a token waits while others of its address are being
// checked, as when a whole office signs in at nine. Plusofon answers in less,
// or is given up.
const placeTime = 20 * time.Second

func (s *server) loginForm(c echo.Context) error {
	_, err := s.Sessions.Open(c.Response(), c.Request())
	if err == nil {
		return c.Redirect(http.StatusSeeOther, localPath(c.QueryParam("next")))
	}
	if !errors.Is(err, auth.ErrNoSession) {
		return fmt.Errorf("opening the session: %w", err)
	}
	return s.renderLogin(c, http.StatusOK, c.QueryParam("next"), "")
}

func (s *server) renderLogin(c echo.Context, status int, next, errorKey string) error {
	login := views.Login{Token: s.DemoToken, Demo: s.DemoToken != ""}
	if next != "" {
		login.Next = localPath(next)
	}
	if errorKey != "" {
		login.Error = locale.T(c.Request().Context(), errorKey)
	}
	content := views.LoginForm(login)
	return s.render(c, status, s.newPage(c, "login.title", "/login"), content, content)
}

// login begins a session when Plusofon accepts the token.
func (s *server) login(c echo.Context) error {
	form, err := readForm(c, maxLoginForm)
	if err != nil {
		return err
	}
	token, next := strings.TrimSpace(form.Get("token")), form.Get("next")
	switch {
	case token == "":
		return s.renderLogin(c, http.StatusUnprocessableEntity, next, "login.empty")
	case strings.ContainsFunc(token, notInToken):
		return s.renderLogin(c, http.StatusUnprocessableEntity, next, "login.refused")
	}
	err = s.checkToken(c, token)
	if errors.Is(err, plusofon.ErrTokenRefused) {
		return s.renderLogin(c, http.StatusUnprocessableEntity, next, "login.refused")
	}
	if err != nil {
		return fmt.Errorf("checking the token: %w", err)
	}
	session, err := s.Sessions.Start(c.Response(), c.Request(), token)
	if errors.Is(err, auth.ErrTokenTooLong) {
		return s.renderLogin(c, http.StatusUnprocessableEntity, next, "login.too_long")
	}
	if err != nil {
		return fmt.Errorf("starting the session: %w", err)
	}
	s.Metrics.session("begun")
	put(c, sessionKey, session) // so that the access log names the account
	return c.Redirect(http.StatusSeeOther, localPath(next))
}

// checkToken asks Plusofon whether it accepts a token. Only a refused one counts
// for the throttle: a user behind a broken Plusofon may go on trying. It counts
// even when nobody waits for the answer any more.
func (s *server) checkToken(c echo.Context, token string) error {
	waiting, stop := context.WithTimeout(c.Request().Context(), placeTime)
	defer stop()
	end, ok, wait := s.Throttle.Begin(waiting, c.RealIP())
	switch {
	case !ok && waiting.Err() != nil:
		return &waitError{cause: errCrowded, wait: wait}
	case !ok:
		return &waitError{cause: errThrottled, wait: wait}
	}
	refused := false
	defer func() { end(refused) }()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request().Context()), lookupTime)
	defer cancel()
	_, err := s.Plusofon.WithToken(token).ListMedia(ctx, 1)
	refused = errors.Is(err, plusofon.ErrTokenRefused)
	return err
}

// notInToken finds what no header may hold. A token with it was not copied
// rightly, and Plusofon need not be asked.
func notInToken(r rune) bool { return r <= ' ' || r >= unicode.MaxASCII || unicode.IsControl(r) }

func (s *server) logout(c echo.Context) error {
	s.endSession(c)
	s.keepNotice(c, noticeSignedOut, "")
	return c.Redirect(http.StatusSeeOther, "/login")
}

// endSession ends the session of a request, if it has one.
func (s *server) endSession(c echo.Context) {
	for range s.Sessions.End(c.Response(), c.Request()) {
		s.Metrics.session("ended")
	}
}
