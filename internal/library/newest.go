package library

import (
	"context"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// newest is the file of a name that was added last. Its ID is empty if there
// is none of that name.
type newest struct {
	plusofon.Media
	Page  int // of the list on which it stands
	Total int // files in the whole list
}

func (n *newest) consider(page *plusofon.MediaPage, name string) {
	n.Total = page.Total
	for _, media := range page.Media {
		if media.Name == name && media.ID.Usable() && later(media.ID, n.ID) {
			n.Media, n.Page = media, page.CurrentPage
		}
	}
}

// maxGrowth is by how many pages a list may grow while its end is looked for.
const maxGrowth = 3

// findNewest finds the file of a name that was added last. Plusofon's answer
// to a new file has no id, so it has to be looked up. Ids grow, and the list
// comes in their order as far as anybody has seen: then the last page tells.
// That order is not documented, though, so it is checked, and where it does
// not hold every page is read.
func findNewest(ctx context.Context, client *plusofon.Client, name string) (newest, error) {
	var found newest
	first, err := client.ListMedia(ctx, 1)
	if err != nil {
		return found, err
	}
	found.consider(first, name)
	if first.LastPage <= 1 {
		return found, nil
	}
	last, err := client.ListMedia(ctx, first.LastPage)
	if err != nil {
		return found, err
	}
	found.consider(last, name)
	// Others add files, too: the list may have grown by a page meanwhile.
	for range maxGrowth {
		if last.LastPage <= last.CurrentPage {
			break
		}
		if last, err = client.ListMedia(ctx, last.LastPage); err != nil {
			return found, err
		}
		found.consider(last, name)
	}
	// Any older file of that name will do: it only has to be told from a new one.
	if ascending(first.Media, last.Media) || ascending(last.Media, first.Media) {
		return found, nil
	}
	for number := 2; number < first.LastPage; number++ {
		page, err := client.ListMedia(ctx, number)
		if err != nil {
			return found, err
		}
		found.consider(page, name)
	}
	return found, nil
}

// ascending reports whether all ids of the one page come before those of the
// other.
func ascending(lower, upper []plusofon.Media) bool {
	for _, a := range lower {
		for _, b := range upper {
			if !later(b.ID, a.ID) {
				return false
			}
		}
	}
	return true
}

// later reports whether id a was given after id b.
func later(a, b plusofon.MediaID) bool { return a.Compare(b) > 0 }
