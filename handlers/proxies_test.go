package handlers_test

import (
	"net/http"
	"net/netip"
	"net/url"
	"testing"

	"github.com/plusofon-dashboard/dashboard/handlers"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// guess tries a wrong token as one for whom a proxy speaks.
func (d *dashboard) guess(forwardedFor string) *answer {
	d.t.Helper()
	return d.post("/login", url.Values{"token": {"wrong"}}, "X-Forwarded-For", forwardedFor)
}

// Behind a proxy that is trusted, each client has an address of its own, which
// it can't choose.
func TestGuessingThroughATrustedProxy(t *testing.T) {
	t.Parallel()
	proxies := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	d := startWith(t, func(c *handlers.Config) { c.TrustedProxies = proxies }, plusofontest.WithAccount(token))
	for range 10 {
		d.guess("198.51.100.1").status(http.StatusUnprocessableEntity)
	}
	for _, same := range []string{"198.51.100.1", "203.0.113.9, 198.51.100.1", "noise, 198.51.100.1", "198.51.100.1, 127.0.0.2"} {
		d.guess(same).status(http.StatusTooManyRequests)
	}
	d.guess("198.51.100.2").status(http.StatusUnprocessableEntity)
	d.guess("198.51.100.1, 198.51.100.3").status(http.StatusUnprocessableEntity)
}

// Where nobody is trusted, what a client says of its address is nothing.
func TestGuessingUnderManyNames(t *testing.T) {
	t.Parallel()
	d := start(t, plusofontest.WithAccount(token))
	for _, made := range []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"} {
		d.guess("198.51.100." + made).status(http.StatusUnprocessableEntity)
	}
	d.guess("198.51.100.11").status(http.StatusTooManyRequests)
}
