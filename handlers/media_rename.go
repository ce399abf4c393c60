package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/plusofon"
	"github.com/plusofon-dashboard/dashboard/views"
)

// maxSmallForm is for forms of a name and little else.
const maxSmallForm = 64 << 10

// renameMedia answers PATCH /media/{id}, and POST /media/{id}/rename from a
// plain form.
func (s *server) renameMedia(c echo.Context) error {
	id, err := mediaID(c)
	if err != nil {
		return err
	}
	form, err := s.readForm(c, maxSmallForm)
	if err != nil {
		return err
	}
	name, err := checkName(form.Get("name"))
	if err != nil {
		c.Set(pageBefore, id)
		return err
	}
	lookedUp, err := s.account(c).Rename(c.Request().Context(), id, name)
	if err != nil {
		return err
	}
	s.logEvent(c, "renamed", string(id), name)
	if fromHTMX(c) {
		triggerNotice(c, renamed, lookedUp, name, nil)
		return send(c, http.StatusOK, views.MediaTableRow(mediaRow(plusofon.Media{ID: id, Name: name})))
	}
	s.keepNotice(c, renamed.notice(lookedUp), name)
	return c.Redirect(http.StatusSeeOther, defaultPath)
}
