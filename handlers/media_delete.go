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
	if c.Request().Method == http.MethodPost {
		if _, err := s.readForm(c, maxSmallForm); err != nil {
			return err
		}
	}
	file, err := s.deleteOnce(c, id)
	if err != nil {
		return fmt.Errorf("deleting media file %s: %w", id, err)
	}
	s.logEvent(c, "deleted", string(id), file.Name)
	if fromHTMX(c) {
		triggerNotice(c, deleted, file.LookedUp, file.Name, map[string]any{"media:changed": nil})
		return c.NoContent(http.StatusOK) // htmx takes 204 for "leave the row"
	}
	s.keepNotice(c, deleted.notice(file.LookedUp), file.Name)
	return c.Redirect(http.StatusSeeOther, defaultPath)
}

// gone is a file that was deleted.
type gone struct {
	Name     string
	LookedUp bool // for Plusofon did not confirm it
}

// deleteOnce sends the deletion once. If Plusofon does not confirm it, the
// file is looked for: where it is gone, it is deleted. The name, for the
// message, is asked for before, since nobody knows it afterwards.
func (s *server) deleteOnce(c echo.Context, id plusofon.MediaID) (gone, error) {
	client := s.client(c)
	return once(s, c, "delete "+string(id), func(ctx context.Context) (gone, error) {
		media, err := client.GetMedia(ctx, id)
		if err != nil {
			return gone{}, err
		}
		lookedUp, err := confirm(ctx, client.DeleteMedia(ctx, id), func(ctx lookupContext) (bool, error) {
			_, err := client.GetMedia(ctx, id)
			if errors.Is(err, plusofon.ErrNotFound) {
				return true, nil
			}
			return false, err
		})
		return gone{media.Name, lookedUp}, err
	})
}
