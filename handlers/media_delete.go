package handlers

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// deleteMedia answers DELETE /media/{id}, and POST /media/{id}/delete from a
// plain form. The name of the file, for the message, comes from Plusofon: it
// is asked before, since nobody knows it afterwards.
func (s *server) deleteMedia(c echo.Context) error {
	id, err := mediaID(c)
	if err != nil {
		return err
	}
	media, err := s.client(c).GetMedia(c.Request().Context(), id)
	if err != nil {
		return fmt.Errorf("looking at media file %s before deleting it: %w", id, err)
	}
	if err := s.deleteOnce(c, id); err != nil {
		return fmt.Errorf("deleting media file %s: %w", id, err)
	}
	s.logEvent(c, "deleted", string(id), media.Name)
	if fromHTMX(c) {
		triggerNotice(c, noticeDeleted, media.Name, map[string]any{"media:changed": nil})
		return c.NoContent(http.StatusOK) // htmx takes 204 for "leave the row"
	}
	s.keepNotice(c, noticeDeleted, media.Name)
	return c.Redirect(http.StatusSeeOther, defaultPath)
}

// deleteOnce sends the deletion once. If Plusofon does not confirm it, the
// file is looked for: where it is gone, it is deleted.
func (s *server) deleteOnce(c echo.Context, id plusofon.MediaID) error {
	ctx, client := c.Request().Context(), s.client(c)
	err := client.DeleteMedia(ctx, id)
	return confirm(ctx, err, func(ctx lookupContext) (bool, error) {
		_, err := client.GetMedia(ctx, id)
		if errors.Is(err, plusofon.ErrNotFound) {
			return true, nil
		}
		return false, err
	})
}
