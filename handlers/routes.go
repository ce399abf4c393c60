package handlers

import (
	"net"
	"net/http"
	"net/netip"

	"github.com/labstack/echo/v4"
)

// routes is the whole dashboard at a glance: what is asked of every request,
// and what answers each address. A route that needs no session is not behind
// one.
func (s *server) routes(e *echo.Echo) {
	e.Use(
		s.rollingDeadlines,
		s.requestID,
		s.accessLog,
		s.recovered,
		s.headers,
		s.language,
		s.sameOrigin,
	)

	page(e, "/static/*", s.asset)
	page(e, "/tools/*", s.tools)
	page(e, "/healthz", s.healthy)
	page(e, "/readyz", s.ready)

	page(e, "/login", s.loginForm)
	e.POST("/login", s.login)
	e.POST("/logout", s.logout)

	page(e, "/", s.signedIn(s.home))
	page(e, "/media", s.signedIn(s.listMedia))
	e.POST("/media", s.signedIn(s.addMedia))
	page(e, "/media/found", s.signedIn(s.listFound))
	page(e, "/media/progress", s.signedIn(s.readingList))
	e.GET("/media/archive", s.ownPages(s.signedIn(s.mediaArchive)))
	e.POST("/media/archive", s.signedIn(s.mediaArchive))
	page(e, "/media/delete", s.signedIn(s.deleteManyMedia))
	e.POST("/media/delete", s.signedIn(s.deleteManyMedia))
	page(e, "/media/:id", s.signedIn(s.showMedia))
	e.PATCH("/media/:id", s.signedIn(s.renameMedia))
	e.POST("/media/:id/rename", s.signedIn(s.renameMedia))
	e.DELETE("/media/:id", s.signedIn(s.deleteMedia))
	e.POST("/media/:id/delete", s.signedIn(s.deleteMedia))
	page(e, "/media/:id/file", s.ownPages(s.signedIn(s.mediaFile)))
	page(e, "/media/:id/preview", s.ownPages(s.signedIn(s.mediaPreview)))
	page(e, "/standard", s.signedIn(s.listStandard))
}

// page routes GET and, as RFC 9110 §9.1 wants, HEAD, which Echo does not add
// by itself. What a handler writes in answer to HEAD is left out by net/http.
func page(e *echo.Echo, path string, handler echo.HandlerFunc) {
	e.GET(path, handler)
	e.HEAD(path, handler)
}

func (s *server) home(c echo.Context) error {
	return c.Redirect(http.StatusSeeOther, "/media")
}

// ipNet is the form in which Echo wants a network.
func ipNet(prefix netip.Prefix) *net.IPNet {
	prefix = prefix.Masked()
	return &net.IPNet{
		IP:   prefix.Addr().AsSlice(),
		Mask: net.CIDRMask(prefix.Bits(), prefix.Addr().BitLen()),
	}
}
