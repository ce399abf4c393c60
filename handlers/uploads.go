package handlers

import (
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/labstack/echo/v4"
)

// uploadHeader is by which a script says that an upload is a second try of one
// whose answer it did not get: of what a proxy has answered in our place nobody
// knows whether it was done.
const uploadHeader = "Dashboard-Upload"

const (
	uploadsKept    = 4096 // some 300 bytes each
	uploadsKeptFor = 30 * time.Minute
	maxUploadKey   = 64
)

// uploadKey names an upload of an account, empty if it has no name. Its user may
// have signed in again before the second try.
func uploadKey(c echo.Context) string {
	key := c.Request().Header.Get(uploadHeader)
	if key == "" || len(key) > maxUploadKey {
		return ""
	}
	return sessionOf(c).Account + " " + key
}

// finishedUploads remembers what became of uploads that have a name.
type finishedUploads struct {
	*lru.Cache[string, finishedUpload]
}

type finishedUpload struct {
	file added
	at   time.Time
}

func newFinishedUploads() finishedUploads {
	cache, err := lru.New[string, finishedUpload](uploadsKept)
	if err != nil {
		panic(err) // only for a size that is not positive
	}
	return finishedUploads{cache}
}

func (u finishedUploads) find(key string) (file added, found bool) {
	upload, found := u.Get(key)
	return upload.file, found && key != "" && time.Since(upload.at) < uploadsKeptFor
}

func (u finishedUploads) keep(key string, file added) {
	if key != "" {
		u.Add(key, finishedUpload{file, time.Now()})
	}
}
