package audio

import (
	"errors"
	"fmt"
	"io"
	"sync"
)

// A Preview is a sound as a WAV file that every browser plays, made from the original while it is read. Its size is known
// before anything is, and any part of it can be read: AU, AIFF and raw files only get another header and another order of
// bytes, so any part costs the same; µ-law and A-law stay what they are. GSM and ADPCM become 16-bit PCM.
//
// The bytes are the same however they are read. A Preview can be read from several goroutines at once, but those that
// need decoding wait for each other, so a preview of its own for each request is better. The original is read in order as
// long as the Preview is, and never further than what is asked for: it may still be on its way.
type Preview struct {
	header []byte
	sound  sound
	size   int64
}

// A sound is the body of a WAV file.
type sound interface {
	// readAt fills b, which does not reach past size, or says how many of its first bytes are good.
	readAt(b []byte, off int64) (int, error)
	size() int64
}

// NewPreview returns the preview of a file that Detect gave info on. It reads nothing from the file yet. The error is
// ErrNotPlayable for what can't be turned to WAV at a constant rate (MP3, Vorbis, Speex …; most of it plays in browsers
// as it is, see Info.PlaysInBrowser), and for more sound than a WAV file holds.
func NewPreview(file io.ReaderAt, info Info) (*Preview, error) {
	if info.DataOffset < 0 || info.DataSize < 0 {
		return nil, fmt.Errorf("%w: %d bytes of sound at %d", ErrNotPlayable, info.DataSize, info.DataOffset)
	}
	format, sound, err := convert(file, info)
	if err != nil {
		return nil, err
	}
	header, err := format.header(sound.size())
	if err != nil {
		return nil, err
	}
	size := int64(len(header)) + sound.size() + padding(sound.size())
	return &Preview{header: header, sound: sound, size: size}, nil
}

// convert finds the way from the sound in the file to that in a WAV file.
func convert(file io.ReaderAt, info Info) (wavFormat, sound, error) {
	switch info.Codec {
	case PCM, Float, ALaw, MuLaw:
		if info.padded() {
			return wavFormat{}, nil, fmt.Errorf("%w: %d bits in blocks of %d bytes", ErrNotPlayable, info.BitsPerSample, info.BlockAlign)
		}
		return rearrange(file, info)
	case GSM610, IMAADPCM, MSADPCM:
		return decode(file, info)
	default:
		return wavFormat{}, nil, fmt.Errorf("%w: %s in %s", ErrNotPlayable, info.Codec, info.Format)
	}
}

// MediaType is the type of the preview: audio/wav.
func (p *Preview) MediaType() string { return "audio/wav" }

// Size is the exact number of bytes of the preview.
func (p *Preview) Size() int64 { return p.size }

// ReadAt implements io.ReaderAt. An original that ends too early is io.ErrUnexpectedEOF.
func (p *Preview) ReadAt(b []byte, off int64) (int, error) {
	if off < 0 {
		return 0, errors.New("audio: negative offset")
	}
	if off >= p.size {
		return 0, io.EOF
	}
	wanted := len(b)
	b = b[:min(int64(len(b)), p.size-off)]
	n := 0
	if off < int64(len(p.header)) {
		n = copy(b, p.header[off:])
	}
	at := off + int64(n) - int64(len(p.header))
	if body := min(int64(len(b)-n), p.sound.size()-at); body > 0 {
		read, err := p.sound.readAt(b[n:n+int(body)], at)
		n += read
		if err != nil {
			return n, fmt.Errorf("audio: read the sound of a preview at %d: %w", at, err)
		}
	}
	clear(b[n:]) // the padding of a chunk of odd size
	if len(b) < wanted {
		return len(b), io.EOF
	}
	return len(b), nil
}

var _ io.ReaderAt = (*Preview)(nil)

// buffers are what the original passes through.
var buffers = sync.Pool{New: func() any { return new([64 << 10]byte) }}

// PreviewVersion tells previews of this package from those that an older one has
// made of the same file, which browsers may have kept. It is raised whenever a
// preview changes.
const PreviewVersion = "2"

// WriteRange writes n bytes of the preview from off on, or those up to its end. It costs less than io.Copy from an
// io.SectionReader: the buffer is larger, and one of a pool.
func (p *Preview) WriteRange(w io.Writer, off, n int64) (written int64, err error) {
	buffer := buffers.Get().(*[64 << 10]byte)
	defer buffers.Put(buffer)
	n = min(n, p.size-off)
	for written < n {
		read, err := p.ReadAt(buffer[:min(int64(len(buffer)), n-written)], off+written)
		sent, writeErr := w.Write(buffer[:read])
		written += int64(sent)
		if err := errors.Join(err, writeErr); err != nil {
			return written, err
		}
	}
	return written, nil
}

// readFull fills b from the file.
func readFull(file io.ReaderAt, b []byte, off int64) error {
	n, err := file.ReadAt(b, off)
	switch {
	case n == len(b):
		return nil
	case err == nil || errors.Is(err, io.EOF):
		return io.ErrUnexpectedEOF
	default:
		return err
	}
}
