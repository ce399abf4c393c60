package library

import (
	"context"
	"fmt"
	"time"

	"github.com/plusofon-dashboard/dashboard/audio"
	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// Facts is what was seen of the beginning of a file and never changes: the content of
// a number stays what it is.
type Facts struct {
	Size    int64 // in bytes
	IsSound bool
	info    audio.Info // format and codec
}

// MediaType is what a browser is told of the file. What is no sound is never given a
// type that a browser shows.
func (f Facts) MediaType() string {
	if !f.IsSound {
		return "application/octet-stream"
	}
	return f.info.MediaType()
}

// Extension is the ending of the file's name as a download, with its full stop.
func (f Facts) Extension() string {
	if f.info.Format == "" {
		return ".bin" // what is no sound opens in no program by itself
	}
	return f.info.Format.Extension()
}

// factsKey names a file of an account.
type factsKey struct {
	account string
	id      plusofon.MediaID
}

// factsKept is for how many files facts are kept, some 200 bytes each.
const factsKept = 4096

// Known gives the facts of a file that was looked at before.
func (a *Account) Known(id plusofon.MediaID) (facts Facts, known bool) {
	return a.library.facts.Get(factsKey{a.id, id})
}

func (a *Account) keepFacts(id plusofon.MediaID, facts Facts) {
	a.library.facts.Add(factsKey{a.id, id}, facts)
}

// DescriptionTime is how long describing a file may take. Its page is of use without.
const DescriptionTime = 8 * time.Second

// Description is what the API does not know of a file, read from its content.
type Description struct {
	audio.Info
	Size int64 // in bytes
}

// Describe reads what a file is, and no more of it than needed.
func (a *Account) Describe(ctx context.Context, id plusofon.MediaID) (*Description, error) {
	ctx, cancel := context.WithTimeout(ctx, DescriptionTime)
	defer cancel()
	file, err := a.openWhole(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("describing media file %s: %w", id, err)
	}
	defer file.Close()
	content, err := a.library.spools.NewLazy(file.source, file.Size)
	if err != nil {
		return nil, err
	}
	defer content.Close()
	info, err := audio.DetectStored(content, content.Size())
	if err != nil {
		return nil, fmt.Errorf("describing media file %s: %w", id, err)
	}
	return &Description{Info: info, Size: content.Size()}, nil
}
