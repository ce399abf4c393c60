package handlers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/audio"
	"github.com/plusofon-dashboard/dashboard/internal/spool"
	"github.com/plusofon-dashboard/dashboard/internal/transfer"
	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// factsKey names a file of an account.
type factsKey struct {
	account string
	id      plusofon.MediaID
}

// fileFacts is what was seen of a file and never changes: the content of an
// id stays what it is.
type fileFacts struct {
	size    int64
	info    audio.Info // format and codec
	isSound bool
}

// factsKept is for how many files facts are kept, some 200 bytes each.
const factsKept = 4096

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

// mediaType is what a browser is told of a file. What is no sound is never given a
// type that a browser shows.
func (f *openedFile) mediaType() string {
	if !f.facts.isSound {
		return echo.MIMEOctetStream
	}
	return f.facts.info.MediaType()
}

// name is that of a download.
func (f *openedFile) name(media plusofon.Media) string {
	ending := f.facts.info.Format.Extension()
	if f.facts.info.Format == "" {
		ending = ".bin" // what is no sound opens in no program by itself
	}
	return transfer.FileName(media.Name, "audio-"+string(media.ID), ending)
}

// WriteRange writes a part of the file, which must not lie before the place from
// which it was opened, nor before what has been written of it.
func (f *openedFile) WriteRange(w io.Writer, offset, n int64) (written int64, err error) {
	if skip := offset - f.offset; skip > 0 {
		skipped, err := copyN(io.Discard, f.source, skip)
		f.offset += skipped
		if err != nil {
			return 0, err
		}
	}
	written, err = copyN(w, f.source, n)
	f.offset += written
	return written, err
}

var copyBuffers = sync.Pool{New: func() any { return new([48 << 10]byte) }}

// firstWrite is how much of a file comes in before the first of it is sent on, in
// bytes. The first pieces of a response are small, and each that is sent costs a
// call of the system on this side and wakes the other.
const firstWrite = 8 << 10

// copyN copies exactly n bytes; a shorter source is io.ErrUnexpectedEOF.
func copyN(w io.Writer, r io.Reader, n int64) (written int64, err error) {
	buffer := copyBuffers.Get().(*[48 << 10]byte)
	defer copyBuffers.Put(buffer)
	for least := firstWrite; written < n; least = 1 {
		piece := buffer[:min(n-written, int64(len(buffer)))]
		read, err := io.ReadAtLeast(r, piece, min(len(piece), least))
		if read > 0 {
			sent, err := w.Write(piece[:read])
			written += int64(sent)
			if err != nil {
				return written, err
			}
		}
		switch err {
		case nil:
		case io.EOF:
			return written, io.ErrUnexpectedEOF
		default:
			return written, err
		}
	}
	return written, nil
}

// openFile opens a file, from a range of it where that helps. What a file is
// has to be read from its beginning, so that a range can be asked of Plusofon
// only where that is known from before.
func (s *server) openFile(c echo.Context, source fileSource, id plusofon.MediaID, content transfer.Content) (*openedFile, error) {
	ctx, key := c.Request().Context(), factsKey{account: sessionOf(c).Account, id: id}
	if known, ok := s.facts.Get(key); ok {
		part, err := content.Requested(c.Request(), known.size)
		if err == nil && part != nil && part.First > 0 {
			file, err := openPart(ctx, source, id, *part, known)
			if errors.Is(err, plusofon.ErrUnexpectedAnswer) {
				s.facts.Remove(key) // they may be what is wrong: the next request looks anew
			}
			if !errors.Is(err, plusofon.ErrRangeNotSatisfiable) {
				return file, err
			}
		}
	}
	file, err := s.openWhole(ctx, source, id)
	if err == nil {
		s.facts.Add(key, file.facts)
	}
	return file, err
}

// openPart opens a file from a place in it on. Plusofon may send more than
// was asked for: then what comes before is read away. It may also refuse,
// with ErrRangeNotSatisfiable.
func openPart(ctx context.Context, source fileSource, id plusofon.MediaID, part transfer.Range, known fileFacts) (*openedFile, error) {
	file, err := source.OpenFile(ctx, id, &plusofon.Range{First: part.First, Last: part.Last})
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
func (s *server) openWhole(ctx context.Context, source fileSource, id plusofon.MediaID) (*openedFile, error) {
	file, err := source.OpenFile(ctx, id, nil)
	if err != nil {
		return nil, err
	}
	opened := &openedFile{source: file.Body, body: file.Body}
	opened.facts.size = file.Size
	if file.Size < 0 {
		if err := opened.fetch(s.spools); err != nil {
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
func (f *openedFile) fetch(spools *spool.Pool) error {
	fetched, err := spools.New(f.source, maxUnannounced)
	if closed := f.body.Close(); err == nil && closed != nil {
		err = errors.Join(closed, fetched.Close())
	}
	switch {
	case errors.Is(err, spool.ErrTooLarge): // that is for what users send
		return fmt.Errorf("%w: a file without end: %s", plusofon.ErrUnexpectedAnswer, err.Error())
	case err != nil:
		return fmt.Errorf("fetching a file of unknown length: %w", err)
	}
	f.source, f.body, f.facts.size = fetched.Reader(), fetched, fetched.Size()
	return nil
}
