// Package static holds what browsers load besides pages: the style sheets, the
// JavaScript modules, the icon and, in third_party, the files of others,
// untouched. All of it is embedded in the program as it is.
//
// The assets of a build have one version, a hash over all of them, and stand
// below it: /static/{version}/js/app.js. So modules import each other by relative
// names as they stand, and browsers may keep what has this version for ever.
// Templates ask for an address by the name of the file:
//
//	<script type="module" src={ static.Path("js/app.js") }></script>
//
// A page may be older or newer than the program that is asked for its assets,
// after an update or behind a balancer. Under another version, the asset of that
// name is served as it is today, and not to be kept.
//
// All files of css become one asset, css/app.css, see stylesheet.go. An asset is
// compressed when it is asked for first, and stays so in memory.
package static

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync"
)

//go:embed css/*.css js third_party/*/*.css third_party/*/*.js
var files embed.FS

//go:embed icon.svg
var icon string

// IconURL is the icon, as an address that holds it.
var IconURL = "data:image/svg+xml," + url.PathEscape(strings.TrimSpace(icon))

// prefix is below which all assets are served.
const prefix = "/static/"

// Path is the address of an asset by its name, such as "js/app.js". A name that
// does not exist is a mistake in the program, and panics.
func Path(name string) string {
	assets := all()
	if assets.byName[name] == nil {
		panic(fmt.Sprintf("static: there is no asset %q", name))
	}
	return prefix + assets.version + "/" + name
}

// Version is a hash over all assets of this build, in hexadecimal.
func Version() string { return all().version }

// Lookup gives the asset at an address, whatever version stands in it, and tells
// whether it is that of this build: only then may it be kept.
func Lookup(path string) (asset *Asset, current, ok bool) {
	version, name, _ := strings.Cut(strings.TrimPrefix(path, prefix), "/")
	asset, ok = all().byName[name]
	return asset, version == all().version, ok && strings.HasPrefix(path, prefix)
}

// Handler serves the assets, and nothing else.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asset, current, ok := Lookup(r.URL.Path)
		if !ok {
			w.Header().Set("Cache-Control", "no-store")
			http.NotFound(w, r)
			return
		}
		asset.Serve(w, r, current)
	})
}

// Compress compresses all assets, so that nobody has to wait for it.
func Compress() {
	for _, asset := range all().byName {
		for _, variant := range asset.variants {
			variant.content()
		}
	}
}

// assets are all there are.
type assets struct {
	byName  map[string]*Asset
	version string
}

var all = sync.OnceValue(func() assets {
	all, err := load(files)
	if err != nil {
		panic("static: " + err.Error())
	}
	return all
})

// load reads the assets and gives them their version.
func load(source fs.FS) (assets, error) {
	sheet, err := styleSheet(source)
	if err != nil {
		return assets{}, err
	}
	all := assets{byName: map[string]*Asset{}}
	hash := sha256.New()
	add := func(name string, content []byte) {
		fmt.Fprintf(hash, "%s %d\n%s\n", name, len(content), content)
		all.byName[name] = newAsset(mediaTypes[path.Ext(name)], content)
	}
	add("css/app.css", sheet)
	err = fs.WalkDir(source, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".js" {
			return err // style sheets are in the one already
		}
		content, err := fs.ReadFile(source, name)
		if err != nil {
			return fmt.Errorf("reading %s: %w", name, err)
		}
		add(name, content)
		return nil
	})
	all.version = hex.EncodeToString(hash.Sum(nil)[:5])
	return all, err
}
