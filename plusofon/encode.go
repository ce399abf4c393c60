package plusofon

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
)

// piece is what an upload holds in memory: a multiple of 3 bytes, so that only
// the last piece of a file is padded.
type piece struct {
	plain   [48 << 10]byte
	encoded [64 << 10]byte
}

var pieces = sync.Pool{New: func() any { return new(piece) }}

const uploadEnding = `"}`

// uploadBody is the JSON of an upload, encoded as it is read. The lock makes
// Close wait for a Read: net/http may close a body while it reads it.
type uploadBody struct {
	length int64 // of the whole JSON

	mu      sync.Mutex
	content io.Reader
	size    int64
	left    int64  // bytes of content not yet read
	pending []byte // JSON not yet handed out
	piece   *piece
	end     error // once nothing follows pending: io.EOF or what went wrong
}

func newUploadBody(u Upload) *uploadBody {
	fields, err := json.Marshal(struct {
		Name   string `json:"name"`
		Format Format `json:"file_mime_type"`
	}{u.Name, u.Format})
	if err != nil {
		panic(err) // strings can always be marshalled
	}
	opening := append(fields[:len(fields)-1], `,"file":"`...)
	encoded := (u.Size + 2) / 3 * 4
	return &uploadBody{
		length:  int64(len(opening)) + encoded + int64(len(uploadEnding)),
		content: u.Content,
		size:    u.Size,
		left:    u.Size,
		pending: opening,
	}
}

func (b *uploadBody) Read(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.pending) == 0 {
		b.fill()
	}
	if len(b.pending) == 0 {
		return 0, b.end
	}
	n := copy(p, b.pending)
	b.pending = b.pending[n:]
	return n, nil
}

// Close gives the memory back, and makes sure that content is not read again.
func (b *uploadBody) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.finish(errors.New("upload is closed"))
	b.pending = nil
	return nil
}

// failure is why the content couldn't be sent, nil if it could.
func (b *uploadBody) failure() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, ok := errors.AsType[*contentError](b.end); ok {
		return b.end
	}
	return nil
}

// fill makes the next JSON pending, or sets end.
func (b *uploadBody) fill() {
	switch {
	case b.end != nil:
	case b.left > 0:
		if err := b.encode(); err != nil {
			b.finish(&contentError{err})
		}
	default:
		b.pending = []byte(uploadEnding)
		b.finish(io.EOF)
	}
}

func (b *uploadBody) finish(end error) {
	if b.end == nil {
		b.end = end
	}
	if b.piece != nil {
		pieces.Put(b.piece)
		b.piece = nil
	}
}

// encode makes the next piece of content pending. The last piece is held back
// until the content is known to end there: a request that is one byte too long
// must not become whole.
func (b *uploadBody) encode() error {
	if b.piece == nil {
		b.piece = pieces.Get().(*piece)
	}
	plain := b.piece.plain[:min(b.left, int64(len(b.piece.plain)))]
	n, err := io.ReadFull(b.content, plain)
	b.left -= int64(n)
	switch {
	case err == io.EOF || err == io.ErrUnexpectedEOF:
		return fmt.Errorf("%w: it ended after %d of %d bytes", ErrContentSize, b.size-b.left, b.size)
	case err != nil:
		return err
	}
	encoded := b.piece.encoded[:base64.StdEncoding.EncodedLen(n)]
	base64.StdEncoding.Encode(encoded, plain)
	if b.left == 0 {
		n, err := io.ReadFull(b.content, b.piece.plain[:1])
		switch {
		case n > 0:
			return fmt.Errorf("%w: it goes on after %d bytes", ErrContentSize, b.size)
		case err != io.EOF:
			return err
		}
	}
	b.pending = encoded
	return nil
}

// contentError is a failure of what is uploaded, not of the way it goes.
type contentError struct {
	err error
}

func (e *contentError) Error() string { return "reading the content: " + e.err.Error() }
func (e *contentError) Unwrap() error { return e.err }
