package plusofontest_test

import (
	"net/http"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

func TestScript(t *testing.T) {
	t.Parallel()
	server := withFiles(t, sound)
	server.Fail(plusofontest.Match("GET", listPath),
		plusofontest.HTML(502), plusofontest.Pass(), plusofontest.JSONError(200, 500, "User not found"))
	server.Fail(plusofontest.Match("", listPath), plusofontest.Null())
	get := func() answer { return do(t, server, "GET", listPath, "") }

	do(t, server, "GET", mediaPath, "").is(t, `{"id":1,"name":"Sound"}`) // does not match
	if got := get().status; got != 502 {
		t.Errorf("first: status %d", got)
	}
	if got := server.Pending(); got != 3 {
		t.Errorf("%d steps pending, want 3", got)
	}
	if got := get(); got.status != 200 || got.length < 100 {
		t.Errorf("second: %+v", got)
	}
	get().refused(t, 200, 500, "User not found")
	get().is(t, "null")
	if got := get(); got.status != 200 || got.length < 100 {
		t.Errorf("after the script: %+v", got)
	}
	if got := server.Pending(); got != 0 {
		t.Errorf("%d steps pending, want 0", got)
	}
	if got := server.Count("GET", listPath); got != 5 {
		t.Errorf("%d requests recorded", got)
	}
}

func TestMatch(t *testing.T) {
	t.Parallel()
	tests := []struct {
		method, pattern string
		want            bool
	}{
		{"GET", filePath, true},
		{"", "/api/v1/media/*/file", true},
		{"", "/api/v1/media/*", false},
		{"POST", filePath, false},
	}
	r := request(t, withFiles(t), "GET", filePath, "")
	for _, tt := range tests {
		if got := plusofontest.Match(tt.method, tt.pattern)(r); got != tt.want {
			t.Errorf("%s %s: got %t", tt.method, tt.pattern, got)
		}
	}
}

func TestFailBy(t *testing.T) {
	t.Parallel()
	server := withFiles(t, sound)
	server.FailBy(func(r *http.Request) plusofontest.Fault {
		if r.URL.Query().Get("page") != "2" {
			return nil
		}
		return plusofontest.HTML(503)
	})
	for path, want := range map[string]int{listPath: 200, listPath + "?page=2": 503, mediaPath: 200} {
		for range 2 {
			if got := do(t, server, "GET", path, "").status; got != want {
				t.Errorf("%s: status %d, want %d", path, got, want)
			}
		}
	}
	server.Fail(plusofontest.Match("", listPath), plusofontest.Null())
	do(t, server, "GET", listPath+"?page=2", "").is(t, "null")
	server.FailBy(nil)
	if got := do(t, server, "GET", listPath+"?page=2", "").status; got != 200 {
		t.Errorf("status %d after it ended", got)
	}
}
