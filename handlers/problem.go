package handlers

import (
	"context"
	"errors"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/internal/library"
	"github.com/plusofon-dashboard/dashboard/internal/spool"
	"github.com/plusofon-dashboard/dashboard/plusofon"
	"github.com/plusofon-dashboard/dashboard/views"
	"github.com/plusofon-dashboard/dashboard/views/locale"
)

// sendProblem shows a failure: as a page; for htmx as a message in the corner
// of the page, or beside the field that is wrong.
func (s *server) sendProblem(c echo.Context, f failure) error {
	if wait := retryAfter(f.err); wait > 0 {
		c.Response().Header().Set("Retry-After", strconv.Itoa(seconds(wait)))
	}
	problem := s.problem(c, f)
	switch {
	case fromHTMX(c) && problem.Field != "":
		c.Response().Header().Set("HX-Retarget", "find .field-error") // in the form that was sent
		c.Response().Header().Set("HX-Reswap", "innerHTML")
		return send(c, f.status, views.FieldProblem(problem.Text))
	case fromHTMX(c):
		c.Response().Header().Set("HX-Push-Url", "false") // the list stays what it was
		c.Response().Header().Set("HX-Retarget", "#toasts")
		c.Response().Header().Set("HX-Reswap", "beforeend")
		return send(c, f.status, views.ProblemNote(problem))
	default:
		page := s.newPage(c, "media.title", defaultPath)
		page.Title = problem.Title
		c.Response().Header().Add("Vary", "HX-Request")
		return send(c, f.status, views.Layout(page, views.ProblemPage(problem)))
	}
}

// problem puts a failure into the words of the user.
func (s *server) problem(c echo.Context, f failure) views.Problem {
	ctx := c.Request().Context()
	values := []string{
		"size", locale.Bytes(ctx, s.MaxUpload),
		"wait", locale.N(ctx, "unit.seconds", seconds(max(retryAfter(f.err), time.Second))),
		"message", plusofonMessage(f.err),
	}
	problem := views.Problem{
		Key:         f.key,
		Title:       locale.T(ctx, "problem."+f.key+".title"),
		Text:        locale.T(ctx, "problem."+f.key+".text", values...),
		Next:        locale.T(ctx, "problem."+f.key+".next", values...),
		Changed:     changed(c, f),
		ActionURL:   defaultPath,
		ActionLabel: locale.T(ctx, "problem.to_list"),
	}
	var field *fieldError
	var refused *library.RefusedError
	switch {
	case errors.As(f.err, &field):
		problem.Field = field.Field
		problem.Text = locale.T(ctx, field.Key, field.Values...)
		problem.Rename = renameAgain(c)
	case errors.As(f.err, &refused):
		problem.Title, problem.Next = locale.T(ctx, "refused.title"), locale.T(ctx, "refused.next")
		problem.Text, problem.Refusal = refusal(ctx, refused), string(refused.Reason)
	}
	s.setAction(c, f, &problem)
	if f.status >= http.StatusInternalServerError {
		problem.RequestID = requestIDOf(c)
	}
	return problem
}

// reason says in a line what kept one file of many from what was wanted.
func (s *server) reason(c echo.Context, err error) string {
	problem := s.problem(c, failureOf(err))
	return problem.Title + ". " + problem.Text
}

// renameAgain is the form in which a bad name can be corrected, with what was
// typed still in it; nil if it was no plain form for renaming.
func renameAgain(c echo.Context) *views.Rename {
	if c.Path() != "/media/:id/rename" {
		return nil
	}
	return &views.Rename{ActionURL: c.Request().URL.Path, Name: c.Request().PostFormValue("name")}
}

// pageBefore is where a handler leaves the id of the file from whose page a form
// was sent, so that a failure leads back there.
const pageBefore = "page before"

// setAction chooses where the button of the page leads.
func (s *server) setAction(c echo.Context, f failure, problem *views.Problem) {
	ctx := c.Request().Context()
	readAgain := f.status >= http.StatusInternalServerError && c.Request().Method == http.MethodGet
	switch {
	case sessionOf(c) == nil && f.status != http.StatusNotFound:
		problem.ActionURL, problem.ActionLabel = views.LoginPath, locale.T(ctx, "problem.to_login")
	case c.Get(pageBefore) != nil && f.status != http.StatusNotFound:
		problem.ActionURL, problem.ActionLabel = defaultPath+"/"+string(c.Get(pageBefore).(plusofon.MediaID)), locale.T(ctx, "problem.to_file")
	case readAgain:
		problem.ActionURL, problem.ActionLabel = localPath(c.Request().URL.RequestURI()), locale.T(ctx, "problem.retry")
	}
}

// changed says whether anything was changed, where a user may wonder.
func changed(c echo.Context, f failure) string {
	ctx := c.Request().Context()
	if errors.Is(f.err, library.ErrNotDone) {
		return "" // its own words say it
	}
	if errors.Is(f.err, plusofon.ErrOutcomeUnknown) {
		return locale.T(ctx, "problem.unknown")
	}
	switch c.Request().Method {
	case http.MethodGet, http.MethodHead:
		if f.status < http.StatusInternalServerError {
			return ""
		}
	}
	return locale.T(ctx, "problem.unchanged")
}

// refusal says why a file was not taken.
func refusal(ctx context.Context, refused *library.RefusedError) string {
	key := "refused." + string(refused.Reason)
	if !locale.Has(ctx, key) {
		key = "refused." + "unknown"
	}
	return locale.T(ctx, key, "kind", refused.Detail)
}

// plusofonMessage is what Plusofon itself said, empty if it said nothing.
func plusofonMessage(err error) string {
	var failed *plusofon.Error
	if errors.As(err, &failed) {
		return failed.Message
	}
	return ""
}

// waitError is a failure that passes with time.
type waitError struct {
	cause error
	wait  time.Duration
}

func (e *waitError) Error() string { return e.cause.Error() }
func (e *waitError) Unwrap() error { return e.cause }

// spoolsRetry is when to try again after spools were full.
const spoolsRetry = 30 * time.Second

// retryAfter says how long to wait before a new try: what is ours to say, or what
// Plusofon asks for; an hour at most.
func retryAfter(err error) time.Duration {
	if ours, ok := errors.AsType[*waitError](err); ok {
		return min(ours.wait, time.Hour)
	}
	if errors.Is(err, spool.ErrPoolFull) {
		return spoolsRetry
	}
	return library.RetryAfter(err)
}

// seconds rounds up: who waits a little too short is refused once more.
func seconds(wait time.Duration) int { return int(math.Ceil(wait.Seconds())) }
