package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// answer is a response with its body read.
type answer struct {
	t      testing.TB
	code   int
	header http.Header
	body   string
}

func (a *answer) status(want int) *answer {
	a.t.Helper()
	if a.code != want {
		a.t.Fatalf("status %d, want %d; body:\n%s", a.code, want, a.body)
	}
	return a
}

func (a *answer) location(want string) {
	a.t.Helper()
	if got := a.header.Get("Location"); got != want {
		a.t.Errorf("Location %q, want %q", got, want)
	}
}

func (a *answer) contains(texts ...string) *answer {
	a.t.Helper()
	for _, text := range texts {
		if !strings.Contains(a.body, text) {
			a.t.Errorf("the answer lacks %q; body:\n%s", text, a.body)
		}
	}
	return a
}

func (a *answer) lacks(texts ...string) *answer {
	a.t.Helper()
	for _, text := range texts {
		if strings.Contains(a.body, text) {
			a.t.Errorf("the answer has %q; body:\n%s", text, a.body)
		}
	}
	return a
}

// guarded wants the headers that every answer has.
func (a *answer) guarded() *answer {
	a.t.Helper()
	csp := a.header.Get("Content-Security-Policy")
	if !strings.Contains(csp, "frame-ancestors 'none'") || strings.Contains(csp, "unsafe") {
		a.t.Errorf("Content-Security-Policy %q", csp)
	}
	for name, want := range map[string]string{
		"X-Content-Type-Options":       "nosniff",
		"Referrer-Policy":              "same-origin",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
	} {
		if got := a.header.Get(name); got != want {
			a.t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if a.header.Get("Permissions-Policy") == "" || a.header.Get("X-Request-Id") == "" || a.header.Get("Cache-Control") == "" {
		a.t.Errorf("no Permissions-Policy, X-Request-Id or Cache-Control: %v", a.header)
	}
	return a
}

// find looks up a selector in the page.
func (a *answer) find(selector string) *goquery.Selection {
	a.t.Helper()
	body := a.body
	if strings.HasPrefix(body, "<tr") {
		body = "<table>" + body + "</table>" // a row stands only in a table
	}
	document, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		a.t.Fatal(err)
	}
	return document.Find(selector)
}

// has wants exactly count elements of a selector.
func (a *answer) has(selector string, count int) *answer {
	a.t.Helper()
	if got := a.find(selector).Length(); got != count {
		a.t.Errorf("%d of %q, want %d; body:\n%s", got, selector, count, a.body)
	}
	return a
}
