package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// deleteMedia answers DELETE /media/{id}, and POST /media/{id}/delete from a
// plain form.
func (s *server) deleteMedia(c echo.Context) error {
	id, err := mediaID(c)
	if err != nil {
		return err
	}
	if c.Request().Method == http.MethodPost {
		if _, err := s.readForm(c, maxSmallForm); err != nil {
			return err
		}
	}
	file, err := s.account(c).Delete(c.Request().Context(), id)
	if err != nil {
		return err
	}
	s.logEvent(c, "deleted", string(id), file.Name)
	if fromHTMX(c) {
		triggerNotice(c, deleted, file.LookedUp, file.Name, map[string]any{"media:changed": nil})
		return c.NoContent(http.StatusOK) // htmx takes 204 for "leave the row"
	}
	s.keepNotice(c, deleted.notice(file.LookedUp), file.Name)
	return c.Redirect(http.StatusSeeOther, defaultPath)
}
