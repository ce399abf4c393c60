package handlers

import (
	"net/http"

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
	r, account := c.Request(), s.account(c)
	content := transfer.Content{ETag: entityTag(sessionOf(c).Account, id, "file")}
	if err := content.Precondition(r); err != nil {
		return err
	}
	download := r.URL.Query().Get("download") == "1"
	media := &plusofon.Media{ID: id}
	if download || content.Unchanged(r) {
		// A copy that the browser has is good only while the file exists.
		if media, err = account.Get(r.Context(), id); err != nil {
			return err
		}
	}
	if content.Unchanged(r) {
		content.ServeUnchanged(c.Response())
		return nil
	}
	known, _ := account.Known(id)
	file, err := account.Open(r.Context(), id, requestedPart(content, r, known.Size))
	if err != nil {
		return err
	}
	defer file.Close()
	defer s.Metrics.Transfer("download")()
	if download || !file.IsSound {
		content.Disposition = transfer.Attachment(downloadName(*media, file.Extension()))
	}
	content.MediaType, content.Size = file.MediaType(), file.Size
	return content.Serve(c.Response(), r, file)
}

// requestedPart is what has to come from Plusofon of a file of a size, nil for all of
// it. What is wrong with a range is said when the size is certain.
func requestedPart(content transfer.Content, r *http.Request, size int64) *plusofon.Range {
	part, err := content.Requested(r, size)
	if err != nil || part == nil {
		return nil
	}
	return &plusofon.Range{First: part.First, Last: part.Last}
}

// downloadName is the name of a media file on the user's disk.
func downloadName(media plusofon.Media, extension string) string {
	return transfer.FileName(media.Name, "audio-"+string(media.ID), extension)
}

// entityTag names the bytes of a file. The content of an id never changes, so
// that the id is enough; the account keeps apart what two users of one browser
// may see.
func entityTag(account string, id plusofon.MediaID, variant string) string {
	return `"` + account + "-" + string(id) + "-" + variant + `"`
}
