package handlers_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/plusofon-dashboard/dashboard/handlers"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// marked is a token that is found wherever it is, with characters in it that
// each way to encode it writes in another way.
const marked = "marked+Token/of=the&Tour?%7E~0123456789"

// disguises are the ways in which the token could be written.
func disguises() []string {
	hidden := []string{
		marked, url.QueryEscape(marked), url.PathEscape(marked), hex.EncodeToString([]byte(marked)),
		strings.ToUpper(hex.EncodeToString([]byte(marked))), fmt.Sprintf("%q", marked), strings.ReplaceAll(marked, "&", "&amp;"),
	}
	for offset := range 3 { // as part of something longer
		text := []byte(strings.Repeat(" ", offset) + marked)
		for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			encoded := encoding.EncodeToString(text)
			hidden = append(hidden, encoded[4:len(encoded)-4])
		}
	}
	return append(hidden, "marked+Token", "Tour?%7E", "0123456789")
}

// spy finds the token in everything that goes in or out by way of it.
type spy struct {
	t        *testing.T
	next     http.RoundTripper
	upstream bool          // where the token belongs into the Authorization header
	files    *atomic.Int64 // temporary files that were looked into
}

// searchTemporary looks into the files that are open while Plusofon is asked.
// They have no names, so that the folder of temporary files shows none of them.
func (s spy) searchTemporary() {
	links, err := filepath.Glob("/proc/self/fd/*")
	if err != nil {
		s.t.Error(err)
	}
	for _, link := range links {
		name, err := os.Readlink(link)
		if err != nil || !strings.HasPrefix(name, os.TempDir()) {
			continue // closed meanwhile, or no temporary file
		}
		if content, err := os.ReadFile(link); err == nil {
			s.files.Add(1)
			searched(s.t, "a temporary file", string(content))
		}
	}
}

func (s spy) RoundTrip(r *http.Request) (*http.Response, error) {
	header := r.Header.Clone()
	if s.upstream {
		header.Del("Authorization")
		searched(s.t, "the address at Plusofon", r.URL.String())
		searched(s.t, "a header to Plusofon", fmt.Sprint(header))
		s.searchTemporary()
	}
	response, err := s.next.RoundTrip(r)
	if err != nil || s.upstream {
		return response, err
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	if err := response.Body.Close(); err != nil {
		return nil, err
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	where := r.Method + " " + r.URL.Path
	searched(s.t, "a page, "+where, string(body))
	searched(s.t, "a header, "+where, fmt.Sprint(response.Header))
	return response, nil
}

func searched(t *testing.T, where, text string) {
	t.Helper()
	for _, disguise := range disguises() {
		if at := strings.Index(text, disguise); at >= 0 {
			t.Errorf("%s has the token as %s: %.400s", where, disguise, text[max(0, at-200):])
			return
		}
	}
}

// The token is in nothing that the program writes, shows or sends but the one
// header for which it is there.
func TestTheTokenIsNowhere(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	api := plusofontest.NewServer(plusofontest.WithAccount(marked, append(files(20), plusofontest.File{ID: 77, Name: "Привет", Content: longAU(200_000)})...))
	log := &logBuffer{}
	var files atomic.Int64
	d := startBefore(t, api, spy{t, &http.Transport{}, true, &files}, func(c *handlers.Config) {
		c.Log = slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug, AddSource: true}))
	})
	d.client.Transport = spy{t, &http.Transport{}, false, &files}
	tour(t, d)
	for name, fault := range faultsThatTell() {
		t.Run(name, func(t *testing.T) {
			d.api.FailBy(func(r *http.Request) plusofontest.Fault {
				if name == "no JSON" && strings.HasSuffix(r.URL.Path, "/file") {
					return nil // what is in a file is the user's own
				}
				return fault
			})
			tour(t, d)
			d.api.FailBy(nil)
		})
	}
	d.api.RemoveAccount(marked)
	tour(t, d)
	searched(t, "the log", log.String())
	if files.Load() == 0 && runtime.GOOS == "linux" {
		t.Error("no temporary file was looked into")
	}
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		searched(t, "a temporary file", path+string(content))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// faultsThatTell are failures in which Plusofon itself says the token.
func faultsThatTell() map[string]plusofontest.Fault {
	return map[string]plusofontest.Fault{
		"a message":  plusofontest.JSONError(http.StatusOK, 409, "Token "+marked+" must not do that."),
		"a page":     plusofontest.Answer(http.StatusBadGateway, "text/html", "<h1>"+marked+"</h1>"),
		"no JSON":    plusofontest.Answer(http.StatusOK, "application/json", marked),
		"a redirect": plusofontest.Redirect(http.StatusFound, "https://evil.example/?token="+url.QueryEscape(marked)),
		"an id": func(w http.ResponseWriter, r *http.Request, api http.Handler) {
			w.Header().Set("X-Request-Id", marked)
			plusofontest.HTML(http.StatusInternalServerError)(w, r, api)
		},
		"a wrong part": plusofontest.WrongContentRange("bytes " + marked),
		"reset":        plusofontest.Reset(),
		"a patience":   plusofontest.RetryAfter(http.StatusTooManyRequests, marked),
	}
}

// tour goes everywhere once, whatever comes of it.
func tour(t *testing.T, d *dashboard) {
	t.Helper()
	d.session(marked)
	d.post("/login", url.Values{"token": {marked}, "next": {"/media"}})
	d.session(marked) // where signing in failed
	for _, path := range []string{
		"/", "/login", "/media", "/media?page=2", "/media?page=99", "/media?q=a&sort=-name", "/media?duplicates=1", "/media/found", "/media/progress",
		"/media/archive?id=77", "/media/delete?id=3", "/media/77?replaces=4", "/media/77", "/media/9999", "/media/x",
		"/media/77/file", "/media/77/file?download=1", "/media/77/preview", "/standard", "/nowhere", "/healthz", "/readyz", "/static/none.js",
	} {
		d.get(path)
		d.get(path, htmx...)
		d.get(path, append(english, "Range", "bytes=5-9")...)
	}
	wav := sound(t, "wav-pcm16-8000.wav")
	d.upload("Новое", "a.wav", wav)
	d.upload("Новое", "a.wav", wav, htmx...)
	d.upload("", "a.html", []byte("<html>"))
	d.post("/media", url.Values{"name": {"Новое"}, "standard_id": {"f6965c7eadb44c1a5aae6b99df4da814"}})
	d.post("/media/77/rename", url.Values{"name": {"Новее"}})
	d.send(http.MethodPatch, "/media/77", url.Values{"name": {"Ещё новее"}}, htmx...)
	d.post("/media/1/delete", nil)
	d.send(http.MethodDelete, "/media/2", nil, htmx...)
	d.post("/media/archive", url.Values{"id": {"3,4"}})
	d.post("/media/delete", url.Values{"id": {"3,4"}, "confirmed": {"1"}})
	d.post("/media/1/delete", nil, "Origin", "https://evil.example")
	d.post("/logout", nil)
	d.get("/media")
	d.post("/login", url.Values{"token": {"токен, которого нет"}})
	d.post("/login", url.Values{"token": {marked + "ж" + marked}})
}
