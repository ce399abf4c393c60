package handlers_test

import (
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
	"github.com/plusofon-dashboard/dashboard/plusofon/transport"
)

// The answers that faults lead to.
var (
	signInAgain  = expectation{status: http.StatusSeeOther, asked: 1}
	unauthorized = expectation{http.StatusUnauthorized, []string{"Нужно войти"}, 1, false}
	badToken     = expectation{http.StatusUnprocessableEntity, []string{"не принял этот токен"}, 1, false}
	unavailable  = expectation{http.StatusServiceUnavailable, []string{"Plusofon сейчас недоступен", "Ничего не изменилось", "Номер запроса"}, 1, false}
	unreadable   = expectation{http.StatusBadGateway, []string{"Plusofon ответил непонятно", "Ничего не изменилось", "Номер запроса"}, 1, false}
	noFile       = expectation{http.StatusBadGateway, []string{"У этой записи нет файла"}, 1, false}
	rejected     = expectation{http.StatusBadGateway, []string{"Plusofon отклонил запрос", "Ничего не изменилось"}, 1, false}
	notDone      = expectation{http.StatusGatewayTimeout, []string{"Действие не выполнено", "всё осталось как было"}, 1, false}
	foundDone    = expectation{http.StatusSeeOther, nil, 1, true}
	skipped      = expectation{}
)

// twice is what follows when the second try of a read fails too.
func twice(e expectation) expectation {
	e.asked = 2
	return e
}

func patience(seconds string) expectation {
	return expectation{http.StatusServiceUnavailable, []string{"Plusofon просит подождать", "Подождите " + seconds, "Ничего не изменилось"}, 1, false}
}

// faultRow is a fault, and what it does to each kind of action.
type faultRow struct {
	name              string
	fault             plusofontest.Fault
	read, play, write expectation
}

var faultRows = []faultRow{
	{"reset", plusofontest.Reset(), twice(unavailable), twice(unavailable), notDone},
	{"reset after it was done", plusofontest.CarriedOut(plusofontest.Reset()), twice(unavailable), twice(unavailable), foundDone},
	{"reset in the middle", plusofontest.CutOff(9), twice(unavailable), unavailable, foundDone},
	{"429", plusofontest.RetryAfter(429, ""), patience("10 секунд"), patience("10 секунд"), patience("10 секунд")},
	{"429 with a time", plusofontest.RetryAfter(429, "7"), patience("7 секунд"), patience("7 секунд"), patience("7 секунд")},
	{"429 for ever", plusofontest.RetryAfter(429, "99999999"), patience("3\u00a0600 секунд"), patience("3\u00a0600 секунд"), patience("3\u00a0600 секунд")},
	{"unknown user, 500", plusofontest.JSONError(500, 500, "User not found."), signInAgain, unauthorized, signInAgain},
	{"unknown user, 200", plusofontest.JSONError(200, 500, "User not found."), signInAgain, unauthorized, signInAgain},
	{"unknown user without full stop, 500", plusofontest.JSONError(500, 500, "User not found"), signInAgain, unauthorized, signInAgain},
	{"unknown user without full stop, 200", plusofontest.JSONError(200, 500, "User not found"), signInAgain, unauthorized, signInAgain},
	{"a page, 500", plusofontest.HTML(500), unavailable, unavailable, notDone},
	{"a page, 502", plusofontest.HTML(502), twice(unavailable), twice(unavailable), notDone},
	{"a page, 503", plusofontest.HTML(503), twice(unavailable), twice(unavailable), notDone},
	{"a page, 504, after it was done", plusofontest.CarriedOut(plusofontest.HTML(504)), twice(unavailable), twice(unavailable), foundDone},
	{"a page, 200", plusofontest.HTML(200), unreadable, skipped, notDone},
	{"an error object of 500", plusofontest.JSONError(200, 500, "Server <b>Error"), unavailable, unavailable, notDone},
	{"an error object of 409", plusofontest.JSONError(200, 409, "In <b>use"), rejected, rejected, rejected},
	{"null", plusofontest.Null(), unreadable, noFile, notDone},
	{"no data", plusofontest.NoData(), unreadable, noFile, notDone},
	{"nothing", plusofontest.Answer(200, "", ""), unreadable, noFile, notDone},
	{"invalid JSON", plusofontest.Answer(200, "application/json", `{"data":[}`), unreadable, skipped, notDone},
	{"truncated JSON", plusofontest.Truncated(), unreadable, skipped, foundDone},
	{"junk after JSON", plusofontest.Junk(), unreadable, skipped, foundDone},
	{"too short a length", plusofontest.WrongContentLength(-3), unreadable, skipped, foundDone},
	{"too long a length", plusofontest.WrongContentLength(3), twice(unavailable), skipped, foundDone},
	{"a list of 1 GB", plusofontest.HugeList(1 << 30), unreadable, skipped, notDone},
	{"a gzip bomb", plusofontest.GzipBomb(64 << 20), unreadable, unreadable, notDone},
	{"a part unasked", plusofontest.UnaskedPart(), skipped, unreadable, skipped},
	{"a wrong part", plusofontest.WrongContentRange("bytes 5-9/100"), skipped, unreadable, skipped},
	{"a part without its place", plusofontest.WrongContentRange(""), skipped, unreadable, skipped},
}

// of gives what a row expects of an action.
func (row faultRow) of(a action) expectation {
	switch a.kind {
	case writes:
		return row.write
	case plays:
		return row.play
	case signsIn:
		switch {
		case row.read.status == http.StatusSeeOther:
			return badToken
		case row.read.status == http.StatusOK:
			return expectation{status: http.StatusSeeOther, asked: row.read.asked}
		}
	}
	return row.read
}

// meetActions has the fault meet each action, on a way to Plusofon of its own.
func (row faultRow) meetActions(t *testing.T, way func() *transport.Transport) {
	t.Helper()
	for _, action := range actions {
		want := row.of(action)
		if want.status == 0 {
			continue
		}
		t.Run(row.name+"/"+action.name, func(t *testing.T) {
			startFaulty(t, way()).meets(action, want, row.fault)
		})
	}
}

// Every fault of an answer meets every action.
func TestFaultsOfPlusofon(t *testing.T) {
	for _, row := range faultRows {
		row.meetActions(t, upstream)
	}
}

// What fails but once is read again, and nobody notices.
func TestOneFaultOfARead(t *testing.T) {
	read := expectation{status: http.StatusOK, asked: 2}
	for _, row := range []faultRow{
		{"reset", plusofontest.Reset(), read, read, skipped},
		{"reset in the middle", plusofontest.CutOff(9), read, skipped, skipped},
		{"too long a length", plusofontest.WrongContentLength(3), read, skipped, skipped},
		{"a page, 502", plusofontest.HTML(502), read, read, skipped},
		{"a page, 503", plusofontest.HTML(503), read, read, skipped},
		{"a page, 504", plusofontest.HTML(504), read, read, skipped},
		{"429 with a time that has passed", plusofontest.RetryAfter(429, "0"), read, read, skipped},
	} {
		var left atomic.Bool
		fault := row.fault
		row.fault = func(w http.ResponseWriter, r *http.Request, api http.Handler) {
			if left.CompareAndSwap(true, false) {
				fault(w, r, api)
				return
			}
			api.ServeHTTP(w, r)
		}
		row.meetActions(t, func() *transport.Transport {
			left.Store(true)
			return upstream()
		})
	}
}
