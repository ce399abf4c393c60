package handlers

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/internal/transfer"
	"github.com/plusofon-dashboard/dashboard/views"
	"github.com/plusofon-dashboard/dashboard/views/locale"
)

// pageBuffers are kept for the next page: a page is some 20 KB.
var pageBuffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// fromHTMX reports whether htmx asks for a fragment. When it restores a page
// of the browser's history it wants the whole page.
func fromHTMX(c echo.Context) bool {
	h := c.Request().Header
	return h.Get("HX-Request") == "true" && h.Get("HX-History-Restore-Request") != "true"
}

// newPage fills in what every page has.
func (s *server) newPage(c echo.Context, titleKey, section string) views.Page {
	ctx := c.Request().Context()
	page := views.Page{
		Title:    locale.T(ctx, titleKey),
		Path:     "/",
		Section:  section,
		SignedIn: sessionOf(c) != nil,
		Nonce:    nonceOf(c),
		Language: locale.FromContext(ctx),
	}
	if session := sessionOf(c); session != nil {
		page.Account = session.Account
	}
	if r := c.Request(); r.Method == http.MethodGet {
		page.Path, page.Query = "/"+strings.TrimLeft(r.URL.EscapedPath(), "/\\"), r.URL.RawQuery
	} else {
		page.Path = section // an address that takes a POST may show nothing to a GET
	}
	return page
}

// render sends the content in the layout, or for htmx the fragment of it. It
// is rendered before anything is sent, so that a failure becomes an error page
// and not half a page.
func (s *server) render(c echo.Context, status int, page views.Page, content, fragment templ.Component) error {
	c.Response().Header().Add("Vary", "HX-Request")
	if fromHTMX(c) {
		return send(c, status, fragment)
	}
	page.Notice = s.takeNotice(c)
	return send(c, status, views.Layout(page, content))
}

func send(c echo.Context, status int, component templ.Component) error {
	buffer := pageBuffers.Get().(*bytes.Buffer)
	defer pageBuffers.Put(buffer)
	buffer.Reset()
	// The context ends when the client's side of the connection does, and so
	// with every request that is cut short: its error page would fail too.
	if err := component.Render(context.WithoutCancel(c.Request().Context()), buffer); err != nil {
		return fmt.Errorf("rendering the page: %w", err)
	}
	return transfer.SendCompressed(c.Response(), c.Request(), status, echo.MIMETextHTMLCharsetUTF8, buffer.Bytes())
}

// sendJSON sends what a script has asked for.
func sendJSON(c echo.Context, value any) error {
	buffer := pageBuffers.Get().(*bytes.Buffer)
	defer pageBuffers.Put(buffer)
	buffer.Reset()
	if err := json.NewEncoder(buffer).Encode(value); err != nil {
		return fmt.Errorf("writing JSON: %w", err)
	}
	return transfer.SendCompressed(c.Response(), c.Request(), http.StatusOK, echo.MIMEApplicationJSON, buffer.Bytes())
}
