package handlers

import (
	"errors"
	"fmt"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/audio"
	"github.com/plusofon-dashboard/dashboard/internal/transfer"
	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// errNotPlayable is a file with no sound in it that a browser could play.
var errNotPlayable = errors.New("the sound cannot be played")

// mediaPreview answers GET and HEAD /media/{id}/preview: the sound as browsers
// play it. What they play anyway is sent as it is; the rest becomes WAV on its
// way.
func (s *server) mediaPreview(c echo.Context) error {
	id, err := mediaID(c)
	if err != nil {
		return err
	}
	r, source := c.Request(), s.client(c)
	content := transfer.Content{ETag: entityTag(sessionOf(c).Account, id, "preview"+audio.PreviewVersion)}
	if err := content.Precondition(r); err != nil {
		return err
	}
	if content.Unchanged(r) {
		if _, err := source.GetMedia(r.Context(), id); err != nil {
			return fmt.Errorf("looking at media file %s: %w", id, err)
		}
		content.ServeUnchanged(c.Response())
		return nil
	}
	file, err := s.openPreview(c, source, id, content)
	if err != nil {
		return fmt.Errorf("opening media file %s: %w", id, err)
	}
	defer file.Close()
	defer s.Metrics.Transfer("download")()
	if file.facts.info.PlaysInBrowser() {
		content.MediaType, content.Size = file.mediaType(), file.facts.size
		return content.Serve(c.Response(), r, file)
	}
	return s.serveConverted(c, content, file)
}

// openPreview opens a file to be played. A place in the WAV is another one in the
// file, so a part is asked for only of what is known to need no conversion; another
// request may find that out between here and the opening.
func (s *server) openPreview(c echo.Context, source fileSource, id plusofon.MediaID, content transfer.Content) (*openedFile, error) {
	known, seen := s.facts.Get(factsKey{account: sessionOf(c).Account, id: id})
	if seen && known.info.PlaysInBrowser() {
		return s.openFile(c, source, id, content)
	}
	file, err := s.openWhole(c.Request().Context(), source, id)
	if err == nil {
		s.facts.Add(factsKey{account: sessionOf(c).Account, id: id}, file.facts)
	}
	return file, err
}

// serveConverted sends the sound as WAV. It is converted as it is sent; what
// has come in of the file is kept on the disk, since the conversion may look
// back.
func (s *server) serveConverted(c echo.Context, content transfer.Content, file *openedFile) error {
	if !file.facts.isSound {
		return errNotPlayable
	}
	original, err := s.spools.NewLazy(file.source, file.facts.size)
	if err != nil {
		return err
	}
	defer original.Close()
	info, err := audio.DetectStored(original, original.Size())
	if _, refused := errors.AsType[*audio.RefusedError](err); refused {
		return fmt.Errorf("%w: %w", errNotPlayable, err)
	}
	if err != nil {
		return fmt.Errorf("recognising the sound: %w", err)
	}
	preview, err := audio.NewPreview(original, info)
	if errors.Is(err, audio.ErrNotPlayable) {
		return fmt.Errorf("%w: %w", errNotPlayable, err)
	}
	if err != nil {
		return fmt.Errorf("preparing the preview: %w", err)
	}
	content.MediaType, content.Size = preview.MediaType(), preview.Size()
	return content.Serve(c.Response(), c.Request(), preview)
}
