package views

import (
	"context"
	"net/url"
	"strconv"

	"github.com/plusofon-dashboard/dashboard/views/locale"
)

// MediaList is one page of the list of audio files.
type MediaList struct {
	Rows           []MediaRow
	Page, LastPage int
	From, To       int // places of the first and the last row in the whole list
	Total          int
	Search         string // what is searched for, empty for nothing
	Duplicates     bool   // whether only files are shown whose names are the same
	Sort           string // as in the address, empty for the order of Plusofon
	Upload         Upload
}

// Upload is what the upload form has to know.
type Upload struct {
	MaxBytes int64
	Accept   string // endings, as in the attribute accept
}

func (l MediaList) caption(ctx context.Context) string {
	return locale.T(ctx, "media.caption",
		"page", locale.Number(ctx, l.Page), "last", locale.Number(ctx, l.LastPage))
}

func (l MediaList) rangeText(ctx context.Context) string {
	return locale.T(ctx, "media.range",
		"from", locale.Number(ctx, l.From), "to", locale.Number(ctx, l.To), "total", locale.Number(ctx, l.Total))
}

// URL is the address of this page of the list.
func (l MediaList) URL() string { return l.url(l.Page) }

// url is the address of a page of this list.
func (l MediaList) url(page int) string { return l.address(l.Sort, page) }

// address is the address of a page of this list in another order.
func (l MediaList) address(sort string, page int) string {
	query := url.Values{}
	if l.Search != "" {
		query.Set("q", l.Search)
	}
	if l.Duplicates {
		query.Set("duplicates", "1")
	}
	if sort != "" {
		query.Set("sort", sort)
	}
	if page != 1 || len(query) == 0 {
		query.Set("page", strconv.Itoa(page))
	}
	return ListPath + "?" + query.Encode()
}

// filtered reports whether some files are left out.
func (l MediaList) filtered() bool { return l.Search != "" || l.Duplicates }

// allURL is an address of what can be done with all files, or with all that
// were found.
func (l MediaList) allURL(path string) string {
	query := url.Values{}
	if l.Search != "" {
		query.Set("q", l.Search)
	}
	if l.Duplicates {
		query.Set("duplicates", "1")
	}
	if len(query) == 0 {
		query.Set("all", "1")
	}
	return path + "?" + query.Encode()
}

// sortURL is where the head of a column leads: to the order by the column, and
// from there to the reverse.
func (l MediaList) sortURL(column string) string {
	if l.Sort == column {
		return l.address("-"+column, 1)
	}
	return l.address(column, 1)
}

// ariaSort says in what order a column is.
func (l MediaList) ariaSort(column string) string {
	switch l.Sort {
	case column:
		return "ascending"
	case "-" + column:
		return "descending"
	}
	return "none"
}

// isEmpty reports whether there are no files at all, and not just none found.
func (l MediaList) isEmpty() bool { return len(l.Rows) == 0 && !l.filtered() }

// gap stands in the pager for pages that are left out.
const gap = 0

// pagerPages lists the pages that the pager offers: the first, the last and
// those around the present one, with a gap where some are left out.
func (l MediaList) pagerPages() []int {
	const around = 2
	var pages []int
	for page := 1; page <= l.LastPage; page++ {
		near := page >= l.Page-around && page <= l.Page+around
		switch {
		case page == 1 || page == l.LastPage || near:
			pages = append(pages, page)
		case pages[len(pages)-1] != gap:
			pages = append(pages, gap)
			if page < l.Page {
				page = l.Page - around - 1 // go on where the pages near this one begin
			} else {
				page = l.LastPage - 1
			}
		}
	}
	return pages
}
