package library

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/plusofon-dashboard/dashboard/audio"
	"github.com/plusofon-dashboard/dashboard/internal/spool"
	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// peekSize is how much of a file has to come in before it is known what it is, in
// bytes.
const peekSize = 4 << 10

// File is a file on its way from Plusofon.
type File struct {
	Facts
	source io.Reader // from offset on
	body   io.Closer
	offset int64
}

// Close breaks off what has not come in.
func (f *File) Close() error { return f.body.Close() }

// WriteRange writes n bytes of the file from an offset on, which must not lie before
// the place from which it was opened, nor before what has been written of it.
func (f *File) WriteRange(w io.Writer, offset, n int64) (written int64, err error) {
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

// Open opens a file, from a part of it where that helps, nil for the whole. What a
// file is has to be read from its beginning, so that a part can be asked of Plusofon
// only where that is known from before.
func (a *Account) Open(ctx context.Context, id plusofon.MediaID, part *plusofon.Range) (*File, error) {
	known, seen := a.Known(id)
	if seen && part != nil && part.First > 0 {
		file, err := a.openPart(ctx, id, *part, known)
		if !errors.Is(err, plusofon.ErrRangeNotSatisfiable) {
			return file, opening(id, err)
		}
	}
	file, err := a.openWhole(ctx, id)
	if err == nil {
		a.keepFacts(id, file.Facts)
	}
	return file, opening(id, err)
}

func opening(id plusofon.MediaID, err error) error {
	if err != nil {
		err = fmt.Errorf("opening media file %s: %w", id, err)
	}
	return err
}

// openPart opens a file from a place in it on. Plusofon may send more than was asked
// for: then what comes before is read away. It may also refuse, with
// plusofon.ErrRangeNotSatisfiable.
func (a *Account) openPart(ctx context.Context, id plusofon.MediaID, part plusofon.Range, known Facts) (*File, error) {
	file, err := a.client.OpenFile(ctx, id, &part)
	// Without a size it is the same file all the same: its content never changes.
	if err == nil && file.Size >= 0 && file.Size != known.Size {
		err = errors.Join(
			fmt.Errorf("%w: the file had %d bytes and now has %d", plusofon.ErrUnexpectedAnswer, known.Size, file.Size),
			file.Body.Close())
	}
	if errors.Is(err, plusofon.ErrUnexpectedAnswer) {
		a.library.facts.Remove(factsKey{a.id, id}) // they may be what is wrong: the next request looks anew
	}
	if err != nil {
		return nil, err
	}
	return &File{Facts: known, source: file.Body, body: file.Body, offset: file.First}, nil
}

// openWhole opens a file from its beginning and looks what it is. Where Plusofon does
// not say how long it is, it is fetched first.
func (a *Account) openWhole(ctx context.Context, id plusofon.MediaID) (*File, error) {
	file, err := a.client.OpenFile(ctx, id, nil)
	if err != nil {
		return nil, err
	}
	opened := &File{source: file.Body, body: file.Body}
	opened.Size = file.Size
	if file.Size < 0 {
		if err := opened.fetch(a.library.spools); err != nil {
			return nil, err
		}
	}
	head := make([]byte, min(peekSize, opened.Size))
	if _, err := io.ReadFull(opened.source, head); err != nil {
		return nil, errors.Join(fmt.Errorf("reading the beginning: %w", err), opened.Close())
	}
	if info, isSound := audio.Peek(head); isSound {
		opened.info, opened.IsSound = info, true
	}
	opened.source = io.MultiReader(bytes.NewReader(head), opened.source)
	return opened, nil
}

// maxUnannounced bounds a file of unknown length, which goes to the disk, in bytes.
const maxUnannounced = 256 << 20

// fetch brings in the whole file to find out its length.
func (f *File) fetch(spools *spool.Pool) error {
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
	f.source, f.body, f.Size = fetched.Reader(), fetched, fetched.Size()
	return nil
}
