package handlers

import (
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// errTooLarge is a body larger than is accepted.
var errTooLarge = errors.New("too large")

// spoolError is a failure of our own disk, as against one of the body.
type spoolError struct{ err error }

func (e *spoolError) Error() string { return "the temporary file: " + e.err.Error() }
func (e *spoolError) Unwrap() error { return e.err }

var (
	// errDiskFull is a disk of ours that takes nothing more.
	errDiskFull = errors.New("the disk is full")
	// errSpoolsFull means that all spools together hold as much as they may.
	errSpoolsFull = errors.New("the spools are full")
)

// diskFullOnWindows is ERROR_DISK_FULL.
const diskFullOnWindows = syscall.Errno(112)

// asDiskFull marks the errors of a disk that is full.
func asDiskFull(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) ||
		runtime.GOOS == "windows" && errors.Is(err, diskFullOnWindows) {
		return fmt.Errorf("%w: %w", errDiskFull, err)
	}
	return err
}

// spools makes spools, and bounds what all of them together hold.
type spools struct {
	limit int64
	held  atomic.Int64
}

// spoolsPatience is when to try again after spools were full.
const spoolsPatience = 30 * time.Second

// reserve takes room for so many bytes, or fails.
func (s *spools) reserve(bytes int64) error {
	if s.held.Add(bytes) > s.limit {
		s.held.Add(-bytes)
		return &waitError{cause: fmt.Errorf("%w: %d bytes", errSpoolsFull, s.limit), wait: spoolsPatience}
	}
	return nil
}

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
func (s *spools) newSpool(body io.Reader, limit int64) (*spool, error) {
	file, err := s.newTemporaryFile()
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
	named  bool
	spools *spools
	held   atomic.Int64 // bytes reserved for it
}

func (s *spools) newTemporaryFile() (*temporaryFile, error) {
	file, err := os.CreateTemp("", "dashboard-*")
	if err != nil {
		return nil, &spoolError{asDiskFull(err)}
	}
	return &temporaryFile{File: file, named: os.Remove(file.Name()) != nil, spools: s}, nil
}

// Close gives the disk space back.
func (f *temporaryFile) Close() error {
	err := f.File.Close()
	f.spools.held.Add(-f.held.Swap(0))
	if f.named {
		err = errors.Join(err, os.Remove(f.Name()))
	}
	return err
}

// diskWriter marks the failures of the disk.
type diskWriter struct{ file *temporaryFile }

func (w diskWriter) Write(p []byte) (int, error) {
	if err := w.file.spools.reserve(int64(len(p))); err != nil {
		return 0, &spoolError{err}
	}
	w.file.held.Add(int64(len(p)))
	n, err := w.file.Write(p)
	if err != nil {
		err = &spoolError{asDiskFull(err)}
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

func (s *spools) newLazySpool(body io.Reader, size int64) (*lazySpool, error) {
	file, err := s.newTemporaryFile()
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
