package main

import (
	"context"
	"fmt"
	"net/http/httputil"
	"net/url"
)

// plainProxy is how the table names a server that hands everything on, without
// a session, a page or a log: what net/http takes at the least.
const plainProxy = "httputil.ReverseProxy"

// startPlainProxy starts it before the upstream.
func (l *lab) startPlainProxy(ctx context.Context) (*helper, error) {
	return startHelper(ctx, "plain-proxy", l.upstream.address)
}

// servePlainProxy is the role.
func servePlainProxy(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("plain-proxy wants an address, and got %q", args)
	}
	upstream, err := url.Parse(args[0])
	if err != nil {
		return fmt.Errorf("reading the address of the upstream: %w", err)
	}
	return serveRole(httputil.NewSingleHostReverseProxy(upstream))
}
