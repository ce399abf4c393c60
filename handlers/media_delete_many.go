package handlers

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/internal/library"
	"github.com/plusofon-dashboard/dashboard/plusofon"
	"github.com/plusofon-dashboard/dashboard/views"
)

// namesAsked is how many names the question before a deletion of many gives.
const namesAsked = 5

// deleteManyMedia answers GET and POST /media/delete: a page that asks whether
// the chosen files go, and, when that is confirmed by a POST, deletes them and
// reports. It is for browsers without scripts; a script deletes the files one
// by one.
func (s *server) deleteManyMedia(c echo.Context) error {
	wanted, err := s.readChoice(c)
	if err != nil {
		return err
	}
	files, err := s.chosenFiles(c, wanted)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return errNothingSelected
	}
	if c.Request().Method == http.MethodPost && wanted.Get("confirmed") == "1" {
		return s.deleteFiles(c, files)
	}
	return s.askToDelete(c, files)
}

func (s *server) askToDelete(c echo.Context, files []plusofon.Media) error {
	names, err := s.firstNames(c, files)
	if err != nil {
		return fmt.Errorf("naming %d files to delete: %w", len(files), err)
	}
	content := views.DeleteQuestionPage(views.DeleteQuestion{Names: names, Count: len(files), IDs: joinIDs(idsOf(files))})
	return s.render(c, http.StatusOK, s.newPage(c, "deletion.title", defaultPath), content, content)
}

// firstNames names the first files. One that is there no longer is left out,
// but one at least must be there.
func (s *server) firstNames(c echo.Context, files []plusofon.Media) ([]string, error) {
	var names []string
	var missing error
	for _, media := range files[:min(len(files), namesAsked)] {
		if media.Name == "" {
			known, err := s.account(c).Get(c.Request().Context(), media.ID)
			if errors.Is(err, plusofon.ErrNotFound) {
				missing = err
				continue
			}
			if err != nil {
				return nil, err
			}
			media = *known
		}
		names = append(names, media.Name)
	}
	if len(names) == 0 && len(files) <= namesAsked {
		return nil, missing
	}
	return names, nil
}

func idsOf(files []plusofon.Media) []plusofon.MediaID {
	ids := make([]plusofon.MediaID, len(files))
	for i, media := range files {
		ids[i] = media.ID
	}
	return ids
}

// deleteFiles deletes and reports. When Plusofon keeps it from going on, the
// status says so; what was deleted until then is reported all the same.
func (s *server) deleteFiles(c echo.Context, files []plusofon.Media) error {
	done := s.account(c).DeleteMany(c.Request().Context(), idsOf(files), time.Now().Add(s.DeletionTime))
	for _, media := range done.Deleted {
		s.logEvent(c, "deleted", string(media.ID), media.Name)
	}
	if errors.Is(done.Stopped, plusofon.ErrTokenRefused) && len(done.Deleted)+done.Missing+len(done.Failed) == 0 {
		return fmt.Errorf("deleting %d files: %w", len(files), done.Stopped)
	}
	status, report := http.StatusOK, s.deleteReport(c, done)
	report.Total = len(files)
	if done.Stopped != nil {
		s.logInsecure(c, done.Stopped)
		f := failureOf(done.Stopped)
		problem := s.problem(c, f)
		status, report.Stopped = f.status, problem.Title+". "+problem.Text+" "+problem.Next
		if wait := retryAfter(done.Stopped); wait > 0 {
			c.Response().Header().Set("Retry-After", strconv.Itoa(seconds(wait)))
		}
	}
	content := views.DeleteReportPage(report)
	return s.render(c, status, s.newPage(c, "deletion.title", defaultPath), content, content)
}

// deleteReport is the view of what became of the files. Those that are still there can
// be sent once more.
func (s *server) deleteReport(c echo.Context, done library.DeletedMany) views.DeleteReport {
	report := views.DeleteReport{Deleted: len(done.Deleted), Missing: done.Missing, Left: len(done.Waiting)}
	again := done.Waiting
	for _, file := range done.Failed {
		report.Failed = append(report.Failed, views.FailedDeletion{ID: string(file.ID), Name: file.Name, Reason: s.reason(c, file.Err)})
		again = append(again, file.ID)
	}
	report.IDs = joinIDs(again)
	return report
}
