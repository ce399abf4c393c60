package plusofon

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// largestNote is how much of an answer that begins like JSON is read to find out
// whether it is: a note in place of a file is short.
const largestNote = 64 << 10

var byteOrderMark = []byte("\uFEFF")

// notJSON looks at the start of an answer that should be a file. JSON null, an
// object, or nothing at all is an error, whatever the content type says. It
// returns what is to be read from the start again.
func (x *exchange) notJSON() (io.Reader, error) {
	start := make([]byte, 512)
	n, err := io.ReadAtLeast(x.response.Body, start, 1)
	start = start[:n]
	switch {
	case err == io.EOF:
		return nil, x.fail(ErrNoFile, errors.New("the answer is empty"))
	case err != nil:
		return nil, x.broken(true, fmt.Errorf("reading the file: %w", err))
	case !maybeJSON(start):
		return io.MultiReader(bytes.NewReader(start), x.response.Body), nil
	}
	rest, err := io.ReadAll(io.LimitReader(x.response.Body, largestNote))
	if err != nil {
		return nil, x.broken(true, fmt.Errorf("reading the file: %w", err))
	}
	start = append(start, rest...)
	if err := x.note(start); err != nil {
		return nil, err
	}
	return io.MultiReader(bytes.NewReader(start), x.response.Body), nil
}

func maybeJSON(start []byte) bool {
	text := trimJSON(start)
	return len(text) == 0 || text[0] == '{' || text[0] == 'n'
}

func trimJSON(text []byte) []byte {
	return bytes.Trim(bytes.TrimPrefix(text, byteOrderMark), " \t\r\n")
}

// note is the error that an answer stands for if it is JSON, nil if it isn't.
func (x *exchange) note(answer []byte) error {
	text := trimJSON(answer)
	if !json.Valid(text) {
		return nil
	}
	v := readVerdict(text)
	if v.failed() {
		return x.refused(v, nil)
	}
	return x.failSaying(v, ErrNoFile)
}

// fileBody gives exactly the bytes that were announced, or an error.
type fileBody struct {
	exchange *exchange
	source   io.Reader
	left     int64 // bytes still to come, below 0 if unknown
	err      error
}

func (b *fileBody) Read(p []byte) (int, error) {
	if b.err != nil || len(p) == 0 {
		return 0, b.err
	}
	n, err := b.source.Read(p)
	known := b.left >= 0
	switch {
	case known && int64(n) > b.left:
		n = int(b.left)
		err = b.exchange.unexpected(errors.New("the file is longer than announced"))
	case err == io.EOF && known && int64(n) < b.left:
		err = b.exchange.broken(true, fmt.Errorf("reading the file: %w", io.ErrUnexpectedEOF))
	case err != nil && err != io.EOF:
		err = b.exchange.broken(true, fmt.Errorf("reading the file: %w", err))
	}
	if known {
		b.left -= int64(n)
	}
	b.err = err
	return n, err
}

func (b *fileBody) Close() error { return b.exchange.response.Body.Close() }
