package library

import (
	"context"
	"fmt"

	"github.com/plusofon-dashboard/dashboard/internal/library/catalog"
	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// What is asked of all files, and what is found among them.
type (
	// Query says which files, in which order.
	Query = catalog.Query
	// Result is a page of what was found.
	Result = catalog.Result
	// Sort is an order of files.
	Sort = catalog.Sort
)

// ByName is the order of names.
const ByName = catalog.ByName

// ErrListChanged is a list that went on changing while it was read.
var ErrListChanged = catalog.ErrChanged

// ParseSort reads an order, as it stands in an address.
func ParseSort(s string) (sort Sort, ok bool) { return catalog.ParseSort(s) }

// Page reads a page of the list, or the last one if that page is past the end, as it
// is when the last row of the last page was deleted.
func (a *Account) Page(ctx context.Context, number int) (*plusofon.MediaPage, error) {
	page, err := a.client.ListMedia(ctx, number)
	if err != nil || len(page.Media) > 0 || number == 1 {
		return page, err
	}
	return a.client.ListMedia(ctx, min(max(page.LastPage, 1), number-1))
}

// Find searches all files, and gives a page of what it finds.
func (a *Account) Find(ctx context.Context, query Query) (*Result, error) {
	found, err := a.library.catalog.Find(ctx, a.id, a.client, query)
	if err != nil {
		return nil, fmt.Errorf("searching all files: %w", err)
	}
	return found, nil
}

// FindAll gives all files that a search finds, in its order. Those without a number of
// their own can't be addressed and are left out.
func (a *Account) FindAll(ctx context.Context, query Query) ([]plusofon.Media, error) {
	found, err := a.library.catalog.FindAll(ctx, a.id, a.client, query)
	if err != nil {
		return nil, fmt.Errorf("searching all files: %w", err)
	}
	var files []plusofon.Media
	for _, media := range found {
		if media.ID.Usable() {
			files = append(files, media)
		}
	}
	return files, nil
}

// Reading tells how many pages of the list have been read for a search, and how many
// there are: 0 as long as that is unknown. It is false when none is being read.
func (a *Account) Reading() (done, total int, reading bool) {
	return a.library.catalog.Progress(a.id)
}
