package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const modulePath = "github.com/plusofon-dashboard/dashboard/"

// rooms are the packages of the program, each with those of our packages that
// it may import. docs/architecture.md says why. A new package needs a row.
var rooms = map[string][]string{
	"cmd/dashboard":            {"handlers", "auth", "internal/metrics", "plusofon", "plusofon/transport", "plusofon/plusofontest", "static"},
	"cmd/dashboard/demo/music": {},
	"cmd/benchmark":            {"plusofon/plusofontest"},
	"handlers":                 {"views", "views/locale", "static", "auth", "plusofon", "internal/library", "internal/metrics", "internal/spool", "internal/transfer"},
	"auth":                     {},
	"plusofon":                 {},
	"plusofon/transport":       {},
	"internal/library":         {"plusofon", "audio", "internal/library/catalog", "internal/spool"},
	"internal/library/catalog": {"plusofon"},
	"plusofon/plusofontest":    {},
	"audio":                    {"audio/gsm"},
	"audio/gsm":                {},
	"internal/browsertest":     {},
	"internal/metrics":         {},
	"internal/spool":           {},
	"internal/transfer":        {"internal/spool"},
	"views":                    {"views/locale", "static"},
	"views/locale":             {},
	"static":                   {},
}

// keepers are the only rooms that know a package of others, so that it can be
// replaced inside one folder.
var keepers = map[string]string{
	"github.com/labstack/echo":           "handlers",
	"github.com/gorilla":                 "auth",
	"github.com/gabriel-vasile/mimetype": "audio",
	"github.com/sony/gobreaker":          "plusofon/transport",
}

// Nobody enters a room that is not open to them. The imports are read from the
// files, tests left out, whatever system they are for.
func TestImports(t *testing.T) {
	t.Parallel()
	imports := importsOf(t, os.DirFS("../.."))
	if !slices.Contains(imports["cmd/dashboard"], modulePath+"handlers") {
		t.Fatal("the imports were not found: the program does not even import its handlers")
	}
	for room, imported := range imports {
		if _, known := rooms[room]; !known {
			t.Errorf("the package %s is new: say in rooms what it may import", room)
			continue
		}
		for _, name := range imported {
			if why := forbidden(room, name); why != "" {
				t.Errorf("%s imports %s: %s", room, name, why)
			}
		}
	}
}

// No arrow is left open that nobody uses.
func TestEveryArrowIsUsed(t *testing.T) {
	t.Parallel()
	imports := importsOf(t, os.DirFS("../.."))
	for room, allowed := range rooms {
		for _, name := range allowed {
			if !slices.Contains(imports[room], modulePath+name) {
				t.Errorf("%s may import %s, and does not", room, name)
			}
		}
	}
	for prefix, keeper := range keepers {
		if !slices.ContainsFunc(imports[keeper], func(name string) bool { return strings.HasPrefix(name, prefix) }) {
			t.Errorf("%s keeps %s, and does not use it", keeper, prefix)
		}
	}
}

// forbidden says why a room may not import a package, nothing if it may.
func forbidden(room, imported string) string {
	if ours, ok := strings.CutPrefix(imported, modulePath); ok {
		if !slices.Contains(rooms[room], ours) {
			return "of ours it may import only: " + strings.Join(rooms[room], ", ")
		}
		return ""
	}
	for prefix, keeper := range keepers {
		if isUnder(imported, prefix) && room != keeper {
			return "only " + keeper + " may"
		}
	}
	host, _, _ := strings.Cut(imported, "/")
	switch {
	case room == "plusofon" && strings.Contains(host, "."):
		return "the client is a library on its own, with the standard library only"
	case isUnder(room, "views") && isUnder(imported, "net/http"):
		return "pages know nothing of HTTP"
	}
	return ""
}

func isUnder(name, prefix string) bool {
	return name == prefix || strings.HasPrefix(name, prefix+"/")
}

// importsOf reads what each package of a tree imports, without its tests.
func importsOf(t *testing.T, tree fs.FS) map[string][]string {
	t.Helper()
	imports := map[string][]string{}
	err := fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		base := path.Base(name)
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && (base == "testdata" || base[0] == '.' || base[0] == '_'):
			return fs.SkipDir
		case entry.IsDir() || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		text, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly)
		if err != nil {
			return err
		}
		room := path.Dir(name)
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			imports[room] = append(imports[room], imported)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return imports
}
