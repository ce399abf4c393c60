package audio

import (
	"encoding/binary"
	"io"
)

// chunk is a part of a RIFF or IFF file: a name of four letters, a size and
// the content, padded to an even length.
type chunk struct {
	name   string
	offset int64 // of the content
	size   int64 // as the file says
}

// maxChunks bounds the walk through a file that is made of tiny chunks.
const maxChunks = 1000

// chunksOf calls visit for each chunk from an offset on, until it returns
// false, the file ends or nothing that could be a chunk follows.
func chunksOf(file io.ReaderAt, offset, size int64, order binary.ByteOrder, visit func(chunk) bool) {
	header := make([]byte, 8)
	for range maxChunks {
		if offset+8 > size {
			return
		}
		if _, err := file.ReadAt(header, offset); err != nil && err != io.EOF {
			return
		}
		c := chunk{name: string(header[:4]), offset: offset + 8, size: int64(order.Uint32(header[4:]))}
		if !isChunkName(c.name) || !visit(c) {
			return
		}
		offset = c.offset + c.size + c.size%2
	}
}

func isChunkName(name string) bool {
	for i := range len(name) {
		if name[i] < ' ' || name[i] > '~' {
			return false
		}
	}
	return true
}

// content reads the content of a small chunk, up to limit bytes.
func (c chunk) content(file io.ReaderAt, size, limit int64) []byte {
	n := min(c.size, limit, size-c.offset)
	if n <= 0 {
		return nil
	}
	content := make([]byte, n)
	read, err := file.ReadAt(content, c.offset)
	if err != nil && err != io.EOF {
		return nil
	}
	return content[:read]
}

// isWholeFile reports whether the first chunk, which holds all others, is said
// to be as long as the file is. A program that streams can't say that: an
// empty sound then means that there is none.
func isWholeFile(file io.ReaderAt, size int64, order binary.ByteOrder) bool {
	header := chunk{size: 8}.content(file, size, 8)
	if len(header) < 8 {
		return false
	}
	announced := int64(order.Uint32(header[4:])) + 8
	return announced == size || announced == size+1 || announced == size-1
}

// endsInChunks reports whether a RIFF file from an offset on is nothing but chunks, to
// its very end: then what stands before them with a size of 0 is empty, and not of a
// length that was unknown when it was written.
func endsInChunks(file io.ReaderAt, offset, size int64) bool {
	end := offset
	chunksOf(file, offset, size, binary.LittleEndian, func(c chunk) bool {
		end = c.offset + c.size + c.size%2
		return end <= size
	})
	return end == size || end == size+1
}

// lackTolerated is how many bytes of sound a file may lack before it counts as
// cut off: programs that write a size too large by a block are common.
const lackTolerated = 512

// soundSize is how much of the sound a file announces is there. A size of 0 or
// near the end of its range is what a program writes that does not know the
// length beforehand (SoX 0x7F000000 and more): then it is all to the end of
// the file.
func soundSize(announced, available int64) (size int64, err error) {
	const unknownFrom = 0x7F000000 - 64<<10
	switch {
	case available <= 0:
		return 0, refuse(ReasonNoSound, "")
	case announced == 0 || announced >= unknownFrom && announced > available:
		return available, nil
	case announced > available+lackTolerated:
		return 0, refuse(ReasonCutOff, "")
	default:
		return min(announced, available), nil
	}
}
