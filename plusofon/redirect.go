package plusofon

import (
	"net/http"
	"net/url"
	"strings"
)

// mostRedirects is how many redirects a read follows.
const mostRedirects = 3

// redirectPolicy refuses redirects that would carry the token to another origin
// or repeat a write, and then asks the caller's own policy, if there is one. A
// refused redirect becomes the answer itself: nothing is sent to its target.
func redirectPolicy(own func(*http.Request, []*http.Request) error) func(*http.Request, []*http.Request) error {
	return func(next *http.Request, via []*http.Request) error {
		first := via[0]
		if first.Method != http.MethodGet || len(via) > mostRedirects || !sameOrigin(first.URL, next.URL) {
			return http.ErrUseLastResponse
		}
		if own != nil {
			return own(next, via)
		}
		return nil
	}
}

// sameOrigin compares scheme, host and port (RFC 6454, section 5).
func sameOrigin(a, b *url.URL) bool {
	return a.Scheme == b.Scheme && strings.EqualFold(a.Hostname(), b.Hostname()) && port(a) == port(b)
}

func port(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	if u.Scheme == "https" {
		return "443"
	}
	return "80"
}
