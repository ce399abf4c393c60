package handlers

import (
	"crypto/rand"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/views/locale"
)

// requestID gives every request a number of our own, by which a user's report
// finds its line in the log. One that a client sends is not taken over: it
// could forge the log.
func (s *server) requestID(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		id := rand.Text()[:12]
		put(c, requestIDKey, id)
		c.Response().Header().Set(echo.HeaderXRequestID, id)
		return next(c)
	}
}

// panicError is a panic of a handler on its way to the error handler.
type panicError struct {
	cause any
	stack []byte
}

func (e *panicError) Error() string { return fmt.Sprintf("panic: %v\n%s", e.cause, e.stack) }

// recovered turns a panic into an error. http.ErrAbortHandler, by which a
// broken transfer ends, passes through.
func (s *server) recovered(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			switch cause := recover(); cause {
			case nil:
			case http.ErrAbortHandler:
				panic(cause)
			default:
				err = &panicError{cause: cause, stack: debug.Stack()}
			}
		}()
		return next(c)
	}
}

// fixedHeaders are the same in every answer.
var fixedHeaders = http.Header{
	"X-Content-Type-Options":       {"nosniff"},
	"X-Frame-Options":              {"DENY"},
	"Referrer-Policy":              {"same-origin"}, // with none, browsers hide the origin of our own forms from us
	"Cross-Origin-Opener-Policy":   {"same-origin"},
	"Cross-Origin-Resource-Policy": {"same-origin"},
	"Permissions-Policy":           {"camera=(), geolocation=(), microphone=(self), payment=(), usb=()"},
	"Cache-Control":                {"no-store"},
	"Dashboard":                    {"1"}, // tells scripts our answers from those of proxies
}

// fragmentPolicy is for what htmx puts into a page, whose own policy holds
// there: shown by itself, it can do nothing.
const fragmentPolicy = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"

// headers sets what every answer carries, those of failures too.
func (s *server) headers(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		maps.Copy(h, fixedHeaders)
		if s.secure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		if fromHTMX(c) {
			h.Set("Content-Security-Policy", fragmentPolicy)
			return next(c)
		}
		nonce := rand.Text()
		put(c, nonceKey, nonce)
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-"+nonce+
			"'; img-src 'self' data:; media-src 'self' blob:; connect-src 'self'; worker-src 'self'; "+
			"form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		return next(c)
	}
}

// sameOrigin refuses what another site makes a user's browser send.
func (s *server) sameOrigin(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if err := s.crossOrigin.Check(c.Request()); err != nil {
			return fmt.Errorf("%w: %w", errCrossOrigin, err)
		}
		return next(c)
	}
}

// ownPages refuses audio to other sites: a page of theirs must not play it,
// nor find out by it who is signed in here. Browsers that don't say where a
// request comes from are old; for them the cookie is not sent along.
func (s *server) ownPages(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		switch site := c.Request().Header.Get("Sec-Fetch-Site"); site {
		case "", "same-origin", "none":
			return next(c)
		default:
			return fmt.Errorf("%w: Sec-Fetch-Site %.20q", errCrossOrigin, site)
		}
	}
}

// language finds the language of the user. The switch in the header is a link
// to the same page with lang=…: the choice is kept in a cookie and the page
// shown again under its own address.
func (s *server) language(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if lang, ok := locale.Parse(r.URL.Query().Get("lang")); ok && r.Method == http.MethodGet {
			s.setCookie(c, "lang", string(lang), 365*24*60*60)
			return c.Redirect(http.StatusSeeOther, withoutParameter(r.URL, "lang"))
		}
		chosen := ""
		if cookie, err := r.Cookie("lang"); err == nil {
			chosen = cookie.Value
		}
		lang := locale.Match(chosen, r.Header.Get("Accept-Language"))
		c.SetRequest(r.WithContext(locale.NewContext(r.Context(), lang)))
		return next(c)
	}
}

// withoutParameter is the local address without one parameter of its query.
func withoutParameter(u *url.URL, name string) string {
	query := u.Query()
	query.Del(name)
	// One slash only: with two in front it would be the address of another host.
	path := "/" + strings.TrimLeft(u.EscapedPath(), "/\\")
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}

// setCookie sets a small cookie of ours that is no secret; a negative age
// clears it, and with none it lasts as long as the browser runs.
func (s *server) setCookie(c echo.Context, name, value string, maxAge int) {
	c.SetCookie(&http.Cookie{ // #nosec G124 -- Secure where users come by https; without it the browser would not send it
		Name: name, Value: value, Path: "/", MaxAge: maxAge,
		HttpOnly: true, Secure: s.secure, SameSite: http.SameSiteLaxMode,
	})
}
