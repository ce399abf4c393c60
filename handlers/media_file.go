package handlers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/audio"
	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// fileSource is where the bytes of files come from.
type fileSource interface {
	GetMedia(ctx context.Context, id plusofon.MediaID) (*plusofon.Media, error)
	OpenFile(ctx context.Context, id plusofon.MediaID, part *plusofon.Range) (*plusofon.File, error)
}

// peekSize is how much of a file has to come in before it is known what it
// is, in bytes.
const peekSize = 4 << 10

// openedFile is a file on its way from Plusofon.
type openedFile struct {
	source io.Reader // from offset on
	body   io.Closer
	offset int64
	facts  fileFacts
}

func (f *openedFile) Close() error { return f.body.Close() }

// mediaFile answers GET and HEAD /media/{id}/file: the bytes as Plusofon has
// them.
func (s *server) mediaFile(c echo.Context) error {
	id, err := mediaID(c)
	if err != nil {
		return err
	}
	r, source := c.Request(), s.client(c)
	d := delivery{tag: entityTag(sessionOf(c).Account, id, "file")}
	if r.URL.Query().Get("download") == "1" || d.unchanged(r) {
		// A copy that the browser has is good only while the file exists.
		media, err := source.GetMedia(r.Context(), id)
		if err != nil {
			return fmt.Errorf("looking at media file %s: %w", id, err)
		}
		d.name = media.Name
	}
	if d.unchanged(r) {
		return d.sendUnchanged(c)
	}
	file, err := s.openFile(c, source, id, d.rangeHeader(r))
	if err != nil {
		return fmt.Errorf("opening media file %s: %w", id, err)
	}
	defer file.Close()
	defer s.Metrics.transfer("download")()
	if r.URL.Query().Get("download") == "1" || !file.facts.isSound {
		c.Response().Header().Set("Content-Disposition", attachment(fileName(d.name, string(id), file.facts.info.Format)))
	}
	return d.sendFile(c, file)
}

// openFile opens a file, from a range of it where that helps. What a file is
// has to be read from its beginning, so that a range can be asked of Plusofon
// only where that is known from before.
func (s *server) openFile(c echo.Context, source fileSource, id plusofon.MediaID, rangeHeader string) (*openedFile, error) {
	ctx, key := c.Request().Context(), factsKey{account: sessionOf(c).Account, id: id}
	if known, ok := s.facts.Get(key); ok {
		part, err := parseRange(rangeHeader, known.size)
		if err == nil && part != nil && part.first > 0 {
			file, err := openPart(ctx, source, id, *part, known)
			if errors.Is(err, plusofon.ErrUnexpectedAnswer) {
				s.facts.Remove(key) // they may be what is wrong: the next request looks anew
			}
			if !errors.Is(err, plusofon.ErrRangeNotSatisfiable) {
				return file, err
			}
		}
	}
	file, err := openWhole(ctx, source, id)
	if err == nil {
		s.facts.Add(key, file.facts)
	}
	return file, err
}

// openPart opens a file from a place in it on. Plusofon may send more than
// was asked for: then what comes before is read away. It may also refuse,
// with ErrRangeNotSatisfiable.
func openPart(ctx context.Context, source fileSource, id plusofon.MediaID, part byteRange, known fileFacts) (*openedFile, error) {
	file, err := source.OpenFile(ctx, id, &plusofon.Range{First: part.first, Last: part.last})
	if err != nil {
		return nil, err
	}
	// Without a size it is the same file all the same: its content never changes.
	if file.Size >= 0 && file.Size != known.size {
		return nil, errors.Join(
			fmt.Errorf("%w: the file had %d bytes and now has %d", plusofon.ErrUnexpectedAnswer, known.size, file.Size),
			file.Body.Close())
	}
	return &openedFile{source: file.Body, body: file.Body, offset: file.First, facts: known}, nil
}

// openWhole opens a file from its beginning and looks what it is. Where
// Plusofon does not say how long it is, it is fetched first.
func openWhole(ctx context.Context, source fileSource, id plusofon.MediaID) (*openedFile, error) {
	file, err := source.OpenFile(ctx, id, nil)
	if err != nil {
		return nil, err
	}
	opened := &openedFile{source: file.Body, body: file.Body}
	opened.facts.size = file.Size
	if file.Size < 0 {
		if err := opened.fetch(); err != nil {
			return nil, err
		}
	}
	head := make([]byte, min(peekSize, opened.facts.size))
	if _, err := io.ReadFull(opened.source, head); err != nil {
		return nil, errors.Join(fmt.Errorf("reading the beginning: %w", err), opened.Close())
	}
	if info, isSound := audio.Peek(head); isSound {
		opened.facts.info, opened.facts.isSound = info, true
	}
	opened.source = io.MultiReader(bytes.NewReader(head), opened.source)
	return opened, nil
}

// maxUnannounced bounds a file of unknown length, which goes to the disk, in
// bytes.
const maxUnannounced = 256 << 20

// fetch brings in the whole file to find out its length.
func (f *openedFile) fetch() error {
	fetched, err := newSpool(f.source, maxUnannounced)
	if closed := f.body.Close(); err == nil && closed != nil {
		err = errors.Join(closed, fetched.Close())
	}
	switch {
	case errors.Is(err, errTooLarge): // that is for what users send
		return fmt.Errorf("%w: a file without end: %s", plusofon.ErrUnexpectedAnswer, err.Error())
	case err != nil:
		return fmt.Errorf("fetching a file of unknown length: %w", err)
	}
	f.source, f.body, f.facts.size = fetched.Reader(), fetched, fetched.Size()
	return nil
}

// entityTag names the bytes of a file. The content of an id never changes, so
// that the id is enough; the account keeps apart what two users of one browser
// may see.
func entityTag(account string, id plusofon.MediaID, variant string) string {
	return `"` + account + "-" + string(id) + "-" + variant + `"`
}

// contentType is what a browser is told of a file. What is no sound is never
// given a type that a browser shows.
func (f *openedFile) contentType() string {
	if !f.facts.isSound {
		return echo.MIMEOctetStream
	}
	return f.facts.info.MediaType()
}

// sendFile sends the file, or the part of it that is asked for.
func (d delivery) sendFile(c echo.Context, file *openedFile) error {
	d.contentType, d.size = file.contentType(), file.facts.size
	return d.send(c, func(w io.Writer, part byteRange) error {
		if skip := part.first - file.offset; skip > 0 {
			if err := copyExactly(io.Discard, file.source, skip); err != nil {
				return err
			}
		}
		return copyExactly(w, file.source, part.length())
	})
}

// copyExactly copies n bytes, and takes fewer for an error.
func copyExactly(w io.Writer, r io.Reader, n int64) error {
	buffer := copyBuffers.Get().(*copyBuffer)
	defer copyBuffers.Put(buffer)
	copied, err := io.CopyBuffer(onlyWriter{w}, io.LimitReader(r, n), buffer[:])
	if err == nil && copied < n {
		err = io.ErrUnexpectedEOF
	}
	return err
}

// onlyWriter hides the other methods of a writer, so that io.CopyBuffer uses
// the buffer that it is given.
type onlyWriter struct{ io.Writer }

// matchesTag reports whether a list of entity tags has the one given (RFC 9110
// §13.1.2: the weak comparison).
func matchesTag(list, tag string) bool {
	for candidate := range strings.SplitSeq(list, ",") {
		candidate = strings.TrimSpace(candidate)
		if candidate == "*" || strings.TrimPrefix(candidate, "W/") == tag {
			return true
		}
	}
	return false
}
