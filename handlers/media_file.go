package handlers

import (
	"fmt"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/internal/transfer"
	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// mediaFile answers GET and HEAD /media/{id}/file: the bytes as Plusofon has
// them.
func (s *server) mediaFile(c echo.Context) error {
	id, err := mediaID(c)
	if err != nil {
		return err
	}
	r, source := c.Request(), s.client(c)
	content := transfer.Content{ETag: entityTag(sessionOf(c).Account, id, "file")}
	if err := content.Precondition(r); err != nil {
		return err
	}
	download := r.URL.Query().Get("download") == "1"
	media := &plusofon.Media{ID: id}
	if download || content.Unchanged(r) {
		// A copy that the browser has is good only while the file exists.
		if media, err = source.GetMedia(r.Context(), id); err != nil {
			return fmt.Errorf("looking at media file %s: %w", id, err)
		}
	}
	if content.Unchanged(r) {
		content.ServeUnchanged(c.Response())
		return nil
	}
	file, err := s.openFile(c, source, id, content)
	if err != nil {
		return fmt.Errorf("opening media file %s: %w", id, err)
	}
	defer file.Close()
	defer s.Metrics.Transfer("download")()
	if download || !file.facts.isSound {
		content.Disposition = transfer.Attachment(file.name(*media))
	}
	content.MediaType, content.Size = file.mediaType(), file.facts.size
	return content.Serve(c.Response(), r, file)
}

// entityTag names the bytes of a file. The content of an id never changes, so
// that the id is enough; the account keeps apart what two users of one browser
// may see.
func entityTag(account string, id plusofon.MediaID, variant string) string {
	return `"` + account + "-" + string(id) + "-" + variant + `"`
}
