package plusofontest_test

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// once starts a server with one sound, and gives its answer to a request that
// meets a fault.
func once(t *testing.T, fault plusofontest.Fault, method, path, body string, headers ...string) (*plusofontest.Server, answer) {
	t.Helper()
	server := withFiles(t, sound)
	server.Fail(plusofontest.Match(method, path), fault)
	got := send(server, request(t, server, method, path, body, headers...))
	if server.Pending() != 0 {
		t.Error("the fault was not met")
	}
	return server, got
}

// An answer in place of the API's, of which the API knows nothing.
func TestAnswers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name        string
		fault       plusofontest.Fault
		status      int
		contentType string
		contains    string
	}{
		{"Answer", plusofontest.Answer(418, "text/x", "body"), 418, "text/x", "body"},
		{"Answer without type", plusofontest.Answer(200, "", "<html>"), 200, "", "<html>"},
		{"HTML", plusofontest.HTML(502), 502, "text/html", "<script>"},
		{"HTMLAsAudio", plusofontest.HTMLAsAudio(), 200, "audio/mpeg", "<script>"},
		{"JSONError", plusofontest.JSONError(500, 404, `a "b"`), 500, "application/json", `{"message":"a \"b\"","code":404}`},
		{"RetryAfter", plusofontest.RetryAfter(429, "7"), 429, "application/json", `{"message":`},
		{"Null", plusofontest.Null(), 200, "application/json", "null"},
		{"NoData", plusofontest.NoData(), 200, "application/json", `"total":0`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server, got := once(t, tt.fault, "PATCH", mediaPath, `{"name":"New"}`)
			if got.status != tt.status || got.header.Get("Content-Type") != tt.contentType || !strings.Contains(got.body, tt.contains) || got.err != nil {
				t.Errorf("got %+v", got)
			}
			if name := server.Files(token)[0].Name; name != "Sound" {
				t.Errorf("renamed to %q", name)
			}
		})
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	for _, want := range []string{"", "7", "Wed, 21 Oct 2026 07:28:00 GMT"} {
		_, got := once(t, plusofontest.RetryAfter(503, want), "GET", listPath, "")
		if value, present := got.header["Retry-After"]; present != (want != "") || present && value[0] != want {
			t.Errorf("got %q, want %q", value, want)
		}
	}
}

func TestNoDataIsAList(t *testing.T) {
	t.Parallel()
	_, got := once(t, plusofontest.NoData(), "GET", listPath, "")
	var list map[string]any
	if err := json.Unmarshal([]byte(got.body), &list); err != nil || list["data"] != nil || list["last_page"] == nil {
		t.Errorf("%v, %v", list, err)
	}
}

func TestRedirect(t *testing.T) {
	t.Parallel()
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "elsewhere") }))
	defer elsewhere.Close()
	server := withFiles(t, sound)
	server.Fail(plusofontest.Match("GET", filePath), plusofontest.Redirect(302, elsewhere.URL+"/there"))
	response, err := server.Client().Do(request(t, server, "GET", filePath, ""))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if got := response.Request.URL.String(); got != elsewhere.URL+"/there" {
		t.Errorf("came to %s", got)
	}
}

func TestAlteredBodies(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name         string
		fault        plusofontest.Fault
		status       int
		body         string
		contentRange string
	}{
		{"Truncated", plusofontest.Truncated(), 200, "01234", ""},
		{"Junk", plusofontest.Junk(), 200, "0123456789\n<br />Warning: Unknown", ""},
		{"UnaskedPart", plusofontest.UnaskedPart(), 206, "01234", "bytes 0-4/10"},
		{"WrongContentRange", plusofontest.WrongContentRange("bytes 5-9/12"), 206, "0123456789", "bytes 5-9/12"},
		{"no Content-Range", plusofontest.WrongContentRange(""), 206, "0123456789", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, got := once(t, tt.fault, "GET", filePath, "")
			if got.err != nil || got.status != tt.status || got.body != tt.body || got.header.Get("Content-Range") != tt.contentRange {
				t.Errorf("got %+v", got)
			}
			if got.length != int64(len(tt.body)) {
				t.Errorf("Content-Length %d", got.length)
			}
		})
	}
}

func TestNoContentRangeForARange(t *testing.T) {
	t.Parallel()
	server := serve(t, plusofontest.WithAccount(token, sound), plusofontest.WithRanges())
	server.Fail(plusofontest.Match("GET", filePath), plusofontest.WrongContentRange(""))
	got := do(t, server, "GET", filePath, "", "Range", "bytes=2-4")
	if given, present := got.header["Content-Range"]; got.status != 206 || got.body != "234" || present {
		t.Errorf("got %d %q %q", got.status, got.body, given)
	}
}

// The client takes the shorter one for whole: net/http cannot tell.
func TestWrongContentLength(t *testing.T) {
	t.Parallel()
	_, long := once(t, plusofontest.WrongContentLength(3), "GET", filePath, "")
	if long.err == nil || long.length != 13 || long.body != "0123456789" {
		t.Errorf("3 too many: got %+v", long)
	}
	_, short := once(t, plusofontest.WrongContentLength(-3), "GET", filePath, "")
	if short.err != nil || short.length != 7 || short.body != "0123456" {
		t.Errorf("3 too few: got %+v", short)
	}
}

func TestHugeLists(t *testing.T) {
	t.Parallel()
	const size = 1 << 20
	for name, fault := range map[string]plusofontest.Fault{"HugeList": plusofontest.HugeList(size), "GzipBomb": plusofontest.GzipBomb(size)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, got := once(t, fault, "GET", listPath, "", "Accept-Encoding", "gzip")
			if got.err != nil {
				t.Fatal(got.err)
			}
			if bomb := name == "GzipBomb"; bomb {
				if len(got.body) > size/100 {
					t.Errorf("%d bytes compressed", len(got.body))
				}
				got.body = unzip(t, got.body)
			}
			if len(got.body) < size || !json.Valid([]byte(got.body)) {
				t.Errorf("%d bytes, valid: %t", len(got.body), json.Valid([]byte(got.body)))
			}
		})
	}
}

func unzip(t *testing.T, compressed string) string {
	t.Helper()
	reader, err := gzip.NewReader(strings.NewReader(compressed))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// A list without end must end when the client leaves.
func TestHugeListEndsWithTheClient(t *testing.T) {
	t.Parallel()
	server := withFiles(t)
	server.Fail(plusofontest.Match("GET", listPath), plusofontest.HugeList(1<<60), plusofontest.GzipBomb(1<<60))
	for range 2 {
		response, err := server.Client().Do(request(t, server, "GET", listPath, ""))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.CopyN(io.Discard, response.Body, 64<<10); err != nil {
			t.Error(err)
		}
		response.Body.Close()
	}
	server.Close() // waits for the requests to end
}
