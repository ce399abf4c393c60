package spool

import (
	"bufio"
	"fmt"
	"hash/maphash"
	"io"
	"sync"
)

// bufferSize is of what a body passes through, in bytes. Whoever stands still
// holds one for as long as it takes.
const bufferSize = 48 << 10

var (
	buffers = sync.Pool{New: func() any { return new([bufferSize]byte) }}
	writers = sync.Pool{New: func() any { return bufio.NewWriterSize(nil, bufferSize) }}
)

// Spool holds a whole body.
type Spool struct {
	file *temporaryFile
	size int64
	hash uint64
}

// hashSeed makes the hashes of one run of the program comparable.
var hashSeed = maphash.MakeSeed()

// New reads a body to its end. More than limit bytes of it are ErrTooLarge.
func (p *Pool) New(body io.Reader, limit int64) (*Spool, error) {
	file, err := p.newTemporaryFile()
	if err != nil {
		return nil, err
	}
	var hash maphash.Hash
	hash.SetSeed(hashSeed)
	// One byte more shows that there is more.
	size, err := copyBuffered(io.MultiWriter(file, &hash), io.LimitReader(body, limit+1))
	if err == nil && size > limit {
		err = fmt.Errorf("%w: more than %d bytes", ErrTooLarge, limit)
	}
	if err != nil {
		_ = file.Close() // the file is given up anyway
		return nil, err
	}
	return &Spool{file: file, size: size, hash: hash.Sum64()}, nil
}

// copyBuffered writes in pieces as large as the buffer: a part of a form gives 4 KB
// at a time, and a call of the system for each would be most of the work.
func copyBuffered(w io.Writer, r io.Reader) (int64, error) {
	buffered := writers.Get().(*bufio.Writer)
	defer func() {
		buffered.Reset(nil)
		writers.Put(buffered)
	}()
	buffered.Reset(w)
	n, err := buffered.ReadFrom(r)
	if err == nil {
		err = buffered.Flush()
	}
	return n, err
}

// Size is that of the body, in bytes.
func (s *Spool) Size() int64 { return s.size }

// Hash tells bodies of this run of the program apart, but for chance.
func (s *Spool) Hash() uint64 { return s.hash }

// ReadAt reads from any place of the body.
func (s *Spool) ReadAt(p []byte, offset int64) (int, error) { return s.file.ReadAt(p, offset) }

// Reader reads the body from its beginning.
func (s *Spool) Reader() io.Reader { return io.NewSectionReader(s.file, 0, s.size) }

// Close gives the disk space back.
func (s *Spool) Close() error { return s.file.Close() }
