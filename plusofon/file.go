package plusofon

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// Range is a part of a file: the offsets of its first and last byte. Last below
// 0 means up to the end.
type Range struct {
	First, Last int64
}

func (r Range) valid() bool {
	return r.First >= 0 && (r.Last < 0 || r.Last >= r.First)
}

func (r Range) header() string {
	if r.Last < 0 {
		return fmt.Sprintf("bytes=%d-", r.First)
	}
	return fmt.Sprintf("bytes=%d-%d", r.First, r.Last)
}

// File is the content of a media file, or a part of it.
type File struct {
	// Body is the caller's to close. It ends with io.EOF only after Length bytes,
	// if that is known: a transfer that was cut short gives an [*Error], within it
	// io.ErrUnexpectedEOF if the connection was closed.
	Body io.ReadCloser
	// First is the offset of Body's first byte in the file: 0 unless Plusofon
	// honoured the range.
	First int64
	// Length is how many bytes Body has, -1 if Plusofon did not say.
	Length int64
	// Size is that of the whole file, -1 if unknown.
	Size int64
}

// OpenFile opens the content of a file, from a range of it if r is not nil.
// Plusofon may not honour the range: then First is 0 and Body the whole file. An
// answer that can't be a file is [ErrNoFile], or what the API said instead. The
// context must last as long as Body is read.
func (c *Client) OpenFile(ctx context.Context, id MediaID, r *Range) (*File, error) {
	req, err := c.mediaRequest("open file", http.MethodGet, id, "file")
	if err != nil {
		return nil, err
	}
	// With a compressed answer, lengths and ranges would not be those of the file.
	req.header = http.Header{"Accept-Encoding": {"identity"}}
	if r != nil {
		if !r.valid() {
			x := exchange{client: c, request: req}
			return nil, x.fail(ErrRangeNotSatisfiable, fmt.Errorf("range %d to %d", r.First, r.Last))
		}
		req.header.Set("Range", r.header())
	}
	x, err := c.send(ctx, req)
	if err != nil {
		return nil, err
	}
	if target := x.handedOn(); target != nil {
		if err := x.follow(target); err != nil {
			_ = x.response.Body.Close() // the failure tells more
			return nil, err
		}
	}
	file, err := x.file(r)
	if err != nil {
		_ = x.response.Body.Close() // the failure tells more
		return nil, err
	}
	return file, nil
}

// file makes the answer a File. The body stays open; the caller closes it after
// an error.
func (x *exchange) file(r *Range) (*File, error) {
	var file *File
	var err error
	switch x.response.StatusCode {
	case http.StatusOK:
		file = &File{Length: x.response.ContentLength, Size: x.response.ContentLength}
	case http.StatusPartialContent:
		file, err = x.part(r)
	case http.StatusNoContent:
		err = x.fail(ErrNoFile)
	default:
		if err = x.success(new(verdict)); err == nil {
			err = x.unexpected(errors.New("not a status of a file"))
		}
	}
	if err != nil {
		return nil, err
	}
	if encoding := x.response.Header.Get("Content-Encoding"); encoding != "" && !strings.EqualFold(encoding, "identity") {
		return nil, x.unexpected(errors.New("the file is compressed, which was not asked for"))
	}
	var source io.Reader = x.response.Body
	if file.Length == file.Size { // a part of a file may look like anything
		if source, err = x.notJSON(); err != nil {
			return nil, err
		}
	}
	file.Body = &fileBody{exchange: x, source: source, left: file.Length}
	return file, nil
}

// part checks an answer with a part of the file against the range asked for.
func (x *exchange) part(r *Range) (*File, error) {
	if r == nil {
		return nil, x.unexpected(errors.New("a part of the file, which was not asked for"))
	}
	sent, err := parseContentRange(x.response.Header.Get("Content-Range"))
	if err != nil {
		return nil, x.unexpected(err)
	}
	if err := sent.answers(*r); err != nil {
		return nil, x.unexpected(err)
	}
	length := sent.last - sent.first + 1
	if stated := x.response.ContentLength; stated >= 0 && stated != length {
		return nil, x.unexpected(fmt.Errorf("Content-Length %d for a range of %d bytes", stated, length))
	}
	return &File{First: sent.first, Length: length, Size: sent.size}, nil
}
