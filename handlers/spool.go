package handlers

import (
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"os"
	"sync"
)

// errTooLarge is a body larger than is accepted.
var errTooLarge = errors.New("too large")

// spoolError is a failure of our own disk, as against one of the body.
type spoolError struct{ err error }

func (e *spoolError) Error() string { return "the temporary file: " + e.err.Error() }
func (e *spoolError) Unwrap() error { return e.err }

// copyBuffer is what a body takes while it passes. A slow client holds one for
// as long as it takes.
type copyBuffer [48 << 10]byte

// copyBuffers serve all copying of bodies.
var copyBuffers = sync.Pool{New: func() any { return new(copyBuffer) }}

// spool holds a body on the disk, in a temporary file: where files can be
// without a name, nobody else can open it, and it is gone when it is closed or
// the program ends.
type spool struct {
	file *temporaryFile
	size int64
	hash uint64
}

// hashSeed makes the hashes of one run of the program comparable.
var hashSeed = maphash.MakeSeed()

// newSpool reads a body to its end, up to limit bytes.
func newSpool(body io.Reader, limit int64) (*spool, error) {
	file, err := newTemporaryFile()
	if err != nil {
		return nil, err
	}
	var hash maphash.Hash
	hash.SetSeed(hashSeed)
	// One byte more shows that there is more.
	size, err := copyInPieces(io.MultiWriter(diskWriter{file}, &hash), io.LimitReader(body, limit+1))
	if err == nil && size > limit {
		err = fmt.Errorf("%w: more than %d bytes", errTooLarge, limit)
	}
	if err != nil {
		_ = file.Close() // the file is given up anyway
		return nil, err
	}
	return &spool{file: file, size: size, hash: hash.Sum64()}, nil
}

// copyInPieces copies in pieces as large as the buffer. A part of a form gives
// 4 KB at a time, and a call of the system for each would be most of the work.
func copyInPieces(w io.Writer, r io.Reader) (written int64, err error) {
	buffer := copyBuffers.Get().(*copyBuffer)
	defer copyBuffers.Put(buffer)
	for err == nil {
		var n int
		for n < len(buffer) && err == nil {
			var read int
			read, err = r.Read(buffer[n:])
			n += read
		}
		if _, failed := w.Write(buffer[:n]); failed != nil {
			return written, failed
		}
		written += int64(n)
	}
	if err == io.EOF { // io.ReadFull could not tell it from a body that breaks off
		err = nil
	}
	return written, err
}

// temporaryFile loses its name as soon as it is made, or, on systems where an
// open file can't (Windows), when it is closed.
type temporaryFile struct {
	*os.File
	named bool
}

func newTemporaryFile() (*temporaryFile, error) {
	file, err := os.CreateTemp("", "dashboard-*")
	if err != nil {
		return nil, &spoolError{err}
	}
	return &temporaryFile{File: file, named: os.Remove(file.Name()) != nil}, nil
}

// Close gives the disk space back.
func (f *temporaryFile) Close() error {
	err := f.File.Close()
	if f.named {
		err = errors.Join(err, os.Remove(f.Name()))
	}
	return err
}

// diskWriter marks the failures of the disk.
type diskWriter struct{ file *temporaryFile }

func (w diskWriter) Write(p []byte) (int, error) {
	n, err := w.file.Write(p)
	if err != nil {
		err = &spoolError{err}
	}
	return n, err
}

// Size is that of the body, in bytes.
func (s *spool) Size() int64 { return s.size }

// Hash tells bodies of this run of the program apart, but for chance.
func (s *spool) Hash() uint64 { return s.hash }

// ReadAt reads from any place of the body.
func (s *spool) ReadAt(p []byte, offset int64) (int, error) { return s.file.ReadAt(p, offset) }

// Reader reads the body from its beginning.
func (s *spool) Reader() io.Reader { return io.NewSectionReader(s.file, 0, s.size) }

// Close gives the disk space back.
func (s *spool) Close() error { return s.file.Close() }

// lazySpool is a body of known size that is still coming in: what is read of
// it is fetched up to there and kept. So the beginning can be used before the
// rest has arrived, and any place can be read again.
type lazySpool struct {
	mu      sync.Mutex
	file    *temporaryFile
	body    io.Reader
	size    int64
	fetched int64
	err     error // of the body; nothing more will come
}

func newLazySpool(body io.Reader, size int64) (*lazySpool, error) {
	file, err := newTemporaryFile()
	if err != nil {
		return nil, err
	}
	return &lazySpool{file: file, body: body, size: size}, nil
}

// Size is that of the whole body, in bytes.
func (s *lazySpool) Size() int64 { return s.size }

// ReadAt waits until the part has come in.
func (s *lazySpool) ReadAt(p []byte, offset int64) (int, error) {
	end := min(offset+int64(len(p)), s.size)
	if err := s.fetch(end); err != nil {
		return 0, err
	}
	return s.file.ReadAt(p, offset)
}

// fetch brings in the body up to an offset.
func (s *lazySpool) fetch(end int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fetched >= end {
		return nil
	}
	if s.err != nil {
		return s.err
	}
	buffer := copyBuffers.Get().(*copyBuffer)
	defer copyBuffers.Put(buffer)
	n, err := io.CopyBuffer(diskWriter{s.file}, io.LimitReader(s.body, end-s.fetched), buffer[:])
	s.fetched += n
	if err == nil && s.fetched < end {
		err = io.ErrUnexpectedEOF
	}
	s.err = err
	return err
}

// Close gives the disk space back. The body is its owner's to close.
func (s *lazySpool) Close() error { return s.file.Close() }
