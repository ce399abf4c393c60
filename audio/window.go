package audio

import "io"

const (
	windowSize = 64 << 10
	lookBack   = 8 << 10 // of the window stands before what was asked for
)

// window reads a file in small steps, mostly forward, through a buffer: a read
// for each step would be slow.
type window struct {
	file   io.ReaderAt
	size   int64 // of the file
	held   []byte
	offset int64 // of held in the file
}

// at gives up to n bytes at an offset; fewer at the end of the file, and where
// it can't be read. They are good until the next call.
func (w *window) at(offset int64, n int) []byte {
	if offset < 0 || offset >= w.size {
		return nil
	}
	if offset < w.offset || min(offset+int64(n), w.size) > w.offset+int64(len(w.held)) {
		w.load(max(offset-lookBack, 0))
	}
	from := offset - w.offset
	if from < 0 || from >= int64(len(w.held)) {
		return nil
	}
	return w.held[from:min(from+int64(n), int64(len(w.held)))]
}

func (w *window) load(offset int64) {
	if w.held == nil {
		w.held = make([]byte, min(windowSize, w.size))
	}
	read, err := w.file.ReadAt(w.held[:min(int64(cap(w.held)), w.size-offset)], offset)
	if err != nil && err != io.EOF {
		read = 0
	}
	w.held, w.offset = w.held[:read], offset
}
