package handlers

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"
	"golang.org/x/text/language"

	"github.com/plusofon-dashboard/dashboard/internal/library"
	"github.com/plusofon-dashboard/dashboard/views/locale"
)

// maxSearch is the longest text that is searched for, in bytes.
const maxSearch = 400

// searchQuery reads what is wanted of all files: the words q, the order sort,
// and duplicates=1 for those whose names are the same. Files with one name
// stand together unless another order is wanted. It also tells whether an order
// is wanted at all.
func searchQuery(c echo.Context, wanted url.Values) (query library.Query, sorted bool) {
	sort, sorted := library.ParseSort(wanted.Get("sort"))
	query = library.Query{
		Text:       searchText(wanted.Get("q")),
		Duplicates: wanted.Get("duplicates") == "1",
		Sort:       sort,
		Language:   language.Make(string(locale.FromContext(c.Request().Context()))),
	}
	if query.Duplicates && !sorted {
		query.Sort, sorted = library.ByName, true
	}
	return query, sorted
}

// searchText is what is searched for, as far as it is looked at.
func searchText(q string) string {
	return strings.TrimSpace(strings.ToValidUTF8(q[:min(len(q), maxSearch)], ""))
}

// foundFile is a file for a script. Its id is a text, since a number of
// JavaScript does not hold every id.
type foundFile struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// listFound answers GET /media/found: all files that a search finds, for a
// script that chooses them.
func (s *server) listFound(c echo.Context) error {
	query, _ := searchQuery(c, c.QueryParams())
	files, err := s.account(c).FindAll(c.Request().Context(), query)
	if err != nil {
		return err
	}
	list := make([]foundFile, len(files))
	for i, media := range files {
		list[i] = foundFile{ID: string(media.ID), Name: mediaRow(media).Shown(c.Request().Context())}
	}
	return sendJSON(c, list)
}

// readingProgress is how many pages of the list have been read, and how many
// there are: 0 as long as that is unknown.
type readingProgress struct {
	Done  int `json:"done"`
	Total int `json:"total"`
}

// readingList answers GET /media/progress: how far the reading of all files
// has come, for a bar; 204 when none is being read.
func (s *server) readingList(c echo.Context) error {
	done, total, loading := s.account(c).Reading()
	if !loading {
		return c.NoContent(http.StatusNoContent)
	}
	return sendJSON(c, readingProgress{Done: done, Total: total})
}
