package handlers

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"
	"golang.org/x/text/language"

	"github.com/plusofon-dashboard/dashboard/plusofon"
	"github.com/plusofon-dashboard/dashboard/plusofon/catalog"
	"github.com/plusofon-dashboard/dashboard/views/locale"
)

// foundFiles are all files that a search finds, in its order, or all there
// are. Those without a number of their own can't be addressed and are left
// out.
func (s *server) foundFiles(c echo.Context, query url.Values) ([]plusofon.Media, error) {
	ctx := c.Request().Context()
	sort, _ := catalog.ParseSort(query.Get("sort"))
	found, err := s.catalog.FindAll(ctx, sessionOf(c).Account, s.client(c), catalog.Query{
		Text: searchText(query.Get("q")), Sort: sort, Language: language.Make(string(locale.FromContext(ctx))),
	})
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

// searchText is what is searched for, as far as it is looked at.
func searchText(q string) string {
	return strings.TrimSpace(clip(strings.ToValidUTF8(q, ""), maxSearch))
}
