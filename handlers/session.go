package handlers

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/auth"
	"github.com/plusofon-dashboard/dashboard/views"
)

// signedIn lets only users with a session pass, and puts it into the context.
func (s *server) signedIn(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		session, err := s.Sessions.Open(c.Response(), c.Request())
		if errors.Is(err, auth.ErrNoSession) {
			return errSignedOut
		}
		if err != nil {
			return fmt.Errorf("opening the session: %w", err)
		}
		putSession(c, session)
		if err := sameAccount(c, c.Request().Header.Get(views.AccountHeader)); err != nil {
			return err
		}
		return next(c)
	}
}

// sameAccount refuses what comes from a page of another account: in another tab
// of the browser somebody has signed in with another token. What says nothing of
// an account comes from a program, which has no other tabs.
func sameAccount(c echo.Context, account string) error {
	if session := sessionOf(c); session != nil && account != "" && account != session.Account {
		return fmt.Errorf("%w: a page of %.16q", errOtherAccount, account)
	}
	return nil
}

// sendToLogin answers a request that needs a session and has none: a page
// goes to the sign-in form and comes back afterwards, a request by htmx makes
// the page do so, and audio is just refused, for a player can't sign in.
func sendToLogin(c echo.Context) (sent bool, err error) {
	if isAudio(c) {
		return false, nil
	}
	query := url.Values{}
	if next := returnPath(c); next != "/" { // which leads on by itself
		query.Set("next", next)
	}
	if cookiesBlocked(c) {
		query.Set("cookies", "blocked")
	}
	login := views.LoginPath
	if len(query) > 0 {
		login += "?" + query.Encode()
	}
	if fromHTMX(c) {
		c.Response().Header().Set("HX-Redirect", login)
		return false, nil
	}
	return true, c.Redirect(http.StatusSeeOther, login)
}

func isAudio(c echo.Context) bool {
	return strings.HasSuffix(c.Path(), "/file") || strings.HasSuffix(c.Path(), "/preview")
}

// returnPath is the page to come back to after signing in: the one that was
// asked for, or the one from which something was to be done.
func returnPath(c echo.Context) string {
	r := c.Request()
	if fromHTMX(c) {
		if page, err := url.Parse(r.Header.Get("HX-Current-URL")); err == nil && page.Path != "" {
			return localPath(page.RequestURI())
		}
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return defaultPath
	}
	return localPath(r.URL.RequestURI())
}

// defaultPath is where a user goes who has not asked for a page.
const defaultPath = views.ListPath

// knownPaths are the pages that signing in may lead to.
var knownPaths = regexp.MustCompile(`^/(media(/[0-9]{1,19})?|standard)?$`)

// maxReturnQuery is for the longest search that is looked at. Where a page is come
// back to stands in a header, see maxNoticeName.
const maxReturnQuery = 2000

// localPath reduces an address that came from outside to one of our own
// pages, or to the list. It never leads to another site.
func localPath(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || u.Opaque != "" || !knownPaths.MatchString(u.Path) {
		return defaultPath
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil || len(query) == 0 || len(query.Encode()) > maxReturnQuery {
		return u.Path
	}
	return u.Path + "?" + query.Encode()
}
