package static_test

import (
	"bytes"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/plusofon-dashboard/dashboard/static"
)

// serve starts the assets on a server of their own, whose client asks for no
// coding by itself.
func serve(t *testing.T) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(static.Handler())
	server.Client().Transport.(*http.Transport).DisableCompression = true
	t.Cleanup(server.Close)
	return server
}

// names are the logical names of all assets, read from the folder.
func names(t *testing.T) []string {
	t.Helper()
	all := []string{"css/app.css"}
	for _, pattern := range []string{"js/*.js", "js/*/*.js", "third_party/*/*.js"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range found {
			all = append(all, filepath.ToSlash(name))
		}
	}
	return all
}

func TestAssetsAreKeptForEver(t *testing.T) {
	t.Parallel()
	server := serve(t)
	types := map[string]string{
		".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	}
	for _, name := range names(t) {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			response, body := ask(t, server, method, static.Path(name), nil)
			if response.StatusCode != http.StatusOK {
				t.Fatalf("%s %s: status %d", method, name, response.StatusCode)
			}
			for header, want := range map[string]string{
				"Content-Type":           types[filepath.Ext(name)],
				"Cache-Control":          "public, max-age=31536000, immutable",
				"X-Content-Type-Options": "nosniff",
				"Vary":                   "Accept-Encoding",
			} {
				if got := response.Header.Get(header); got != want {
					t.Errorf("%s %s: %s is %q, want %q", method, name, header, got, want)
				}
			}
			if method == http.MethodGet && response.ContentLength != int64(len(body)) {
				t.Errorf("%s: Content-Length %d for %d bytes", name, response.ContentLength, len(body))
			}
			if method == http.MethodHead && response.ContentLength < 1 {
				t.Errorf("HEAD %s: Content-Length %d", name, response.ContentLength)
			}
		}
	}
}

// All assets stand below one version, so that what they import stands there too.
func TestPathHasVersion(t *testing.T) {
	t.Parallel()
	for _, name := range names(t) {
		if got, want := static.Path(name), "/static/"+static.Version()+"/"+name; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if !regexp.MustCompile(`^[0-9a-f]{10}$`).MatchString(static.Version()) {
		t.Errorf("the version is %q", static.Version())
	}
	defer func() {
		if recover() == nil {
			t.Error("Path of an unknown name did not panic")
		}
	}()
	static.Path("js/unknown.js")
}

func TestUnknownAddressIsNotKept(t *testing.T) {
	t.Parallel()
	server := serve(t)
	for _, path := range []string{
		"/static/", "/static/js/app.js", static.Path("js/app.js") + ".br", "/static/" + static.Version() + "/js/none.js",
		"/static/" + static.Version() + "/third_party/htmx/LICENSE", "/static/" + static.Version() + "/icon.svg",
		"/static/" + static.Version() + "/../" + static.Version() + "/js/app.js", "/other/" + static.Version() + "/js/app.js",
	} {
		response, _ := ask(t, server, http.MethodGet, path, nil)
		if response.StatusCode != http.StatusNotFound || response.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: status %d, Cache-Control %q", path, response.StatusCode, response.Header.Get("Cache-Control"))
		}
		if _, _, ok := static.Lookup(path); ok {
			t.Errorf("Lookup finds %s", path)
		}
	}
}

// A page that was opened before an update, or that another copy of the program
// has drawn, goes on: the name decides, and only what has the version of this
// build is kept.
func TestAnotherVersionGetsTodaysAsset(t *testing.T) {
	t.Parallel()
	server := serve(t)
	for _, name := range names(t) {
		_, today := ask(t, server, http.MethodGet, static.Path(name), nil)
		response, old := ask(t, server, http.MethodGet, "/static/0123456789/"+name, nil)
		if response.StatusCode != http.StatusOK || !bytes.Equal(old, today) {
			t.Errorf("%s under another version: status %d, %d bytes of %d", name, response.StatusCode, len(old), len(today))
		}
		if got := response.Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("%s under another version: Cache-Control is %q", name, got)
		}
	}
}

func TestOnlyReadingIsAllowed(t *testing.T) {
	t.Parallel()
	server := serve(t)
	response, _ := ask(t, server, http.MethodPost, static.Path("js/app.js"), nil)
	if response.StatusCode != http.StatusMethodNotAllowed || response.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("status %d, Allow %q", response.StatusCode, response.Header.Get("Allow"))
	}
}

// quotedPath finds every relative path in a module, however it is imported.
var quotedPath = regexp.MustCompile(`["'](\.{1,2}/[^"']+\.[a-z]+)["']`)

func TestImportsLeadToAssets(t *testing.T) {
	t.Parallel()
	server := serve(t)
	followed := 0
	for _, name := range names(t) {
		if !strings.HasPrefix(name, "js/") {
			continue
		}
		base, err := url.Parse(static.Path(name))
		if err != nil {
			t.Fatal(err)
		}
		_, text := ask(t, server, http.MethodGet, base.Path, nil)
		for _, match := range quotedPath.FindAllSubmatch(text, -1) {
			address, err := base.Parse(string(match[1]))
			if err != nil {
				t.Fatal(err)
			}
			if response, _ := ask(t, server, http.MethodGet, address.Path, nil); response.StatusCode != http.StatusOK {
				t.Errorf("%s imports %s: status %d", name, match[1], response.StatusCode)
			}
			followed++
		}
	}
	if followed == 0 {
		t.Error("no module imports another one")
	}
}

func TestStyleSheetStartsWithOrderOfLayers(t *testing.T) {
	t.Parallel()
	_, text := ask(t, serve(t), http.MethodGet, static.Path("css/app.css"), nil)
	if want := "@layer pico, base, components, pages;\n@layer pico {\n/*!\n * Pico CSS"; !strings.HasPrefix(string(text), want) {
		t.Errorf("it starts with %.100q, want %q", text, want)
	}
	pico, err := os.ReadFile("third_party/pico/pico.min.css")
	if err != nil {
		t.Fatal(err)
	}
	if rest := strings.TrimPrefix(string(pico), `@charset "UTF-8";`); !strings.Contains(string(text), rest) {
		t.Error("Pico is not whole")
	}
}

// Browsers of the years that offices have don't know all of the language: what they
// can't read takes a whole module from them. Lookbehind came to Safari with 16.4.
func TestScriptsAreForOlderBrowsers(t *testing.T) {
	t.Parallel()
	tooNew := regexp.MustCompile(`\(\?<[=!]|/[a-z]*v[a-z]*[;,.)]$|\.(toSorted|toReversed|findLast|groupBy)\(|\bstatic \{`)
	seen := 0
	err := filepath.WalkDir("js", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		seen++
		text, err := os.ReadFile(name)
		if found := tooNew.Find(text); found != nil {
			t.Errorf("%s: %q", name, found)
		}
		return err
	})
	if err != nil || seen == 0 {
		t.Errorf("%d scripts, %v", seen, err)
	}
}
