package handlers

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/views"
	"github.com/plusofon-dashboard/dashboard/views/locale"
)

// A notice tells what has been done. After a redirect it is shown by the next
// page, to which a cookie carries it; for htmx it is an event of the page.

// noticeCookie is its name. Behind https a browser binds it to this host, so
// that no neighbour can plant one.
func (s *server) noticeCookie() string {
	if s.secure {
		return "__Host-notice"
	}
	return "notice"
}

// notice names the words to show and the file that they are about.
type notice struct {
	Key  string `json:"k"`
	Name string `json:"n,omitempty"`
}

const (
	noticeSignedOut         = "notice.signed_out"
	noticeTokenEnded        = "login.token_revoked"         // #nosec G101 -- a key of words, no credential
	noticeTokenEndedUnknown = "login.token_revoked_unknown" // #nosec G101 -- likewise
)

// done is what a write has done: the key of the words for one that Plusofon
// confirmed, and of those for one that was looked up.
type done struct{ confirmed, found string }

var (
	uploaded    = done{"notice.uploaded", "notice.uploaded_found"}
	presetAdded = done{"notice.added", "notice.added_found"}
	renamed     = done{"notice.renamed", "notice.renamed_found"}
	deleted     = done{"notice.deleted", "notice.deleted_found"}
)

// notice gives the key of the words.
func (d done) notice(lookedUp bool) string {
	if lookedUp {
		return d.found
	}
	return d.confirmed
}

// maxNoticeName is how much of a name a notice says, in characters. It goes in a
// header, and proxies take no more than 4 KB of them in all.
const maxNoticeName = 100

func noticeName(name string) string {
	if runes := []rune(name); len(runes) > maxNoticeName {
		return string(runes[:maxNoticeName]) + "…"
	}
	return name
}

// keepNotice leaves a notice for the next page.
func (s *server) keepNotice(c echo.Context, key, name string) {
	value, err := json.Marshal(notice{Key: key, Name: noticeName(name)})
	if err != nil {
		panic(fmt.Sprintf("a notice is two strings: %v", err))
	}
	s.setCookie(c, s.noticeCookie(), base64.RawURLEncoding.EncodeToString(value), 60)
}

// takeNotice gives the notice that was left for this page, once.
func (s *server) takeNotice(c echo.Context) *views.Notice {
	cookie, err := c.Cookie(s.noticeCookie())
	if err != nil {
		return nil
	}
	s.setCookie(c, s.noticeCookie(), "", -1)
	value, err := base64.RawURLEncoding.DecodeString(cookie.Value)
	if err != nil {
		return nil
	}
	var n notice
	if json.Unmarshal(value, &n) != nil || !isNotice(n.Key) {
		return nil
	}
	return &views.Notice{
		Text:    locale.T(c.Request().Context(), n.Key, "name", n.Name),
		Warning: n.Key == noticeTokenEnded || n.Key == noticeTokenEndedUnknown,
	}
}

// isNotice keeps a cookie from choosing just any words of ours.
func isNotice(key string) bool {
	switch key {
	case noticeSignedOut, noticeTokenEnded, noticeTokenEndedUnknown:
		return true
	}
	return slices.ContainsFunc([]done{uploaded, presetAdded, renamed, deleted}, func(d done) bool {
		return key == d.confirmed || key == d.found
	})
}

// triggerNotice tells the page, when htmx has the answer, what has been done.
// Further events are names with what goes with them.
func triggerNotice(c echo.Context, told done, lookedUp bool, name string, events map[string]any) {
	text := locale.T(c.Request().Context(), told.notice(lookedUp), "name", noticeName(name))
	all := map[string]any{"toast": map[string]any{"text": text, "lookedUp": lookedUp}}
	for event, detail := range events {
		all[event] = detail
	}
	c.Response().Header().Set("HX-Trigger", asciiJSON(all))
}

// asciiJSON is JSON fit for a header: characters beyond ASCII are escaped.
func asciiJSON(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(fmt.Sprintf("events are strings and numbers: %v", err))
	}
	var ascii strings.Builder
	for _, r := range string(text) {
		switch {
		case r < 0x7F:
			ascii.WriteRune(r)
		case r > 0xFFFF:
			r -= 0x10000
			fmt.Fprintf(&ascii, `\u%04x\u%04x`, 0xD800+(r>>10), 0xDC00+(r&0x3FF))
		default:
			fmt.Fprintf(&ascii, `\u%04x`, r)
		}
	}
	return ascii.String()
}
