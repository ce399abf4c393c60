package plusofon_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

func TestRefusals(t *testing.T) {
	t.Parallel()
	var (
		refused     = []error{plusofon.ErrTokenRefused}
		notFound    = []error{plusofon.ErrNotFound}
		unavailable = []error{plusofon.ErrUnavailable}
		limited     = []error{plusofon.ErrRateLimited, plusofon.ErrUnavailable}
		rejected    = []error{plusofon.ErrRejected}
		unexpected  = []error{plusofon.ErrUnexpectedAnswer}
	)
	const html = "<html><h1>nginx</h1></html>"
	tests := []struct {
		name    string
		status  int
		body    string
		means   []error
		unknown bool // whether a write may have happened
		code    int
		message string
	}{
		{"bad token", 500, `{"message":"User not found","code":500}`, refused, false, 500, "User not found"},
		{"bad token, HTTP 200", 200, `{"message":"User not found.","code":500}`, refused, false, 500, "User not found."},
		{"bad token, no code", 200, `{"message":" USER  not\nfound . "}`, refused, false, 0, "USER  not found ."},
		{"401", 401, html, refused, false, 0, ""},
		{"403 as code", 200, `{"message":"No","code":"403"}`, refused, false, 403, "No"},
		{"404", 404, html, notFound, false, 0, ""},
		{"404 as code", 200, `{"message":"No such entity","code":404}`, notFound, false, 404, "No such entity"},
		{"404 within 500", 500, `{"message":"No such entity","code":404}`, notFound, false, 404, "No such entity"},
		{"429", 429, html, limited, false, 0, ""},
		{"429 as code", 200, `{"message":"Too Many Attempts.","code":429}`, limited, false, 429, "Too Many Attempts."},
		{"400", 400, `{"message":"The media id must be int.","code":400}`, rejected, false, 400, "The media id must be int."},
		{"400, HTTP 200", 200, `{"message":"The media id must be int","code":400}`, rejected, false, 400, "The media id must be int"},
		{"400, HTTP 500", 500, `{"message":"The media id must be int","code":400}`, rejected, false, 400, "The media id must be int"},
		{"422", 422, `{"message":"The name field is required."}`, rejected, false, 0, "The name field is required."},
		{"not a success", 200, `{"success":false}`, rejected, false, 0, ""},
		{"400 in HTML", 400, html, unexpected, true, 0, ""},
		{"413 in HTML", 413, html, rejected, false, 0, ""},
		{"502 in HTML", 502, html, unavailable, true, 0, ""},
		{"500 in JSON", 500, `{"message":"Server Error"}`, unavailable, true, 0, "Server Error"},
		{"500 with a list", 500, `[1]`, unavailable, true, 0, ""},
		{"500 as code", 200, `{"message":"Server Error","code":500}`, unavailable, true, 500, "Server Error"},
		{"503, huge", 503, strings.Repeat("x", 3<<20), unavailable, true, 0, ""},
		{"300", 300, `{"message":"x","code":400}`, unexpected, true, 400, "x"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			client := serve(t, answer(test.status, test.body))
			for _, call := range calls(t) {
				want := test.means
				if call.writes && test.unknown {
					want = append([]error{plusofon.ErrOutcomeUnknown}, want...)
				}
				got := wantMeaning(t, call.do(client), want...)
				if got.Status != test.status || got.Code != test.code || got.Message != test.message {
					t.Errorf("%s: got %d, %d, %q", call.name, got.Status, got.Code, got.Message)
				}
				if strings.Contains(got.Error(), "<") {
					t.Errorf("the error shows HTML: %v", got)
				}
			}
		})
	}
}

func TestMessageIsTidied(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ы", 400)
	tests := map[string]string{
		`a\r\nb\u0000\u001b[31m\u0085c`: "a  b[31mc",
		long:                            long[:2*300],
		"it is " + token + "!":          "it is [token]!",
		"it is " + token[:9] + `\u0000` + token[9:]: "it is [token]",
		"half \xd1 rune": "half � rune",
	}
	for body, want := range tests {
		client := serve(t, answer(400, `{"message":"`+body+`","code":400}`))
		_, err := client.ListMedia(t.Context(), 1)
		if got := wantMeaning(t, err, plusofon.ErrRejected); got.Message != want {
			t.Errorf("message %q, want %q", got.Message, want)
		}
	}
}

func TestErrorText(t *testing.T) {
	t.Parallel()
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Request-Id", "r-1 "+token)
		answer(500, `{"message":"No such entity","code":404}`)(w, r)
	})
	_, err := client.GetMedia(t.Context(), "12")
	got := wantMeaning(t, err, plusofon.ErrNotFound).Error()
	want := `plusofon: get media /api/v1/media/12: HTTP 500, code 404, message "No such entity", request id "r-1 [token]": not found`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	const near = time.Minute // dates have whole seconds, and time passes
	date := func(d time.Duration) string { return time.Now().Add(d).UTC().Format(http.TimeFormat) }
	tests := []struct {
		header    string
		low, high time.Duration
	}{
		{"", 0, 0},
		{"7", 7 * time.Second, 7 * time.Second},
		{" 0 ", 0, 0},
		{"-5", 0, 0},
		{"soon", 0, 0},
		{"3601", time.Hour, time.Hour},
		{"99999999999999999999999", time.Hour, time.Hour},
		{date(30 * time.Minute), 30*time.Minute - near, 30 * time.Minute},
		{date(48 * time.Hour), time.Hour, time.Hour},
		{date(-time.Hour), 0, 0},
	}
	for _, test := range tests {
		client := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", test.header)
			w.WriteHeader(http.StatusTooManyRequests)
		})
		err := client.DeleteMedia(t.Context(), "1")
		got := wantMeaning(t, err, plusofon.ErrRateLimited, plusofon.ErrUnavailable).RetryAfter
		if got < test.low || got > test.high {
			t.Errorf("Retry-After %q: %v, want %v to %v", test.header, got, test.low, test.high)
		}
	}
}
