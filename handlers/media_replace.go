package handlers

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/internal/library"
	"github.com/plusofon-dashboard/dashboard/plusofon"
	"github.com/plusofon-dashboard/dashboard/views"
)

// sendReplaced leads to the page of the new version of a file, which asks what
// becomes of the old one. Plusofon can't change the sound of a file: a new
// version is a new file under the same name.
func (s *server) sendReplaced(c echo.Context, old plusofon.MediaID, file library.Added) error {
	s.logEvent(c, "uploaded", string(file.ID), file.Name)
	s.keepNotice(c, uploaded.notice(file.LookedUp), file.Name)
	return c.Redirect(http.StatusSeeOther, defaultPath+"/"+string(file.ID)+"?replaces="+string(old))
}

// olderVersion is the file whose new version the page shows, nil if there is
// none. Only a file of the same name counts: an address can be forged.
func (s *server) olderVersion(c echo.Context, media *plusofon.Media) *views.MediaRow {
	id, err := plusofon.ParseMediaID(c.QueryParam("replaces"))
	if err != nil || id == media.ID {
		return nil
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), library.DescriptionTime)
	defer cancel()
	old, err := s.account(c).Get(ctx, id)
	if err != nil {
		s.Log.WarnContext(ctx, "the older version of a file cannot be read", "id", requestIDOf(c), "media", string(id), "error", err)
		return nil
	}
	if old.Name != media.Name {
		return nil
	}
	row := mediaRow(*old)
	return &row
}
