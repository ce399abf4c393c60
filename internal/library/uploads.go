package library

import (
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
)

const (
	uploadsKept    = 4096 // some 300 bytes each
	uploadsKeptFor = 30 * time.Minute
	maxUploadKey   = 64
)

// finishedUploads remembers what became of uploads that have a key, for a second try
// of one whose answer got lost: of what a proxy has answered in our place nobody knows
// whether it was done.
type finishedUploads struct {
	*lru.Cache[string, finishedUpload]
}

type finishedUpload struct {
	file Added
	at   time.Time
}

func newFinishedUploads() finishedUploads {
	cache, err := lru.New[string, finishedUpload](uploadsKept)
	if err != nil {
		panic(err) // only for a size that is not positive
	}
	return finishedUploads{cache}
}

// uploadKey is by which an upload of an account is known, empty if it has no key. Its
// user may have signed in again before the second try.
func (a *Account) uploadKey(key string) string {
	if key == "" || len(key) > maxUploadKey {
		return ""
	}
	return a.id + " " + key
}

func (u finishedUploads) find(key string) (file Added, found bool) {
	upload, found := u.Get(key)
	return upload.file, found && key != "" && time.Since(upload.at) < uploadsKeptFor
}

func (u finishedUploads) keep(key string, file Added) {
	if key != "" {
		u.Add(key, finishedUpload{file, time.Now()})
	}
}
