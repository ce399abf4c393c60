package catalog

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// What a list has at most: 150,000 files, at 15 a page. It is there to end the
// reading of a list that doesn't end by itself.
const (
	mostPages     = 10_000
	mostNameBytes = 64 << 20 // of all names together
)

// ErrChanged means that a list changed while it was read, again and again: its
// pages don't fit together. It may go better in a moment.
var ErrChanged = errors.New("the list changed while it was read")

// reader reads all pages of a list.
type reader struct {
	from     Lister
	parallel int
	progress *progress
}

// read reads the list. One that changed meanwhile is read once more.
func (r reader) read(ctx context.Context) ([]plusofon.Media, error) {
	files, err := r.readOnce(ctx)
	if errors.Is(err, ErrChanged) {
		files, err = r.readOnce(ctx)
	}
	return files, err
}

func (r reader) readOnce(ctx context.Context) ([]plusofon.Media, error) {
	first, err := r.from.ListMedia(ctx, 1)
	if err != nil {
		return nil, err
	}
	if first.LastPage > mostPages {
		return nil, fmt.Errorf("%w: a list of %d pages", plusofon.ErrUnexpectedAnswer, first.LastPage)
	}
	r.progress.begin(first.LastPage)
	pages, err := r.readRest(ctx, first)
	if err != nil {
		return nil, err
	}
	files := merge(pages)
	if len(files) != first.Total {
		return nil, fmt.Errorf("%w: %d files on its pages, %d by its own account", ErrChanged, len(files), first.Total)
	}
	return files, nil
}

// readRest reads the pages after the first and gives all in their order.
func (r reader) readRest(ctx context.Context, first *plusofon.MediaPage) ([]*plusofon.MediaPage, error) {
	pages := make([]*plusofon.MediaPage, max(first.LastPage, 1))
	pages[0] = first
	var nameBytes atomic.Int64
	group, together := errgroup.WithContext(ctx)
	group.SetLimit(r.parallel)
	for number := 2; number <= len(pages); number++ {
		group.Go(func() error { // waits for its turn, and another may fail meanwhile
			if err := together.Err(); err != nil {
				return err
			}
			page, err := r.readPage(together, number, first)
			if err != nil {
				return err
			}
			if nameBytes.Add(size(page)) > mostNameBytes {
				return fmt.Errorf("%w: a list of over %d bytes", plusofon.ErrUnexpectedAnswer, mostNameBytes)
			}
			pages[number-1] = page
			r.progress.done.Add(1)
			return nil
		})
	}
	return pages, group.Wait()
}

// readPage reads a page and compares it with the first.
func (r reader) readPage(ctx context.Context, number int, first *plusofon.MediaPage) (*plusofon.MediaPage, error) {
	page, err := r.from.ListMedia(ctx, number)
	switch {
	case err != nil:
		return nil, err
	case page.CurrentPage != number:
		return nil, fmt.Errorf("%w: page %d in place of %d", plusofon.ErrUnexpectedAnswer, page.CurrentPage, number)
	case page.Total != first.Total || page.LastPage != first.LastPage:
		return nil, fmt.Errorf("%w: %d files on %d pages, then %d on %d",
			ErrChanged, first.Total, first.LastPage, page.Total, page.LastPage)
	}
	return page, nil
}

func size(page *plusofon.MediaPage) (nameBytes int64) {
	for _, media := range page.Media {
		nameBytes += int64(len(media.Name))
	}
	return nameBytes
}

// merge puts pages together. A file that moved to the next page between two
// requests is on both, and taken once. Ids that are none tell nothing.
func merge(pages []*plusofon.MediaPage) []plusofon.Media {
	var files []plusofon.Media
	seen := make(map[plusofon.MediaID]bool)
	for _, page := range pages {
		for _, media := range page.Media {
			if media.ID.Usable() && seen[media.ID] {
				continue
			}
			seen[media.ID] = true
			files = append(files, media)
		}
	}
	return files
}
