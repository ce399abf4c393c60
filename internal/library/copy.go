package library

import (
	"io"
	"sync"
)

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
