package plusofon

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"slices"
)

// Format is the API's word for the format of a file.
type Format string

// The formats that the API takes.
const (
	MP3  Format = "mp3"
	WAV  Format = "wav"
	AU   Format = "au"
	AIFF Format = "aiff"
	GSM  Format = "gsm"
	OGG  Format = "ogg"
	RAW  Format = "raw"
)

// Valid reports whether the API takes the format.
func (f Format) Valid() bool {
	return slices.Contains([]Format{MP3, WAV, AU, AIFF, GSM, OGG, RAW}, f)
}

// Upload is a file to be added. Content holds exactly Size bytes, at least one.
type Upload struct {
	Name    string
	Format  Format
	Content io.Reader
	Size    int64
}

func (u Upload) check() error {
	switch {
	case !u.Format.Valid():
		return fmt.Errorf("unknown format %q", string(u.Format))
	case u.Content == nil || u.Size < 1:
		return errors.New("nothing to upload")
	case u.Size > math.MaxInt64/2:
		return fmt.Errorf("size of %d bytes", u.Size)
	}
	return nil
}

// UploadMedia adds a file. The API doesn't say which id it got. Content is
// encoded while it is sent, and is not read after UploadMedia has returned. That
// is why UploadMedia waits for a Read of Content that is under way, even when
// ctx is done. If Content has another size the upload is broken off with
// [ErrContentSize]; if reading it fails, with the error that it gave.
func (c *Client) UploadMedia(ctx context.Context, upload Upload) error {
	r := request{op: "upload media", method: http.MethodPost, path: mediaPath}
	x := exchange{client: c, request: r}
	if err := upload.check(); err != nil {
		return x.fail(ErrRejected, err)
	}
	body := newUploadBody(upload)
	defer body.Close()
	r.body, r.size = body, body.length

	err := c.write(ctx, r)
	if failed, ok := errors.AsType[*Error](err); ok && failed.Status == 0 {
		// What the transport says of a body that failed names everything but
		// the reason. A request without its end changes nothing.
		if cause := body.failure(); cause != nil {
			return x.fail(cause)
		}
	}
	return err
}
