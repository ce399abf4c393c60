package plusofon_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

func TestListMedia(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, body string
		want       plusofon.MediaPage
	}{
		{"full",
			`{"current_page":2,"data":[{"id":1,"name":"\u041f\u0440\u0438\/\u0432\u0435\u0442"}],"first_page_url":"x","from":16,` +
				`"last_page":2,"next_page_url":null,"path":"x","per_page":15,"prev_page_url":"x","to":16,"total":16}`,
			plusofon.MediaPage{CurrentPage: 2, LastPage: 2, PerPage: 15, Total: 16, From: 16, To: 16,
				Media: []plusofon.Media{{ID: "1", Name: "При/вет"}}}},
		{"empty", `{"current_page":1,"data":[],"from":null,"last_page":1,"per_page":15,"to":null,"total":0}`,
			plusofon.MediaPage{CurrentPage: 1, LastPage: 1, PerPage: 15, Media: []plusofon.Media{}}},
		{"numbers missing, odd or in strings", `{"data":[],"per_page":"15","total":1.5,"from":-3,"to":[],"last_page":0}`,
			plusofon.MediaPage{CurrentPage: 3, LastPage: 1, PerPage: 15, Media: []plusofon.Media{}}},
		{"odd rows",
			`{"data":[{"id":"007","name":null,"more":{}},{"id":9007199254740993},{"name":"no id"},{"id":null,"name":12},` +
				`{"id":1.0},{"id":[1]},{"id":"1/../2"},{"id":"` + strings.Repeat("9", 20) + `"},null,{"name":"\ud800"}]}`,
			plusofon.MediaPage{CurrentPage: 3, LastPage: 1, Media: []plusofon.Media{
				{ID: "007"}, {ID: "9007199254740993"}, {Name: "no id"}, {Name: "12"}, {ID: "1.0"}, {},
				{ID: "1/../2"}, {ID: plusofon.MediaID(strings.Repeat("9", 20))}, {}, {Name: "\ufffd"},
			}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := serve(t, answer(200, test.body)).ListMedia(t.Context(), 3)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(*got, test.want) {
				t.Errorf("got  %+v\nwant %+v", *got, test.want)
			}
		})
	}
}

// An answer that can't be read is an error, never an empty list or a blank entry.
func TestUnexpectedAnswers(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		``, ` `, `null`, `{}`, `[]`, `[{"id":1}]`, `true`, `"x"`, `<html>`, `{"data":null}`, `{"data":{}}`, `{"data":"x"}`, `{"data":[1]}`,
		`{"standard_media":null}`, `{"standard_media":[1]}`, `{"data":[],"id":1,"standard_media":[],"success":true`,
		`{"data":[],"id":1,"standard_media":[],"success":true} x`, `{"success":"true"}`, `{"success":1}`, `{"success":null}`,
		`{"data":[],"id":1,"standard_media":[],"success":true,"x":"` + strings.Repeat("x", 2<<20) + `"}`,
		`{"data":[],"id":1,"standard_media":[],"success":true}` + strings.Repeat(" ", 2<<20),
		strings.Repeat("[", 100_000), `{"message":"nothing else"}`,
	} {
		client := serve(t, answer(200, body))
		for _, call := range calls(t) {
			switch {
			case call.name == "file":
			case call.writes:
				wantMeaning(t, call.do(client), plusofon.ErrUnexpectedAnswer, plusofon.ErrOutcomeUnknown)
			default:
				wantMeaning(t, call.do(client), plusofon.ErrUnexpectedAnswer)
			}
		}
	}
}

func TestListMediaPageNumber(t *testing.T) {
	t.Parallel()
	for page, want := range map[int]string{-1: "", 0: "", 1: "", 2: "page=2", 1000: "page=1000"} {
		client := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.RawQuery != want {
				t.Errorf("page %d: query %q, want %q", page, r.URL.RawQuery, want)
			}
			fmt.Fprint(w, `{"data":[]}`)
		})
		if _, err := client.ListMedia(t.Context(), page); err != nil {
			t.Error(err)
		}
	}
}

// pages answers with one file a page, its id the number of the page.
func pages(t *testing.T, requests *atomic.Int32, last func(page int) int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		page, err := strconv.Atoi(r.FormValue("page"))
		if err != nil {
			page = 1
		}
		var data []map[string]any
		if page != 2 { // an empty page in between doesn't end the list
			data = append(data, map[string]any{"id": page, "name": "n"})
		} else {
			data = []map[string]any{}
		}
		answer := map[string]any{"data": data, "current_page": page, "last_page": last(page)}
		if err := json.NewEncoder(w).Encode(answer); err != nil {
			t.Error(err)
		}
	}
}

func TestAllMedia(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name           string
		last           func(page int) int
		ids            string
		requests, stop int
	}{
		{"one page", func(int) int { return 1 }, "1", 1, 99},
		{"several, one empty", func(int) int { return 4 }, "1 3 4", 4, 99},
		{"growing meanwhile", func(page int) int { return min(page+1, 5) }, "1 3 4 5", 5, 99},
		{"shrinking meanwhile", func(page int) int { return 6 - page }, "1 3", 3, 99},
		{"stopped by the caller", func(int) int { return 9 }, "1 3", 3, 2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var requests atomic.Int32
			client := serve(t, pages(t, &requests, test.last))
			var ids []string
			for media, err := range client.AllMedia(t.Context()) {
				if err != nil {
					t.Fatal(err)
				}
				if ids = append(ids, string(media.ID)); len(ids) == test.stop {
					break
				}
			}
			if got := strings.Join(ids, " "); got != test.ids {
				t.Errorf("got %s, want %s", got, test.ids)
			}
			if int(requests.Load()) != test.requests {
				t.Errorf("%d requests, want %d", requests.Load(), test.requests)
			}
		})
	}
}

func TestAllMediaEndsWithItsFirstError(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		handler http.HandlerFunc
		media   int
		want    error
	}{
		{"refused at once", answer(401, ""), 0, plusofon.ErrTokenRefused},
		{"fails later", func(w http.ResponseWriter, r *http.Request) {
			if r.FormValue("page") == "3" {
				w.WriteHeader(http.StatusNotFound)
				return
			}
			fmt.Fprint(w, `{"data":[{"id":1}],"last_page":3}`)
		}, 2, plusofon.ErrNotFound},
		{"always the first page", answer(200, `{"data":[{"id":1}],"current_page":1,"last_page":3}`), 1, plusofon.ErrUnexpectedAnswer},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			media, failures := 0, 0
			for got, err := range serve(t, test.handler).AllMedia(t.Context()) {
				if err == nil {
					media++
					continue
				}
				failures++
				wantMeaning(t, err, test.want)
				if got != (plusofon.Media{}) {
					t.Errorf("the error came with %v", got)
				}
			}
			if media != test.media || failures != 1 {
				t.Errorf("%d files and %d errors, want %d and 1", media, failures, test.media)
			}
		})
	}
}

func TestAllMediaDoesNotGoOnForEver(t *testing.T) {
	t.Parallel()
	requests := 0
	transport := roundTrip(func(r *http.Request) (*http.Response, error) {
		requests++
		return canned(r, 200, fmt.Sprintf(`{"data":[],"last_page":%d}`, requests+1)), nil
	})
	client := newClient(t, plusofon.WithHTTPClient(&http.Client{Transport: transport}))
	for _, err := range client.AllMedia(t.Context()) {
		wantMeaning(t, err, plusofon.ErrUnexpectedAnswer)
	}
	if requests != 10_000 {
		t.Errorf("gave up after %d pages", requests)
	}
}
