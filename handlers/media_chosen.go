package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// maxSelection is for the ids of as many files as a list can have, in bytes.
const maxSelection = 2 << 20

// errNothingSelected asks for files.
var errNothingSelected = &fieldError{Field: "id", Key: "field.nothing_selected"}

// readChoice reads which files an action on many is about: from the address,
// or from a form, for an address is too short for many.
func (s *server) readChoice(c echo.Context) (url.Values, error) {
	if c.Request().Method == http.MethodPost {
		return s.readForm(c, maxSelection)
	}
	return c.QueryParams(), nil
}

// chosenFiles are the files that a request names: by their ids, by what was
// searched for, or all. Of those that are named by their ids only these are
// known. Several ids may stand in one field, with commas between them: a form
// must not have more than 10,000 fields.
func (s *server) chosenFiles(c echo.Context, wanted url.Values) ([]plusofon.Media, error) {
	ids := wanted["id"]
	query, _ := searchQuery(c, wanted)
	if wanted.Get("all") == "1" || len(ids) == 0 && (query.Text != "" || query.Duplicates) {
		return s.account(c).FindAll(c.Request().Context(), query)
	}
	var files []plusofon.Media
	seen := map[plusofon.MediaID]bool{}
	for _, field := range ids {
		for text := range strings.SplitSeq(field, ",") {
			id, err := plusofon.ParseMediaID(text)
			if err != nil {
				return nil, fmt.Errorf("%w: %w", errMediaID, err)
			}
			if !seen[id] {
				seen[id] = true
				files = append(files, plusofon.Media{ID: id})
			}
		}
	}
	if len(files) == 0 {
		return nil, errNothingSelected
	}
	return files, nil
}

// joinIDs is what chosenFiles reads from one field.
func joinIDs(ids []plusofon.MediaID) string {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = string(id)
	}
	return strings.Join(texts, ",")
}
