package plusofon_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

func TestRedirectToAnotherOriginIsRefused(t *testing.T) {
	t.Parallel()
	target := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("a request reached the target: %s %s %v", r.Method, r.URL, r.Header)
	}))
	t.Cleanup(target.Close)
	for _, status := range []int{301, 302, 303, 307, 308} {
		for _, call := range calls(t) {
			client := serve(t, func(w http.ResponseWriter, r *http.Request) {
				http.Redirect(w, r, target.URL+r.URL.Path, status)
			})
			want := []error{plusofon.ErrUnexpectedAnswer}
			if call.writes {
				want = append(want, plusofon.ErrOutcomeUnknown)
			}
			if failed := wantMeaning(t, call.do(client), want...); failed.Status != status {
				t.Errorf("%s: status %d, want %d", call.name, failed.Status, status)
			}
		}
	}
}

// A store of the same name on another scheme or port is another origin too.
func TestRedirectTargets(t *testing.T) {
	t.Parallel()
	tests := []struct {
		from, to string
		follows  bool
	}{
		{"https://api.test", "https://api.test/x", true},
		{"https://api.test", "https://API.test:443/x", true},
		{"https://api.test", "/x", true},
		{"https://api.test", "http://api.test/x", false},
		{"https://api.test", "http://api.test:443/x", false},
		{"http://api.test", "https://api.test/x", false},
		{"https://api.test", "https://api.test:8443/x", false},
		{"https://api.test", "https://files.api.test/x", false},
		{"https://api.test", "https://api.test.evil.test/x", false},
		{"https://api.test", "https://api.test@evil.test/x", false},
		{"https://api.test", "//evil.test/x", false},
		{"https://api.test", "file:///etc/passwd", false},
	}
	for _, test := range tests {
		t.Run(test.from+" "+test.to, func(t *testing.T) {
			t.Parallel()
			requests := 0
			transport := roundTrip(func(r *http.Request) (*http.Response, error) {
				requests++
				response := &http.Response{StatusCode: 302, Header: http.Header{"Location": {test.to}}, Request: r}
				response.Body = io.NopCloser(strings.NewReader(`{"data":[]}`))
				if r.URL.Path == "/x" {
					response.StatusCode = 200
				}
				return response, nil
			})
			client := newClient(t, plusofon.WithBaseURL(test.from), plusofon.WithHTTPClient(&http.Client{Transport: transport}))
			_, err := client.ListMedia(t.Context(), 1)
			if test.follows && (err != nil || requests != 2) {
				t.Errorf("%d requests, error %v, want 2 and none", requests, err)
			}
			if !test.follows {
				wantMeaning(t, err, plusofon.ErrUnexpectedAnswer)
				if requests != 1 {
					t.Errorf("%d requests, want 1", requests)
				}
			}
		})
	}
}

func TestRedirectLoopEnds(t *testing.T) {
	t.Parallel()
	var requests atomic.Int32
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		http.Redirect(w, r, r.URL.Path, http.StatusFound)
	})
	_, err := client.ListMedia(t.Context(), 1)
	wantMeaning(t, err, plusofon.ErrUnexpectedAnswer)
	if n := requests.Load(); n != 4 {
		t.Errorf("%d requests, want 4", n)
	}
}

func TestWritesAreNotRedirected(t *testing.T) {
	t.Parallel()
	for _, status := range []int{301, 302, 303, 307, 308} {
		for _, call := range calls(t) {
			if !call.writes {
				continue
			}
			var requests atomic.Int32
			client := serve(t, func(w http.ResponseWriter, r *http.Request) {
				requests.Add(1)
				io.Copy(io.Discard, r.Body)
				http.Redirect(w, r, "/elsewhere", status)
			})
			wantMeaning(t, call.do(client), plusofon.ErrUnexpectedAnswer, plusofon.ErrOutcomeUnknown)
			if n := requests.Load(); n != 1 {
				t.Errorf("%s, %d: %d requests, want 1", call.name, status, n)
			}
		}
	}
}

func TestCallersRedirectPolicyIsAsked(t *testing.T) {
	t.Parallel()
	asked := false
	own := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error {
		asked = true
		return http.ErrUseLastResponse
	}}
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/elsewhere", http.StatusFound)
	}, plusofon.WithHTTPClient(own))
	_, err := client.ListMedia(t.Context(), 1)
	wantMeaning(t, err, plusofon.ErrUnexpectedAnswer)
	if !asked {
		t.Error("the policy of the caller's http.Client was not asked")
	}
}
