package plusofon_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

func TestRangesThatAreNotAsked(t *testing.T) {
	t.Parallel()
	client := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("a request was sent") })
	for _, r := range []plusofon.Range{{First: -1, Last: 5}, {First: 5, Last: 4}} {
		_, _, err := open(t, client, &r)
		wantMeaning(t, err, plusofon.ErrRangeNotSatisfiable)
	}
}

func TestWrongPartialAnswers(t *testing.T) {
	t.Parallel()
	asked := &plusofon.Range{First: 4, Last: 7}
	open5 := &plusofon.Range{First: 5, Last: -1}
	tests := []struct {
		asked  *plusofon.Range
		header string
		length int
	}{
		{nil, "bytes 0-9/10", 10},
		{asked, "", 4},
		{asked, "bytes 4-7", 4},
		{asked, "bytes 4-7/", 4},
		{asked, "bytes 4-/10", 4},
		{asked, "bytes 4-7/x", 4},
		{asked, "bytes +4-7/10", 4},
		{asked, "items 4-7/10", 4},
		{asked, "bytes */10", 4},
		{asked, "bytes 7-4/10", 4},
		{asked, "bytes 4-7/7", 4},
		{asked, "bytes 4-99999999999999999999/*", 4},
		{asked, "bytes 3-7/10", 5},
		{asked, "bytes 5-7/10", 3},
		{asked, "bytes 4-8/10", 5},
		{asked, "bytes 4-6/10", 3},
		{asked, "bytes 4-8/*", 5},
		{asked, "bytes 4-7/10", 3},
		{asked, "bytes 4-7/10", 5},
		{open5, "bytes 5-8/10", 4},
	}
	for _, test := range tests {
		client := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Range", test.header)
			w.WriteHeader(http.StatusPartialContent)
			io.WriteString(w, strings.Repeat("x", test.length))
		})
		_, _, err := open(t, client, test.asked)
		if err == nil {
			t.Errorf("%v took %q with %d bytes", test.asked, test.header, test.length)
			continue
		}
		wantMeaning(t, err, plusofon.ErrUnexpectedAnswer)
	}
}

func TestFileIsLongerThanItsRange(t *testing.T) {
	t.Parallel()
	client := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Range", "bytes 4-7/10")
		w.WriteHeader(http.StatusPartialContent)
		w.(http.Flusher).Flush()
		io.WriteString(w, "abcde")
	})
	_, body, err := open(t, client, &plusofon.Range{First: 4, Last: 7})
	wantMeaning(t, err, plusofon.ErrUnexpectedAnswer)
	if body != "abcd" {
		t.Errorf("got %q", body)
	}
}
