package handlers

import (
	"errors"
	"fmt"
	"io"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/audio"
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
	d := delivery{tag: entityTag(sessionOf(c).Account, id, "preview"+audio.PreviewVersion)}
	if err := d.precondition(r); err != nil {
		return err
	}
	if d.unchanged(r) {
		if _, err := source.GetMedia(r.Context(), id); err != nil {
			return fmt.Errorf("looking at media file %s: %w", id, err)
		}
		return d.sendUnchanged(c)
	}
	// A place in the WAV is another one in the file. So a part is asked for only
	// of what is known to need no conversion; another request may find that out
	// between here and the opening.
	rangeHeader := ""
	if known, seen := s.facts.Get(factsKey{account: sessionOf(c).Account, id: id}); seen && known.info.PlaysInBrowser() {
		rangeHeader = d.rangeHeader(r)
	}
	file, err := s.openFile(c, source, id, rangeHeader)
	if err != nil {
		return fmt.Errorf("opening media file %s: %w", id, err)
	}
	defer file.Close()
	defer s.Metrics.transfer("download")()
	if file.facts.info.PlaysInBrowser() {
		return d.sendFile(c, file)
	}
	return d.sendConverted(c, &s.spools, file)
}

// sendConverted sends the sound as WAV. It is converted as it is sent; what
// has come in of the file is kept on the disk, since the conversion may look
// back.
func (d delivery) sendConverted(c echo.Context, spools *spools, file *openedFile) error {
	if !file.facts.isSound {
		return errNotPlayable
	}
	content, err := spools.newLazySpool(file.source, file.facts.size)
	if err != nil {
		return err
	}
	defer content.Close()
	info, err := audio.DetectStored(content, content.Size())
	if _, refused := errors.AsType[*audio.RefusedError](err); refused {
		return fmt.Errorf("%w: %w", errNotPlayable, err)
	}
	if err != nil {
		return fmt.Errorf("recognising the sound: %w", err)
	}
	preview, err := audio.NewPreview(content, info)
	if errors.Is(err, audio.ErrNotPlayable) {
		return fmt.Errorf("%w: %w", errNotPlayable, err)
	}
	if err != nil {
		return fmt.Errorf("preparing the preview: %w", err)
	}
	d.contentType, d.size = preview.MediaType(), preview.Size()
	return d.send(c, func(w io.Writer, part byteRange) error {
		_, err := preview.WriteRange(w, part.first, part.length())
		return err
	})
}
