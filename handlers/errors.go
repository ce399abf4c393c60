package handlers

import (
	"context"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/internal/library"
	"github.com/plusofon-dashboard/dashboard/internal/spool"
	"github.com/plusofon-dashboard/dashboard/internal/transfer"
	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// Failures of our own. What Plusofon fails with comes from package plusofon,
// what is wrong with a file or a write from package library.
var (
	errSignedOut    = errors.New("nobody is signed in")
	errCrossOrigin  = errors.New("the request comes from another site")
	errOtherAccount = errors.New("another account is signed in by now")
	errThrottled    = errors.New("too many refused tokens")
	errCrowded      = errors.New("too many tokens are being checked at once")
	errMediaID      = errors.New("not a number of a media file")
	errNothingThere = errors.New("no such address")
)

// fieldError is a field that a user has to correct.
type fieldError struct {
	Field  string
	Key    string   // of the words
	Values []string // that go into them
}

func (e *fieldError) Error() string { return "field " + e.Field + ": " + e.Key }

// failure is how an error is answered: the status and the key of the words
// under "problem.".
type failure struct {
	err    error
	status int
	key    string
}

// failures is the one table that says how an error is answered. The first row
// that fits counts, so that the more telling error stands above the broader
// one.
var failures = []failure{
	{errSignedOut, http.StatusUnauthorized, "signed_out"},
	{plusofon.ErrTokenRefused, http.StatusUnauthorized, "signed_out"},
	{errCrossOrigin, http.StatusForbidden, "forbidden"},
	{errOtherAccount, http.StatusConflict, "other_account"},
	{errThrottled, http.StatusTooManyRequests, "throttled"},
	{errCrowded, http.StatusTooManyRequests, "crowded"},
	{spool.ErrDiskFull, http.StatusInsufficientStorage, "disk_full"},
	{spool.ErrPoolFull, http.StatusServiceUnavailable, "spools_full"},
	{transfer.ErrTooLarge, http.StatusRequestEntityTooLarge, "too_large"},
	{transfer.ErrMalformed, http.StatusBadRequest, "bad_request"},
	{errMediaID, http.StatusNotFound, "bad_id"},
	{errNothingThere, http.StatusNotFound, "not_found"},
	{library.ErrNotPlayable, http.StatusUnsupportedMediaType, "not_playable"},
	{transfer.ErrPreconditionFailed, http.StatusPreconditionFailed, "precondition"},
	{transfer.ErrRangeNotSatisfiable, http.StatusRequestedRangeNotSatisfiable, "range"},
	{library.ErrNotDone, http.StatusGatewayTimeout, "outcome_not_done"},
	{plusofon.ErrOutcomeUnknown, http.StatusGatewayTimeout, "outcome_unknown"},
	{plusofon.ErrNotFound, http.StatusNotFound, "media_not_found"},
	{plusofon.ErrInvalidID, http.StatusNotFound, "bad_id"},
	{plusofon.ErrNoFile, http.StatusBadGateway, "no_file"},
	{plusofon.ErrRateLimited, http.StatusServiceUnavailable, "rate_limited"},
	{plusofon.ErrTimeout, http.StatusGatewayTimeout, "timeout"},
	{context.DeadlineExceeded, http.StatusGatewayTimeout, "timeout"},
	{library.ErrListChanged, http.StatusServiceUnavailable, "list_changed"},
	{plusofon.ErrUnavailable, http.StatusServiceUnavailable, "unavailable"},
	{plusofon.ErrRejected, http.StatusBadGateway, "rejected"},
	{plusofon.ErrFileElsewhere, http.StatusBadGateway, "file_elsewhere"},
	{plusofon.ErrUnexpectedAnswer, http.StatusBadGateway, "unexpected_answer"},
}

// failureOf finds how an error is answered.
func failureOf(err error) failure {
	if _, ok := errors.AsType[*fieldError](err); ok {
		return failure{err, http.StatusUnprocessableEntity, "field"}
	}
	if _, ok := errors.AsType[*library.RefusedError](err); ok {
		return failure{err, http.StatusUnsupportedMediaType, "refused"}
	}
	if library.Insecure(err) {
		return failure{err, http.StatusServiceUnavailable, "insecure"}
	}
	for _, f := range failures {
		if errors.Is(err, f.err) {
			return failure{err, f.status, f.key}
		}
	}
	if fromEcho, ok := errors.AsType[*echo.HTTPError](err); ok {
		return failureOfEcho(fromEcho)
	}
	return failure{err, http.StatusInternalServerError, "internal"}
}

// logInsecure records an event of security, where it is one.
func (s *server) logInsecure(c echo.Context, err error) {
	if library.Insecure(err) {
		s.Log.ErrorContext(c.Request().Context(), "security: no secure connection to Plusofon", "id", requestIDOf(c), "error", err)
	}
}

func failureOfEcho(err *echo.HTTPError) failure {
	switch err.Code {
	case http.StatusNotFound:
		return failure{err, err.Code, "not_found"}
	case http.StatusMethodNotAllowed:
		return failure{err, err.Code, "method"}
	case http.StatusRequestEntityTooLarge:
		return failure{err, err.Code, "too_large"}
	}
	if err.Code >= http.StatusBadRequest && err.Code < http.StatusInternalServerError {
		return failure{err, http.StatusBadRequest, "bad_request"}
	}
	return failure{err, http.StatusInternalServerError, "internal"}
}

// statusClientLeft is for the log and the metrics alone, as nginx has it: whoever
// asked has left before there was an answer.
const statusClientLeft = 499

// handleError is the only place that answers with an error. What of a refused
// form is still on its way is read first, since a browser that is sending does
// not look at an answer.
func (s *server) handleError(err error, c echo.Context) {
	if c.Response().Committed {
		return // nothing more can be said; the access log has the error
	}
	left := hasLeft(c, err)
	s.drainBody(c)
	if left {
		c.Response().WriteHeader(statusClientLeft)
		return
	}
	if sent := s.signOutIfRefused(c, err); sent {
		return
	}
	f := failureOf(err)
	s.logInsecure(c, err)
	if f.key == "not_found" {
		s.recognise(c)
	}
	if f.status == http.StatusUnauthorized {
		if sent, failed := sendToLogin(c); sent && failed == nil {
			return
		}
	}
	if failed := s.sendProblem(c, f); failed != nil && !c.Response().Committed {
		s.Log.ErrorContext(c.Request().Context(), "the error page cannot be shown", "id", requestIDOf(c), "error", failed)
		c.Response().WriteHeader(http.StatusInternalServerError)
	}
}

// hasLeft reports whether whoever asked does not wait for the answer any longer.
// That a body breaks off is a failure of its own.
func hasLeft(c echo.Context, err error) bool {
	r := c.Request()
	if !errors.Is(r.Context().Err(), context.Canceled) {
		return false
	}
	return r.Method == http.MethodGet || r.Method == http.MethodHead || errors.Is(err, context.Canceled)
}

// recognise puts the session of a request into its context, if it has one, where
// no route has done so: the page that says that there is nothing keeps its header.
func (s *server) recognise(c echo.Context) {
	if sessionOf(c) != nil {
		return
	}
	if session, err := s.Sessions.Open(c.Response(), c.Request()); err == nil {
		putSession(c, session)
	}
}

// signOutIfRefused ends the session of a user whose token Plusofon has
// stopped accepting, so that the sign-in page can say why.
func (s *server) signOutIfRefused(c echo.Context, err error) (sent bool) {
	if !errors.Is(err, plusofon.ErrTokenRefused) || sessionOf(c) == nil {
		return false
	}
	s.endSession(c)
	if errors.Is(err, plusofon.ErrOutcomeUnknown) {
		s.keepNotice(c, noticeTokenEndedUnknown, "")
	} else {
		s.keepNotice(c, noticeTokenEnded, "")
	}
	sent, failed := sendToLogin(c)
	return sent && failed == nil
}
