package handlers

import (
	"context"
	"fmt"
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
	lookedUp, err := s.renameOnce(c, id, name)
	if err != nil {
		return fmt.Errorf("renaming media file %s: %w", id, err)
	}
	s.logEvent(c, "renamed", string(id), name)
	if fromHTMX(c) {
		triggerNotice(c, renamed, lookedUp, name, nil)
		return send(c, http.StatusOK, views.MediaTableRow(mediaRow(plusofon.Media{ID: id, Name: name})))
	}
	s.keepNotice(c, renamed.notice(lookedUp), name)
	return c.Redirect(http.StatusSeeOther, defaultPath)
}

// renameOnce sends the new name once. If Plusofon does not confirm it, the
// file is read to see what became of it.
func (s *server) renameOnce(c echo.Context, id plusofon.MediaID, name string) (lookedUp bool, err error) {
	client := s.client(c)
	return once(s, c, "rename "+string(id)+" "+name, func(ctx context.Context) (bool, error) {
		return confirm(ctx, client.RenameMedia(ctx, id, name), func(ctx lookupContext) (bool, error) {
			media, err := client.GetMedia(ctx, id)
			if err != nil {
				return false, err
			}
			return media.Name == name, nil
		})
	})
}
