package handlers

import (
	"errors"
	"math"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/internal/library"
	"github.com/plusofon-dashboard/dashboard/plusofon"
	"github.com/plusofon-dashboard/dashboard/views"
	"github.com/plusofon-dashboard/dashboard/views/locale"
)

// acceptedEndings is what the file chooser of the browser offers. What a file
// is, is decided by its content.
const acceptedEndings = ".mp3,.wav,.au,.snd,.aiff,.aif,.aifc,.gsm,.ogg,.oga,.raw,.sln,.pcm,.ul,.ulaw,.mulaw,.al,.alaw,audio/*"

// listMedia answers GET /media: a page as Plusofon gives it, or, where
// something is searched for or an order wanted, a page of all files.
func (s *server) listMedia(c echo.Context) error {
	list, err := s.readList(c)
	if err != nil {
		return err
	}
	if c.Request().Header.Get("HX-Trigger") == "search-form" {
		c.Response().Header().Set("HX-Replace-Url", list.URL())
	}
	return s.render(c, http.StatusOK, s.newPage(c, "media.title", defaultPath),
		views.MediaListPage(list), views.MediaListSection(list))
}

func (s *server) readList(c echo.Context) (views.MediaList, error) {
	ctx, number := c.Request().Context(), pageNumber(c.QueryParam("page"))
	query, sorted := searchQuery(c, c.QueryParams())
	if query.Text == "" && !sorted {
		page, err := s.account(c).Page(ctx, number)
		if err != nil {
			return views.MediaList{}, err
		}
		return s.mediaList(page), nil
	}
	query.Page = number
	found, err := s.account(c).Find(ctx, query)
	if err != nil {
		return views.MediaList{}, err
	}
	list := s.foundList(found)
	list.Search, list.Duplicates = query.Text, query.Duplicates
	if sorted {
		list.Sort = string(query.Sort)
	}
	return list, nil
}

// foundList is the view of a page of what was found.
func (s *server) foundList(found *library.Result) views.MediaList {
	list := views.MediaList{
		Page: found.Page, LastPage: found.LastPage, From: found.From, To: found.To, Total: found.Total,
		Upload: s.upload(),
	}
	for _, file := range found.Files {
		row := mediaRow(file.Media)
		for _, match := range file.Matches {
			row.Matches = append(row.Matches, views.Span(match))
		}
		list.Rows = append(list.Rows, row)
	}
	return list
}

func (s *server) upload() views.Upload {
	return views.Upload{MaxBytes: s.MaxUpload, Accept: acceptedEndings}
}

// pageNumber reads the number of a page; what is none is the first page. One
// that no int holds is past every end.
func pageNumber(s string) int {
	page, err := strconv.Atoi(s)
	if err != nil && !errors.Is(err, strconv.ErrRange) || page < 1 {
		return 1
	}
	return min(page, math.MaxInt32)
}

// mediaList is the view of a page of the list.
func (s *server) mediaList(page *plusofon.MediaPage) views.MediaList {
	list := views.MediaList{
		Page: max(page.CurrentPage, 1), LastPage: max(page.LastPage, 1),
		From: page.From, To: page.To, Total: page.Total,
		Upload: s.upload(),
	}
	list.Page = min(list.Page, list.LastPage)
	for _, media := range page.Media {
		list.Rows = append(list.Rows, mediaRow(media))
	}
	return list
}

func mediaRow(media plusofon.Media) views.MediaRow {
	return views.MediaRow{ID: string(media.ID), Name: media.Name, Usable: media.ID.Usable()}
}

func mediaCount(c echo.Context, total int) string {
	return locale.N(c.Request().Context(), "media.count", total)
}
