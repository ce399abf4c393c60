package plusofontest_test

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

const token = "a-token"

// serve starts a server that ends with the test.
func serve(t testing.TB, options ...plusofontest.Option) *plusofontest.Server {
	t.Helper()
	server := plusofontest.NewServer(options...)
	t.Cleanup(server.Close)
	return server
}

// withFiles starts a server with an account of the files given.
func withFiles(t testing.TB, files ...plusofontest.File) *plusofontest.Server {
	t.Helper()
	return serve(t, plusofontest.WithAccount(token, files...))
}

// request is a request as the documentation wants it, but for the headers
// given as pairs: "" takes one away.
func request(t testing.TB, server *plusofontest.Server, method, path, body string, headers ...string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, server.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	documented := []string{
		"Authorization", "Bearer " + token, "Client", plusofontest.ClientCode,
		"Accept", "application/json", "Content-Type", "application/json",
	}
	headers = append(documented, headers...)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
		if headers[i+1] == "" {
			r.Header.Del(headers[i])
		}
	}
	return r
}

// answer is a response whose body has been read, as far as that went.
type answer struct {
	status int
	header http.Header
	length int64 // Content-Length
	body   string
	err    error // of the request, or of reading the body
}

// send sends a request on a connection of its own, so that net/http does not
// repeat it, and without following redirects.
func send(server *plusofontest.Server, r *http.Request) answer {
	transport := server.Client().Transport.(*http.Transport).Clone()
	transport.DisableKeepAlives = true
	response, err := transport.RoundTrip(r)
	if err != nil {
		return answer{err: err}
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return answer{response.StatusCode, response.Header, response.ContentLength, string(body), err}
}

// do sends a request that must be answered.
func do(t testing.TB, server *plusofontest.Server, method, path, body string, headers ...string) answer {
	t.Helper()
	a := send(server, request(t, server, method, path, body, headers...))
	if a.err != nil {
		t.Fatalf("%s %s: %v", method, path, a.err)
	}
	return a
}

// refused wants the API's error object with a code, and a status.
func (a answer) refused(t testing.TB, status, code int, message string) {
	t.Helper()
	var got struct {
		Message string
		Code    int
	}
	if err := json.Unmarshal([]byte(a.body), &got); err != nil {
		t.Fatalf("%v in %q", err, a.body)
	}
	if a.status != status || got.Code != code || !strings.Contains(got.Message, message) {
		t.Errorf("got status %d, %q; want status %d, code %d, a message with %q", a.status, a.body, status, code, message)
	}
}

// is wants a body with status 200.
func (a answer) is(t testing.TB, body string) {
	t.Helper()
	if a.status != http.StatusOK || a.body != body {
		t.Errorf("got status %d and\n%s\nwant 200 and\n%s", a.status, a.body, body)
	}
}

// upload is the body of a POST with a file.
func upload(name, word, content string) string {
	body, err := json.Marshal(map[string]string{
		"name": name, "file_mime_type": word, "file": base64.StdEncoding.EncodeToString([]byte(content)),
	})
	if err != nil {
		panic(err) // strings only
	}
	return string(body)
}

const (
	listPath  = "/api/v1/media"
	filePath  = "/api/v1/media/1/file"
	mediaPath = "/api/v1/media/1"
	success   = `{"success":true}`
)
