// Package static holds what browsers load besides pages: the style sheet, the
// JavaScript modules, the icon and, in vendor, the files of others, untouched.
// All of it is embedded in the program.
//
// Every asset is served at an address with a hash of its content, so browsers
// may keep it for ever: a changed file has another address. Templates ask for
// an address by the name of the file:
//
//	<script type="module" src={ static.Path("js/app.js") }></script>
//
// All files of css become one asset, css/app.css, in the order of their names,
// with Pico in the weakest cascade layer. Modules in js import each other by
// relative names, which are rewritten to the hashed ones.
//
// A file that was edited is served at the next start. Run "make assets" before
// a commit: it compresses the assets into the folder compressed; without that
// they are sent as they are, and a test says so.
package static

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync"

	"github.com/plusofon-dashboard/dashboard/static/internal/bundle"
)

//go:generate go run ./internal/compress

//go:embed css/*.css js/*.js vendor/*/*.css vendor/*/*.js compressed
var files embed.FS

//go:embed icon.svg
var icon string

// IconURL is the icon of all pages as a data: URL (RFC 2397): a request of its
// own would cost more than the icon.
var IconURL = "data:image/svg+xml," + url.PathEscape(strings.TrimSpace(icon))

// prefix is where the assets are served.
const prefix = "/static/"

// Path is the address of an asset: "js/app.js" is at
// "/static/js/app.3f2a9c01.js". It panics on an unknown name, which is a
// mistake in the program and not of its user.
func Path(name string) string {
	asset, ok := all().byName[name]
	if !ok {
		panic(fmt.Sprintf("static: there is no asset %q", name))
	}
	return asset.path
}

// Lookup finds the asset at an address, for a caller that has its own answer
// when there is none.
func Lookup(path string) (*Asset, bool) {
	asset, ok := all().byPath[path]
	return asset, ok
}

// Handler serves every asset at its address, and 404 at all others.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asset, ok := Lookup(r.URL.Path)
		if !ok {
			w.Header().Set("Cache-Control", "no-store")
			http.NotFound(w, r)
			return
		}
		asset.ServeHTTP(w, r)
	})
}

type assets struct {
	byName, byPath map[string]*Asset
}

// all panics when the files do not fit together, as the tests would have shown.
var all = sync.OnceValue(func() assets {
	all, err := build(files)
	if err != nil {
		panic("static: " + err.Error())
	}
	return all
})

func build(source fs.FS) (assets, error) {
	built, err := bundle.Build(source)
	if err != nil {
		return assets{}, err
	}
	all := assets{byName: map[string]*Asset{}, byPath: map[string]*Asset{}}
	for _, file := range built {
		asset, err := newAsset(source, file)
		if err != nil {
			return assets{}, err
		}
		all.byName[file.Name] = asset
		all.byPath[asset.path] = asset
	}
	return all, nil
}

func newAsset(source fs.FS, file bundle.File) (*Asset, error) {
	mediaType, ok := mediaTypes[path.Ext(file.Name)]
	if !ok {
		return nil, fmt.Errorf("%s: the media type of this ending is not known", file.Name)
	}
	asset := &Asset{path: prefix + file.HashedName(), mediaType: mediaType}
	for _, coding := range []struct{ name, ending string }{{"br", "br"}, {"gzip", "gz"}} {
		content, err := fs.ReadFile(source, file.CompressedName(coding.ending))
		if errors.Is(err, fs.ErrNotExist) {
			continue // made of another content, or not yet
		} else if err != nil {
			return nil, fmt.Errorf("reading %s compressed: %w", file.Name, err)
		}
		asset.add(file.Hash+"-"+coding.name, coding.name, content)
	}
	asset.add(file.Hash, "", file.Content)
	return asset, nil
}
