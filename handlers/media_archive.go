package handlers

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/internal/library"
	"github.com/plusofon-dashboard/dashboard/internal/transfer"
	"github.com/plusofon-dashboard/dashboard/views/locale"
)

// mediaArchive answers GET and POST /media/archive: many files as one ZIP,
// which is made as it is sent.
func (s *server) mediaArchive(c echo.Context) error {
	wanted, err := s.readChoice(c)
	if err != nil {
		return err
	}
	files, err := s.chosenFiles(c, wanted)
	if err != nil {
		return err
	}
	defer s.Metrics.Transfer("download")()
	ctx, w := c.Request().Context(), &archiveResponse{c: c}
	missing, err := s.account(c).WriteArchive(ctx, w, library.Archive{FileName: downloadName, Report: s.archiveReport(c)}, files)
	s.logMissing(c, missing)
	if err != nil && w.begun {
		return fmt.Errorf("%w: %w", transfer.ErrBrokenOff, err)
	}
	return err
}

// archiveResponse sends the headers with the first piece of the archive: until then a
// failure can be a page.
type archiveResponse struct {
	c     echo.Context
	begun bool
}

func (w *archiveResponse) Write(p []byte) (int, error) {
	if !w.begun {
		w.begun = true
		h := w.c.Response().Header()
		name := locale.T(w.c.Request().Context(), "archive.name", "date", time.Now().Format(time.DateOnly))
		h.Set("Content-Disposition", transfer.Attachment(name+".zip"))
		h.Set("Content-Type", "application/zip")
		w.c.Response().WriteHeader(http.StatusOK)
	}
	return w.c.Response().Write(p)
}

// archiveReport says in the archive which files are missing in it, and why.
func (s *server) archiveReport(c echo.Context) func(missing []library.Unarchived) (name string, lines []string) {
	return func(missing []library.Unarchived) (name string, lines []string) {
		ctx := c.Request().Context()
		lines = []string{locale.T(ctx, "archive.report"), ""}
		for _, file := range missing {
			lines = append(lines, s.archiveLine(ctx, c, file))
		}
		return locale.T(ctx, "archive.report_name") + ".txt", lines
	}
}

func (s *server) archiveLine(ctx context.Context, c echo.Context, file library.Unarchived) string {
	key := "archive.line"
	if file.CutOff {
		key = "archive.line_cut_off"
	}
	return locale.T(ctx, key, "name", transfer.PlainName(file.Name), "id", string(file.ID), "reason", s.reason(c, file.Err))
}

func (s *server) logMissing(c echo.Context, missing []library.Unarchived) {
	for _, file := range missing {
		s.logInsecure(c, file.Err)
		s.Log.WarnContext(c.Request().Context(), "a file does not get into the archive",
			"id", requestIDOf(c), "media", string(file.ID), "error", file.Err)
	}
}
