package handlers

import (
	"fmt"
	"io"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// mediaFile answers GET and HEAD /media/{id}/file: the bytes as Plusofon has
// them.
func (s *server) mediaFile(c echo.Context) error {
	id, err := mediaID(c)
	if err != nil {
		return err
	}
	r, source := c.Request(), s.client(c)
	d := delivery{tag: entityTag(sessionOf(c).Account, id, "file")}
	if err := d.precondition(r); err != nil {
		return err
	}
	if r.URL.Query().Get("download") == "1" || d.unchanged(r) {
		// A copy that the browser has is good only while the file exists.
		media, err := source.GetMedia(r.Context(), id)
		if err != nil {
			return fmt.Errorf("looking at media file %s: %w", id, err)
		}
		d.name = media.Name
	}
	if d.unchanged(r) {
		return d.sendUnchanged(c)
	}
	file, err := s.openFile(c, source, id, d.rangeHeader(r))
	if err != nil {
		return fmt.Errorf("opening media file %s: %w", id, err)
	}
	defer file.Close()
	defer s.Metrics.transfer("download")()
	if r.URL.Query().Get("download") == "1" || !file.facts.isSound {
		c.Response().Header().Set("Content-Disposition", attachment(fileName(d.name, string(id), file.facts.info.Format)))
	}
	return d.sendFile(c, file)
}

// entityTag names the bytes of a file. The content of an id never changes, so
// that the id is enough; the account keeps apart what two users of one browser
// may see.
func entityTag(account string, id plusofon.MediaID, variant string) string {
	return `"` + account + "-" + string(id) + "-" + variant + `"`
}

// contentType is what a browser is told of a file. What is no sound is never
// given a type that a browser shows.
func (f *openedFile) contentType() string {
	if !f.facts.isSound {
		return echo.MIMEOctetStream
	}
	return f.facts.info.MediaType()
}

// sendFile sends the file, or the part of it that is asked for.
func (d delivery) sendFile(c echo.Context, file *openedFile) error {
	d.contentType, d.size = file.contentType(), file.facts.size
	return d.send(c, func(w io.Writer, part byteRange) error {
		if skip := part.first - file.offset; skip > 0 {
			if err := copyExactly(io.Discard, file.source, skip); err != nil {
				return err
			}
		}
		return copyExactly(w, file.source, part.length())
	})
}

// gathered is how much of a file comes in before the first of it is sent on, in
// bytes. The first pieces of an answer are small, and each that is sent costs a
// call of the system on this side and wakes the other.
const gathered = 8 << 10

// copyExactly copies n bytes, and takes fewer for an error, after the bytes that
// there are.
func copyExactly(w io.Writer, r io.Reader, n int64) error {
	buffer := copyBuffers.Get().(*copyBuffer)
	defer copyBuffers.Put(buffer)
	for least := gathered; n > 0; least = 1 {
		piece := buffer[:min(n, int64(len(buffer)))]
		read, err := io.ReadAtLeast(r, piece, min(len(piece), least))
		n -= int64(read)
		if read > 0 {
			if _, err := w.Write(piece[:read]); err != nil {
				return err
			}
		}
		switch err {
		case nil:
		case io.EOF:
			return io.ErrUnexpectedEOF
		default:
			return err
		}
	}
	return nil
}

// matchesTag reports whether a list of entity tags has the one given (RFC 9110
// §13.1.2: the weak comparison).
func matchesTag(list, tag string) bool {
	for candidate := range strings.SplitSeq(list, ",") {
		candidate = strings.TrimSpace(candidate)
		if candidate == "*" || strings.TrimPrefix(candidate, "W/") == tag {
			return true
		}
	}
	return false
}
