package views

import (
	"context"
	"strconv"

	"github.com/plusofon-dashboard/dashboard/views/locale"
)

// MediaList is one page of the list of audio files.
type MediaList struct {
	Rows           []MediaRow
	Page, LastPage int
	From, To       int // places of the first and the last row in the whole list
	Total          int
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

func (l MediaList) url(page int) string { return "/media?page=" + strconv.Itoa(page) }

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
