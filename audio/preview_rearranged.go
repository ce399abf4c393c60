package audio

import (
	"fmt"
	"io"
)

// rearranged is a sound whose samples are kept as they are, or with their bytes in another order. It needs no memory: the
// original is read to where the preview is wanted, and rearranged there.
type rearranged struct {
	file           io.ReaderAt
	offset, length int64
	sampleSize     int64          // bytes
	rearrange      func(b []byte) // rearranges whole samples; nil leaves them
}

// rearrange is the way of PCM, floats, µ-law and A-law to a WAV file.
func rearrange(file io.ReaderAt, info Info) (wavFormat, sound, error) {
	if info.Codec == Float && info.BitsPerSample == 64 {
		file, info = narrow(file, info)
	}
	format := wavFormat{channels: info.Channels, sampleRate: info.SampleRate}
	switch info.Codec {
	case ALaw:
		format.tag, format.bytesOfSample = wavALaw, 1
	case MuLaw:
		format.tag, format.bytesOfSample = wavMuLaw, 1
	case Float:
		format.tag, format.bytesOfSample = wavFloat, info.BitsPerSample/8
	default:
		format.tag, format.bytesOfSample = wavPCM, (info.BitsPerSample+7)/8
	}
	if err := format.check(); err != nil {
		return wavFormat{}, nil, err
	}
	change, err := rearrangement(format, info)
	if err != nil {
		return wavFormat{}, nil, err
	}
	return format, &rearranged{
		file:       file,
		offset:     info.DataOffset,
		length:     info.DataSize - info.DataSize%format.frameSize(),
		sampleSize: int64(format.bytesOfSample),
		rearrange:  change,
	}, nil
}

// rearrangement is what makes a sample of the file one of a WAV file, where the lowest byte stands first, and PCM of 8
// bits is unsigned, longer PCM signed. It is nil if they are alike.
func rearrangement(format wavFormat, info Info) (func([]byte), error) {
	unknown := format.tag == wavPCM && format.bytesOfSample > 4 ||
		format.tag == wavFloat && info.BitsPerSample != 32
	switch {
	case unknown:
		return nil, fmt.Errorf("%w: %s of %d bits", ErrNotPlayable, info.Codec, info.BitsPerSample)
	case format.tag == wavPCM && format.bytesOfSample == 1 && info.Signed:
		return toggleSigns, nil
	case info.BigEndian:
		return swaps[format.bytesOfSample], nil
	default:
		return nil, nil
	}
}

func (r *rearranged) size() int64 { return r.length }

// readAt reads the whole samples of the window to b itself, and the samples that it cuts, at either end, apart.
func (r *rearranged) readAt(b []byte, off int64) (int, error) {
	if r.rearrange == nil {
		return r.readWhole(b, off)
	}
	n := 0
	if cut := off % r.sampleSize; cut != 0 {
		read, err := r.readCut(b, off-cut, cut)
		n += read
		if err != nil {
			return n, err
		}
	}
	whole := len(b[n:]) - len(b[n:])%int(r.sampleSize)
	read, err := r.readWhole(b[n:n+whole], off+int64(n))
	n += read
	if err != nil || n == len(b) {
		return n, err
	}
	read, err = r.readCut(b[n:], off+int64(n), 0)
	return n + read, err
}

// readWhole fills b with whole samples.
func (r *rearranged) readWhole(b []byte, off int64) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	if err := readFull(r.file, b, r.offset+off); err != nil {
		return 0, err
	}
	if r.rearrange != nil {
		r.rearrange(b)
	}
	return len(b), nil
}

// readCut fills b with the bytes from cut on, as far as they go, of the sample at off.
func (r *rearranged) readCut(b []byte, off, cut int64) (int, error) {
	sample := make([]byte, r.sampleSize)
	if _, err := r.readWhole(sample, off); err != nil {
		return 0, err
	}
	return copy(b, sample[cut:]), nil
}
