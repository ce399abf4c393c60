package audio

import (
	"encoding/binary"
	"fmt"
	"math"
)

// A wavFormat is the sound of a WAV file, as its `fmt ` chunk describes it.
type wavFormat struct {
	tag                                 uint16
	channels, sampleRate, bytesOfSample int
}

// frameSize is the number of bytes in one sample of all channels.
func (f wavFormat) frameSize() int64 { return int64(f.channels) * int64(f.bytesOfSample) }

// check refuses what the fields of a header cannot hold.
func (f wavFormat) check() error {
	if f.channels < 1 || f.sampleRate < 1 || f.bytesOfSample < 1 {
		return fmt.Errorf("%w: %d channels of %d bytes at %d Hz", ErrNotPlayable, f.channels, f.bytesOfSample, f.sampleRate)
	}
	if f.channels > math.MaxUint16 || f.bytesOfSample > 8 || f.frameSize() > math.MaxUint16 ||
		int64(f.sampleRate) > math.MaxUint32/f.frameSize() {
		return fmt.Errorf("%w: %d channels at %d Hz do not fit a WAV header", ErrNotPlayable, f.channels, f.sampleRate)
	}
	return nil
}

// header is what stands before dataSize bytes of sound: 44 bytes for PCM. All else has an extended `fmt ` chunk and a
// `fact` chunk with the number of samples of each channel, 58 bytes (Microsoft, "New Multimedia Data Types and Data
// Techniques", 1994).
func (f wavFormat) header(dataSize int64) ([]byte, error) {
	const longest = 58
	if dataSize > math.MaxUint32-longest {
		return nil, fmt.Errorf("%w: %d bytes of sound are too many for WAV", ErrNotPlayable, dataSize)
	}
	chunks := f.chunks(dataSize)
	afterSize := len("WAVE") + len(chunks) + len("data") + 4
	h := make([]byte, 0, longest)
	h = append(h, "RIFF"...)
	h = binary.LittleEndian.AppendUint32(h, uint32(int64(afterSize)+dataSize+padding(dataSize)))
	h = append(h, "WAVE"...)
	h = append(h, chunks...)
	h = append(h, "data"...)
	return binary.LittleEndian.AppendUint32(h, uint32(dataSize)), nil
}

// chunks are those between the header of RIFF and the sound.
func (f wavFormat) chunks(dataSize int64) []byte {
	const plain, extended = 16, 18 // bytes in the `fmt ` chunk
	size := uint32(extended)
	if f.tag == wavPCM {
		size = plain
	}
	b := append([]byte(nil), "fmt "...)
	b = binary.LittleEndian.AppendUint32(b, size)
	b = binary.LittleEndian.AppendUint16(b, f.tag)
	b = binary.LittleEndian.AppendUint16(b, uint16(f.channels))
	b = binary.LittleEndian.AppendUint32(b, uint32(f.sampleRate))
	b = binary.LittleEndian.AppendUint32(b, uint32(int64(f.sampleRate)*f.frameSize()))
	b = binary.LittleEndian.AppendUint16(b, uint16(f.frameSize()))
	b = binary.LittleEndian.AppendUint16(b, uint16(8*f.bytesOfSample))
	if f.tag == wavPCM {
		return b
	}
	b = binary.LittleEndian.AppendUint16(b, 0) // the extension is empty
	b = append(b, "fact"...)
	b = binary.LittleEndian.AppendUint32(b, 4)
	return binary.LittleEndian.AppendUint32(b, uint32(dataSize/f.frameSize()))
}

// padding is the number of bytes that follow a chunk of odd size.
func padding(size int64) int64 { return size & 1 }
