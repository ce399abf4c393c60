package audio

import (
	"encoding/binary"
	"io"
	"math"
)

// narrowed is samples of 64-bit floats read as floats of 32 bits, lowest byte
// first: browsers play no longer ones, and nobody hears the difference.
type narrowed struct {
	file   io.ReaderAt
	offset int64 // of the sound in the file
	order  binary.ByteOrder
}

// narrow describes the same sound with floats of 32 bits.
func narrow(file io.ReaderAt, info Info) (io.ReaderAt, Info) {
	source := &narrowed{file: file, offset: info.DataOffset, order: binary.LittleEndian}
	if info.BigEndian {
		source.order = binary.BigEndian
	}
	info.BitsPerSample, info.BigEndian = 32, false
	info.DataOffset, info.DataSize, info.BlockAlign = 0, info.DataSize/8*4, info.BlockAlign/2
	return source, info
}

// ReadAt reads any part, whole samples or not.
func (s *narrowed) ReadAt(b []byte, off int64) (int, error) {
	var wide [4096]byte
	done := 0
	for done < len(b) {
		first := (off + int64(done)) / 4
		skip := int(off+int64(done)) % 4
		samples := min((len(b)-done+skip+3)/4, len(wide)/8)
		n, err := s.file.ReadAt(wide[:samples*8], s.offset+first*8)
		var narrow [4]byte
		for i := range n / 8 {
			value := float32(math.Float64frombits(s.order.Uint64(wide[i*8:])))
			binary.LittleEndian.PutUint32(narrow[:], math.Float32bits(value))
			done += copy(b[done:], narrow[skip:])
			skip = 0
		}
		if done < len(b) && err != nil {
			return done, err
		}
	}
	return done, nil
}
