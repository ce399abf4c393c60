package handlers

import (
	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/internal/library"
	"github.com/plusofon-dashboard/dashboard/internal/transfer"
)

// mediaPreview answers GET and HEAD /media/{id}/preview: the sound as browsers
// play it.
func (s *server) mediaPreview(c echo.Context) error {
	id, err := mediaID(c)
	if err != nil {
		return err
	}
	r, account := c.Request(), s.account(c)
	content := transfer.Content{ETag: entityTag(sessionOf(c).Account, id, "preview"+library.PreviewVersion)}
	if err := content.Precondition(r); err != nil {
		return err
	}
	if content.Unchanged(r) {
		if _, err := account.Get(r.Context(), id); err != nil {
			return err
		}
		content.ServeUnchanged(c.Response())
		return nil
	}
	size, _ := account.PreviewSize(id)
	preview, err := account.OpenPreview(r.Context(), id, requestedPart(content, r, size))
	if err != nil {
		return err
	}
	defer preview.Close()
	defer s.Metrics.Transfer("download")()
	content.MediaType, content.Size = preview.MediaType, preview.Size
	return content.Serve(c.Response(), r, preview)
}
