package library

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/plusofon-dashboard/dashboard/audio"
	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// PreviewVersion tells previews of this program from those that an older one has made.
const PreviewVersion = audio.PreviewVersion

// Preview is a sound as browsers play it: what they play anyway is the file as it is;
// the rest becomes WAV on its way.
type Preview struct {
	MediaType string
	Size      int64 // in bytes
	source    interface {
		WriteRange(w io.Writer, offset, n int64) (written int64, err error)
	}
	file  *File
	spool io.Closer // nil without a conversion
}

// WriteRange writes n bytes of the preview from an offset on, see [File.WriteRange].
func (p *Preview) WriteRange(w io.Writer, offset, n int64) (written int64, err error) {
	return p.source.WriteRange(w, offset, n)
}

// Close breaks off what has not come in.
func (p *Preview) Close() error {
	err := p.file.Close()
	if p.spool != nil {
		err = errors.Join(err, p.spool.Close())
	}
	return err
}

// PreviewSize is how long the preview of a file will be, where it is known from before
// that it needs no conversion.
func (a *Account) PreviewSize(id plusofon.MediaID) (size int64, known bool) {
	facts, seen := a.Known(id)
	return facts.Size, seen && facts.info.PlaysInBrowser()
}

// OpenPreview opens a file to be played, from a part of it where that helps, nil for
// the whole. A place in a WAV is another one in the file, so a part counts only where
// PreviewSize is known. Its error is ErrNotPlayable for what is no sound, or none that
// can be converted.
func (a *Account) OpenPreview(ctx context.Context, id plusofon.MediaID, part *plusofon.Range) (*Preview, error) {
	if _, known := a.PreviewSize(id); !known {
		part = nil
	}
	file, err := a.Open(ctx, id, part)
	if err != nil {
		return nil, err
	}
	if file.info.PlaysInBrowser() {
		return &Preview{MediaType: file.MediaType(), Size: file.Size, source: file, file: file}, nil
	}
	preview, err := a.convert(file)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("preparing the preview of media file %s: %w", id, err), file.Close())
	}
	return preview, nil
}

// convert makes WAV of a file. What has come in of it is kept on the disk, since the
// conversion may look back.
func (a *Account) convert(file *File) (*Preview, error) {
	if !file.IsSound {
		return nil, ErrNotPlayable
	}
	original, err := a.library.spools.NewLazy(file.source, file.Size)
	if err != nil {
		return nil, err
	}
	wav, err := newWAV(original)
	if err != nil {
		return nil, errors.Join(err, original.Close())
	}
	return &Preview{MediaType: wav.MediaType(), Size: wav.Size(), source: wav, file: file, spool: original}, nil
}

func newWAV(original sized) (*audio.Preview, error) {
	info, err := audio.DetectStored(original, original.Size())
	if _, refused := errors.AsType[*audio.RefusedError](err); refused {
		return nil, fmt.Errorf("%w: %w", ErrNotPlayable, err)
	}
	if err != nil {
		return nil, fmt.Errorf("recognising the sound: %w", err)
	}
	wav, err := audio.NewPreview(original, info)
	if errors.Is(err, audio.ErrNotPlayable) {
		return nil, fmt.Errorf("%w: %w", ErrNotPlayable, err)
	}
	return wav, err
}
