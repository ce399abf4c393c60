package spool

import (
	"io"
	"sync"
)

// Lazy is a body of known size that is still coming in: what is read of
// it is fetched up to there and kept. So the beginning can be used before the
// rest has arrived, and any place can be read again.
type Lazy struct {
	mu      sync.Mutex
	file    *temporaryFile
	body    io.Reader
	size    int64
	fetched int64
	err     error // of the body; nothing more will come
}

// NewLazy makes a spool of a body that is fetched as it is read.
func (p *Pool) NewLazy(body io.Reader, size int64) (*Lazy, error) {
	file, err := p.newTemporaryFile()
	if err != nil {
		return nil, err
	}
	return &Lazy{file: file, body: body, size: size}, nil
}

// Size is that of the whole body, in bytes.
func (s *Lazy) Size() int64 { return s.size }

// ReadAt waits until the part has come in.
func (s *Lazy) ReadAt(p []byte, offset int64) (int, error) {
	end := min(offset+int64(len(p)), s.size)
	if err := s.fetch(end); err != nil {
		return 0, err
	}
	return s.file.ReadAt(p, offset)
}

// fetch brings in the body up to an offset.
func (s *Lazy) fetch(end int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fetched >= end {
		return nil
	}
	if s.err != nil {
		return s.err
	}
	buffer := buffers.Get().(*[bufferSize]byte)
	defer buffers.Put(buffer)
	n, err := io.CopyBuffer(s.file, io.LimitReader(s.body, end-s.fetched), buffer[:])
	s.fetched += n
	if err == nil && s.fetched < end {
		err = io.ErrUnexpectedEOF
	}
	s.err = err
	return err
}

// Close gives the disk space back. The body is its owner's to close.
func (s *Lazy) Close() error { return s.file.Close() }
