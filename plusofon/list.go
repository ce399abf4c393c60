package plusofon

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"strconv"
)

// mostPages is where [Client.AllMedia] stops believing that a list ever ends:
// 150,000 files, at 15 a page.
const mostPages = 10_000

// MediaPage is a page of the list. From and To count from 1 and are 0 on an
// empty page, or where the API didn't say.
type MediaPage struct {
	CurrentPage, LastPage, PerPage, Total, From, To int

	Media []Media
}

type pageAnswer struct {
	verdict

	CurrentPage looseInt       `json:"current_page"`
	LastPage    looseInt       `json:"last_page"`
	PerPage     looseInt       `json:"per_page"`
	Total       looseInt       `json:"total"`
	From        looseInt       `json:"from"`
	To          looseInt       `json:"to"`
	Data        *[]mediaAnswer `json:"data"`
}

// ListMedia returns one page of the list; pages count from 1, and what is below
// is the first. A page past the last is empty.
func (c *Client) ListMedia(ctx context.Context, page int) (*MediaPage, error) {
	r := request{op: "list media", method: http.MethodGet, path: mediaPath}
	if page > 1 {
		r.query = url.Values{"page": {strconv.Itoa(page)}}
	}
	var answer pageAnswer
	x, err := c.read(ctx, r, &answer)
	if err != nil {
		return nil, err
	}
	switch {
	case answer.Data == nil:
		return nil, x.unexpected(errors.New("no data"))
	case len(*answer.Data) == 0 && answer.Message != "": // which says why there is nothing
		return nil, x.unexpected(fmt.Errorf("an empty list with a message: %s", c.credentials.tidy(string(answer.Message), longestMessage)))
	}
	list := answer.page()
	if list.CurrentPage == 0 {
		list.CurrentPage = max(page, 1)
	}
	return list, nil
}

func (a pageAnswer) page() *MediaPage {
	page := &MediaPage{
		CurrentPage: int(a.CurrentPage),
		LastPage:    max(int(a.LastPage), 1),
		PerPage:     int(a.PerPage),
		Total:       int(a.Total),
		From:        int(a.From),
		To:          int(a.To),
		Media:       make([]Media, len(*a.Data)),
	}
	for i, row := range *a.Data {
		page.Media[i] = row.media()
	}
	return page
}

// AllMedia iterates over all files, asking for a page when it comes to it. It
// ends after the first error, which comes with an empty Media. Files that are
// added or deleted meanwhile can be seen twice or be missed, as the API has no
// cursor.
func (c *Client) AllMedia(ctx context.Context) iter.Seq2[Media, error] {
	return func(yield func(Media, error) bool) {
		for number := 1; ; number++ {
			page, err := c.nextPage(ctx, number)
			if err != nil {
				yield(Media{}, err)
				return
			}
			for _, media := range page.Media {
				if !yield(media, nil) {
					return
				}
			}
			if number >= page.LastPage {
				return
			}
		}
	}
}

// nextPage is ListMedia for a walk over all pages: it makes sure that the walk
// moves on, and that it ends.
func (c *Client) nextPage(ctx context.Context, number int) (*MediaPage, error) {
	x := exchange{client: c, request: request{op: "list media", method: http.MethodGet, path: mediaPath}}
	if number > mostPages {
		return nil, x.unexpected(fmt.Errorf("more than %d pages", mostPages))
	}
	page, err := c.ListMedia(ctx, number)
	if err != nil {
		return nil, err
	}
	if number > 1 && page.CurrentPage != number {
		return nil, x.unexpected(fmt.Errorf("page %d in place of %d", page.CurrentPage, number))
	}
	return page, nil
}
