package bundle_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/plusofon-dashboard/dashboard/static/internal/bundle"
)

// source is a file system of the given files and the style sheet that there
// always is.
func source(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{"vendor/pico/pico.min.css": {Data: []byte(`@charset "UTF-8";a{color:red}`)}}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func build(t *testing.T, files map[string]string) map[string]bundle.File {
	t.Helper()
	built, err := bundle.Build(source(files))
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]bundle.File{}
	for _, file := range built {
		byName[file.Name] = file
	}
	return byName
}

func TestModulesKnowEachOtherByHashedNames(t *testing.T) {
	t.Parallel()
	others := map[string]string{"js/b.js": "// b", "vendor/c/c.js": "// c"}
	tests := map[string]struct{ text, refersTo, rewritten string }{
		"side effect":         {`import "./b.js";`, "js/b.js", `import "./b.HASH.js";`},
		"names":               {`import { x, y as z } from "./b.js";`, "js/b.js", `import { x, y as z } from "./b.HASH.js";`},
		"several lines":       {"import {\n  x,\n} from './b.js';", "js/b.js", "import {\n  x,\n} from \"./b.HASH.js\";"},
		"second in its line":  {`let a; import "./b.js";`, "js/b.js", `let a; import "./b.HASH.js";`},
		"export":              {`export * from "./b.js";`, "js/b.js", `export * from "./b.HASH.js";`},
		"call":                {`const b = await import("./b.js");`, "js/b.js", `const b = await import("./b.HASH.js");`},
		"worker":              {`new Worker(new URL("./b.js", import.meta.url))`, "js/b.js", `new Worker(new URL("./b.HASH.js", import.meta.url))`},
		"other folder":        {`import c from "../vendor/c/c.js";`, "vendor/c/c.js", `import c from "../vendor/c/c.HASH.js";`},
		"not a module":        {`new URL("../vendor/c/c.js", import.meta.url)`, "vendor/c/c.js", `new URL("../vendor/c/c.HASH.js", import.meta.url)`},
		"text that is none":   {`export const from = "nowhere"; f(from);`, "js/b.js", `export const from = "nowhere"; f(from);`},
		"address that is not": {`new URL("./b.js", location.href)`, "js/b.js", `new URL("./b.js", location.href)`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := map[string]string{"js/a.js": test.text}
			for name, text := range others {
				files[name] = text
			}
			built := build(t, files)
			want := strings.ReplaceAll(test.rewritten, "HASH", built[test.refersTo].Hash)
			if got := string(built["js/a.js"].Content); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

func TestHashChangesWithWhatIsImported(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"js/a.js": `import "./b.js";`, "js/b.js": `import "./c.js";`, "js/c.js": "// one", "js/d.js": "// alone",
	}
	before := build(t, files)
	files["js/c.js"] = "// two"
	after := build(t, files)
	for name, want := range map[string]bool{"js/a.js": true, "js/b.js": true, "js/c.js": true, "js/d.js": false} {
		if changed := before[name].HashedName() != after[name].HashedName(); changed != want {
			t.Errorf("%s: changed is %v, want %v", name, changed, want)
		}
	}
}

func TestMistakesAreErrors(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		files map[string]string
		want  string
	}{
		"circle":          {map[string]string{"js/a.js": `import "./b.js";`, "js/b.js": `import("./a.js")`}, "js/a.js → js/b.js → js/a.js"},
		"itself":          {map[string]string{"js/a.js": `import "./a.js";`}, "js/a.js → js/a.js"},
		"no such file":    {map[string]string{"js/a.js": `import "./b.js";`}, `js/a.js imports "./b.js": js/b.js: file does not exist`},
		"not served":      {map[string]string{"js/a.js": `import "../README.md";`, "README.md": ""}, "README.md: file does not exist"},
		"name of package": {map[string]string{"js/a.js": `import wave from "wavesurfer";`}, "only a literal"},
		"absolute":        {map[string]string{"js/a.js": `import "/static/js/b.js";`}, "only a literal"},
		"computed call":   {map[string]string{"js/a.js": `import(name)`}, "js/a.js imports name: only a literal"},
		"computed worker": {map[string]string{"js/a.js": `new URL(name, import.meta.url)`}, "only a literal"},
		"template":        {map[string]string{"js/a.js": "import(`./b.js`)", "js/b.js": ""}, "only a literal"},
		"CSS import":      {map[string]string{"css/a.css": `@import "b.css";`}, "css/a.css"},
		"CSS charset":     {map[string]string{"css/a.css": "a{}\n@charset \"utf-8\";"}, "css/a.css"},
		"CSS address":     {map[string]string{"css/a.css": `a { background: url("../icon.svg") }`}, "css/a.css"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := bundle.Build(source(test.files))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got error %v, want one with %q", err, test.want)
			}
		})
	}
}

func TestStyleSheetsBecomeOne(t *testing.T) {
	t.Parallel()
	built := build(t, map[string]string{
		"css/20-b.css": `@layer components { b { background: url("data:image/svg+xml,x") } }`,
		"css/10-a.css": `@charset "utf-8";@layer base { a { mask: url(#m) } }`,
	})
	want := `@layer pico, base, components, pages;
@layer pico {
a{color:red}
}
@layer base { a { mask: url(#m) } }
@layer components { b { background: url("data:image/svg+xml,x") } }
`
	if got := string(built["css/app.css"].Content); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if len(built) != 1 {
		t.Errorf("there are %d files, want the one sheet", len(built))
	}
}
