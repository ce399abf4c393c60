package handlers_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/plusofon-dashboard/dashboard/handlers"
	"github.com/plusofon-dashboard/dashboard/plusofon"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// finishedAnswer is a Plusofon that costs nothing: what is measured is ours.
type finishedAnswer string

func (a finishedAnswer) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(strings.NewReader(string(a))), ContentLength: int64(len(a)), Request: r,
	}, nil
}

// The list page from the request to the compressed answer, without the network
// on both sides.
func BenchmarkListPage(b *testing.B) {
	var rows []string
	for i := range 15 {
		rows = append(rows, fmt.Sprintf(`{"id":%d,"name":"Приветствие отдела продаж, часть %d"}`, 1000+i, i))
	}
	list := finishedAnswer(`{"current_page":1,"data":[` + strings.Join(rows, ",") + `],"from":1,"last_page":20,"per_page":15,"to":15,"total":300}`)
	var handler http.Handler
	d := startBefore(b, plusofontest.NewServer(plusofontest.WithAccount(token)), nil, func(c *handlers.Config) {
		client, err := plusofon.New("", plusofon.WithHTTPClient(&http.Client{Transport: list}))
		if err != nil {
			b.Fatal(err)
		}
		c.Plusofon = client
		if handler, err = handlers.New(*c); err != nil {
			b.Fatal(err)
		}
	})
	d.signIn(token)
	request := httptest.NewRequest(http.MethodGet, d.url+"/media", nil)
	request.Header.Set("Accept-Encoding", "gzip, deflate, br, zstd")
	request.Header.Set("Accept-Language", "ru,en;q=0.9")
	for _, cookie := range d.client.Jar.Cookies(request.URL) {
		request.AddCookie(cookie)
	}
	b.ReportAllocs()
	for b.Loop() {
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, request)
		if answer.Code != http.StatusOK {
			b.Fatalf("status %d", answer.Code)
		}
	}
}
