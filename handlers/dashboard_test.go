package handlers_test

import (
	"bytes"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/auth"
	"github.com/plusofon-dashboard/dashboard/handlers"
	"github.com/plusofon-dashboard/dashboard/plusofon"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// token opens the account that most tests use.
const token = "a-token-of-the-tests"

// secret encrypts the sessions of the tests.
const secret = "a secret of the tests, long enough for everybody"

// dashboard is the whole program but for its settings: a browser of sorts, the
// dashboard, and a Plusofon in memory, each on a real connection.
type dashboard struct {
	t      testing.TB
	url    string
	api    *plusofontest.Server
	client *http.Client
	log    *logBuffer
}

// start starts a dashboard before a Plusofon with the options given. Nobody is
// signed in.
func start(t testing.TB, options ...plusofontest.Option) *dashboard {
	t.Helper()
	return startWith(t, func(*handlers.Config) {}, options...)
}

func startWith(t testing.TB, change func(*handlers.Config), options ...plusofontest.Option) *dashboard {
	t.Helper()
	return startBefore(t, plusofontest.NewServer(options...), nil, change)
}

// startBefore starts a dashboard before a Plusofon that runs already, which it
// asks through upstream, or in the ordinary way if that is nil.
func startBefore(t testing.TB, api *plusofontest.Server, upstream http.RoundTripper, change func(*handlers.Config)) *dashboard {
	t.Helper()
	t.Cleanup(api.Close)
	client, err := plusofon.New("", plusofon.WithBaseURL(api.URL), plusofon.WithHTTPClient(&http.Client{Transport: upstream}))
	if err != nil {
		t.Fatal(err)
	}
	sessions, err := auth.New(auth.Config{Secrets: []string{secret}, Idle: time.Hour, Max: 12 * time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	log := &logBuffer{}
	config := handlers.Config{
		Plusofon: client, Sessions: sessions, Throttle: auth.NewThrottle(10, time.Minute, nil),
		Log: slog.New(slog.NewTextHandler(log, nil)), MaxUpload: 1 << 20,
	}
	change(&config)
	handler, err := handlers.New(config)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return &dashboard{t: t, url: server.URL, api: api, client: newBrowser(t), log: log}
}

// newBrowser keeps cookies and does not follow redirects, so that a test sees
// each answer.
func newBrowser(t testing.TB) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// signedIn starts a dashboard with an account of the files given, and signs in.
func signedIn(t *testing.T, files ...plusofontest.File) *dashboard {
	t.Helper()
	d := start(t, plusofontest.WithAccount(token, files...))
	d.signIn(token)
	return d
}

func (d *dashboard) signIn(token string) {
	d.t.Helper()
	answer := d.post("/login", url.Values{"token": {token}})
	answer.status(http.StatusSeeOther)
}

// session signs in without asking Plusofon.
func (d *dashboard) session(token string) {
	d.t.Helper()
	sessions, err := auth.New(auth.Config{Secrets: []string{secret}, Idle: time.Hour, Max: 12 * time.Hour})
	if err != nil {
		d.t.Fatal(err)
	}
	recorder := httptest.NewRecorder()
	if _, err := sessions.Start(recorder, httptest.NewRequest(http.MethodPost, "/login", nil), token); err != nil {
		d.t.Fatal(err)
	}
	address, err := url.Parse(d.url)
	if err != nil {
		d.t.Fatal(err)
	}
	d.client.Jar.SetCookies(address, recorder.Result().Cookies())
}

// request sends a request with headers given as pairs.
func (d *dashboard) request(method, path string, body io.Reader, headers ...string) *answer {
	d.t.Helper()
	request, err := http.NewRequestWithContext(d.t.Context(), method, d.url+path, body)
	if err != nil {
		d.t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := d.client.Do(request)
	if err != nil {
		d.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	return &answer{t: d.t, code: response.StatusCode, header: response.Header, body: string(text)}
}

func (d *dashboard) get(path string, headers ...string) *answer {
	d.t.Helper()
	return d.request(http.MethodGet, path, nil, headers...)
}

func (d *dashboard) send(method, path string, form url.Values, headers ...string) *answer {
	d.t.Helper()
	headers = append([]string{"Content-Type", "application/x-www-form-urlencoded"}, headers...)
	return d.request(method, path, strings.NewReader(form.Encode()), headers...)
}

func (d *dashboard) post(path string, form url.Values, headers ...string) *answer {
	d.t.Helper()
	return d.send(http.MethodPost, path, form, headers...)
}

// upload sends the upload form as a browser does.
func (d *dashboard) upload(name, fileName string, content []byte, headers ...string) *answer {
	d.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	if err := form.WriteField("name", name); err != nil {
		d.t.Fatal(err)
	}
	part, err := form.CreateFormFile("file", fileName)
	if err != nil {
		d.t.Fatal(err)
	}
	if _, err := part.Write(content); err != nil {
		d.t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		d.t.Fatal(err)
	}
	headers = append([]string{"Content-Type", form.FormDataContentType()}, headers...)
	return d.request(http.MethodPost, "/media", &body, headers...)
}

// asked counts the requests that reached Plusofon since the test called it
// last, and in what way.
func (d *dashboard) asked() int { return len(d.api.Requests()) }

// htmx are the headers of a request by htmx from the list.
var htmx = []string{"HX-Request", "true", "HX-Current-URL", "http://dashboard.test/media?page=2"}

// english is the header of an English browser.
var english = []string{"Accept-Language", "en"}

// sound reads a file of testdata.
func sound(t testing.TB, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// logBuffer is a log that a test reads while it is being written.
type logBuffer struct {
	mu   sync.Mutex
	text strings.Builder
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *logBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}
