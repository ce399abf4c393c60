package handlers

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// deleteMedia answers DELETE /media/{id}, and POST /media/{id}/delete from a
// plain form.
func (s *server) deleteMedia(c echo.Context) error {
	id, err := mediaID(c)
	if err != nil {
		return err
	}
	media, err := s.deleteOnce(c, id)
	if err != nil {
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
// file is looked for: where it is gone, it is deleted. The name, for the
// message, is asked for before, since nobody knows it afterwards.
func (s *server) deleteOnce(c echo.Context, id plusofon.MediaID) (*plusofon.Media, error) {
	client := s.client(c)
	return once(s, c, "delete "+string(id), func(ctx context.Context) (*plusofon.Media, error) {
		media, err := client.GetMedia(ctx, id)
		if err != nil {
			return nil, err
		}
		err = client.DeleteMedia(ctx, id)
		return media, confirm(ctx, err, func(ctx lookupContext) (bool, error) {
			_, err := client.GetMedia(ctx, id)
			if errors.Is(err, plusofon.ErrNotFound) {
				return true, nil
			}
			return false, err
		})
	})
}
