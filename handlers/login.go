package handlers

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

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

// tokenTime is how long Plusofon may take to check a token.
const tokenTime = 20 * time.Second

func (s *server) loginForm(c echo.Context) error {
	_, err := s.Sessions.Open(c.Response(), c.Request())
	if err == nil {
		return c.Redirect(http.StatusSeeOther, localPath(c.QueryParam("next")))
	}
	if !errors.Is(err, auth.ErrNoSession) {
		return fmt.Errorf("opening the session: %w", err)
	}
	if c.QueryParam("cookies") == "blocked" {
		return s.renderLogin(c, http.StatusOK, c.QueryParam("next"), "login.cookies_blocked")
	}
	return s.renderLogin(c, http.StatusOK, c.QueryParam("next"), "")
}

// renderLogin shows the form, with what is wrong if there is a key of words for
// it. It leaves a cookie, by whose absence a browser is known that keeps none.
func (s *server) renderLogin(c echo.Context, status int, next, errorKey string, values ...string) error {
	s.setCookie(c, probeCookie, "1", 0) // as long as the browser runs: the form may stay open for hours
	login := views.Login{Token: s.DemoToken, Demo: s.DemoToken != ""}
	if next != "" {
		login.Next = localPath(next)
	}
	if errorKey != "" {
		login.Error = locale.T(c.Request().Context(), errorKey, values...)
	}
	content := views.LoginForm(login)
	return s.render(c, status, s.newPage(c, "login.title", views.LoginPath), content, content)
}

// probeCookie is set with the sign-in form, and means nothing.
const probeCookie = "probe"

// cookiesBlocked reports whether somebody has just signed in here with a browser
// that keeps no cookies: it comes from the sign-in form, and without what that
// has left.
func cookiesBlocked(c echo.Context) bool {
	from, err := url.Parse(c.Request().Referer())
	_, none := c.Cookie(probeCookie)
	return err == nil && from.Path == views.LoginPath && none != nil
}

// login begins a session when Plusofon accepts the token.
func (s *server) login(c echo.Context) error {
	form, err := s.readForm(c, maxLoginForm)
	if err != nil {
		return err
	}
	token, next := cleanToken(form.Get("token")), form.Get("next")
	if token == "" {
		return s.renderLogin(c, http.StatusUnprocessableEntity, next, "login.empty")
	}
	if sign, found := strangeInToken(token); found {
		return s.renderLogin(c, http.StatusUnprocessableEntity, next, "login.strange", "sign", sign)
	}
	if s.secure && strings.HasPrefix(c.Request().Header.Get("Origin"), "http://") {
		return s.renderLogin(c, http.StatusUnprocessableEntity, next, "login.insecure", "url", s.PublicURL.String())
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
	s.Metrics.Session("begun")
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
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request().Context()), tokenTime)
	defer cancel()
	err := s.library.CheckToken(ctx, token)
	refused = errors.Is(err, plusofon.ErrTokenRefused)
	return err
}

func (s *server) logout(c echo.Context) error {
	s.endSession(c)
	s.keepNotice(c, noticeSignedOut, "")
	return c.Redirect(http.StatusSeeOther, views.LoginPath)
}

// endSession ends the session of a request, if it has one.
func (s *server) endSession(c echo.Context) {
	for range s.Sessions.End(c.Response(), c.Request()) {
		s.Metrics.Session("ended")
	}
}
