// Package views draws the pages of the dashboard: templ components, each with
// its typed view model in the Go file of the same name.
//
// A component knows words (through locale) and the addresses of assets
// (through static), and nothing of HTTP, sessions or Plusofon. What HTMX asks
// for is a component that the whole page itself calls, so that a fragment and
// its page cannot differ.
package views

import (
	"context"
	"net/url"

	"github.com/plusofon-dashboard/dashboard/views/locale"
)

// Page is what surrounds the content of every page.
type Page struct {
	Title    string   // what stands before the product's name in <title>
	Path     string   // path of the page, for the links that lead back to it
	Query    string   // its query without the question mark
	Section  string   // path of the section it belongs to, as in the navigation
	SignedIn bool     // whether to offer the sections and signing out
	Account  string   // fingerprint of the account that is signed in
	Nonce    string   // of the Content-Security-Policy
	Notice   *Notice  // shown on arrival, nil for none
	Language Language // as in <html lang>
}

// Language is a language of the page, as in <html lang>.
type Language = locale.Language

// Notice is a short message of what has just happened.
type Notice struct {
	Text string
	// Warning marks a notice that the user should not overlook.
	Warning bool
}

// otherLanguage is the one that the switch in the header leads to.
func otherLanguage(ctx context.Context) Language {
	if locale.FromContext(ctx) == locale.Russian {
		return locale.English
	}
	return locale.Russian
}

// languageURL is the address of this page in another language.
func (p Page) languageURL(lang Language) string {
	query, err := url.ParseQuery(p.Query)
	if err != nil {
		query = url.Values{} // a query that nobody can read is not worth keeping
	}
	query.Set("lang", string(lang))
	return p.Path + "?" + query.Encode()
}

// current is the value of aria-current for a link of the navigation.
func (p Page) current(section string) string {
	if p.Section == section {
		return "page"
	}
	return "false"
}

// htmxConfig is the configuration of htmx under a strict
// Content-Security-Policy: nothing inline, nothing evaluated, no page kept in
// the browser's storage after signing out, and answers that say what is wrong
// with a field are shown. What it brings works at once: a link that is clicked
// while htmx has not seen it yet leads away from the page.
const htmxConfig = `{"includeIndicatorStyles":false,"defaultSettleDelay":0,"allowEval":false,"allowScriptTags":false,` +
	`"selfRequestsOnly":true,"historyCacheSize":0,"refreshOnHistoryMiss":true,"timeout":75000,` +
	`"responseHandling":[{"code":"204","swap":false},{"code":"[23]..","swap":true},{"code":"[45]..","swap":true,"error":true}]}`
