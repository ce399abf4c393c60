// Package spool holds bodies on the disk while they pass through: uploads that are
// recognised before they are sent on, and files of Plusofon's whose place is looked
// for or whose length is not known. What all spools of a pool hold together is
// bounded, so that a few of them can't fill the disk.
//
// A spool is a temporary file: where files can be without a name, nobody else can
// open it, and it is gone when it is closed or the program ends.
package spool

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"sync/atomic"
	"syscall"
)

var (
	// ErrTooLarge is a body larger than is accepted.
	ErrTooLarge = errors.New("too large")
	// ErrDiskFull is a disk of ours that takes nothing more.
	ErrDiskFull = errors.New("the disk is full")
	// ErrPoolFull means that all spools together hold as much as they may. It passes
	// when one of them is closed.
	ErrPoolFull = errors.New("the spools are full")
)

// DiskError is a failure of our own disk, as against one of the body.
type DiskError struct{ err error }

func (e *DiskError) Error() string { return "the temporary file: " + e.err.Error() }

// Unwrap gives the cause, which may be ErrDiskFull or ErrPoolFull.
func (e *DiskError) Unwrap() error { return e.err }

// diskFullOnWindows is ERROR_DISK_FULL.
const diskFullOnWindows = syscall.Errno(112)

// asDiskFull marks the errors of a disk that is full.
func asDiskFull(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) ||
		runtime.GOOS == "windows" && errors.Is(err, diskFullOnWindows) {
		return fmt.Errorf("%w: %w", ErrDiskFull, err)
	}
	return err
}

// Pool makes spools, and bounds what all of them hold together.
type Pool struct {
	limit int64
	held  atomic.Int64
}

// NewPool makes a pool whose spools hold so many bytes at most.
func NewPool(limit int64) *Pool { return &Pool{limit: limit} }

// reserve takes room for so many bytes, or fails.
func (p *Pool) reserve(bytes int64) error {
	if p.held.Add(bytes) > p.limit {
		p.held.Add(-bytes)
		return fmt.Errorf("%w: %d bytes", ErrPoolFull, p.limit)
	}
	return nil
}

// temporaryFile loses its name as soon as it is made, or, on systems where an
// open file can't (Windows), when it is closed.
type temporaryFile struct {
	file  *os.File
	named bool // still
	pool  *Pool
	held  atomic.Int64 // bytes reserved for it
}

func (p *Pool) newTemporaryFile() (*temporaryFile, error) {
	file, err := os.CreateTemp("", "dashboard-*")
	if err != nil {
		return nil, &DiskError{asDiskFull(err)}
	}
	return &temporaryFile{file: file, named: os.Remove(file.Name()) != nil, pool: p}, nil
}

// ReadAt reads from any place of the file.
func (f *temporaryFile) ReadAt(b []byte, offset int64) (int, error) { return f.file.ReadAt(b, offset) }

// Write reserves the room first. All its failures are a DiskError.
func (f *temporaryFile) Write(b []byte) (int, error) {
	if err := f.pool.reserve(int64(len(b))); err != nil {
		return 0, &DiskError{err}
	}
	f.held.Add(int64(len(b)))
	n, err := f.file.Write(b)
	if err != nil {
		err = &DiskError{asDiskFull(err)}
	}
	return n, err
}

// Close gives the disk space back.
func (f *temporaryFile) Close() error {
	err := f.file.Close()
	f.pool.held.Add(-f.held.Swap(0))
	if f.named {
		err = errors.Join(err, os.Remove(f.file.Name()))
	}
	return err
}
