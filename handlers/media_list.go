package handlers

import (
	"context"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/plusofon"
	"github.com/plusofon-dashboard/dashboard/views"
)

// acceptedEndings is what the file chooser of the browser offers. What a file
// is, is decided by its content.
const acceptedEndings = ".mp3,.wav,.au,.snd,.aiff,.aif,.aifc,.gsm,.ogg,.oga,.raw,.sln,.pcm,.ul,.al,audio/*"

// mediaLister reads one page of the list.
type mediaLister interface {
	ListMedia(ctx context.Context, page int) (*plusofon.MediaPage, error)
}

func (s *server) listMedia(c echo.Context) error {
	page, err := nearestPage(c.Request().Context(), s.client(c), pageNumber(c.QueryParam("page")))
	if err != nil {
		return err
	}
	list := s.mediaList(page)
	return s.render(c, http.StatusOK, s.newPage(c, "media.title", "/media"),
		views.MediaListPage(list), views.MediaListSection(list))
}

// pageNumber reads the number of a page; what is none is the first page.
func pageNumber(s string) int {
	page, err := strconv.Atoi(s)
	if err != nil || page < 1 {
		return 1
	}
	return page
}

// nearestPage reads a page of the list, or the last one if the page wanted is
// past the end, as it is when the last row of the last page was deleted.
func nearestPage(ctx context.Context, client mediaLister, wanted int) (*plusofon.MediaPage, error) {
	page, err := client.ListMedia(ctx, wanted)
	if err != nil || len(page.Media) > 0 || wanted == 1 {
		return page, err
	}
	return client.ListMedia(ctx, min(max(page.LastPage, 1), wanted-1))
}

// mediaList is the view of a page of the list.
func (s *server) mediaList(page *plusofon.MediaPage) views.MediaList {
	list := views.MediaList{
		Page: max(page.CurrentPage, 1), LastPage: max(page.LastPage, 1),
		From: page.From, To: page.To, Total: page.Total,
		Upload: views.Upload{MaxBytes: s.MaxUpload, Accept: acceptedEndings},
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
