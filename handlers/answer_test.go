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
