package static

import (
	"bytes"
	"fmt"
	"io/fs"
	"regexp"
)

const (
	pico = "third_party/pico/pico.min.css"

	// layers is the order of the cascade layers, weakest first: whatever our
	// sheets say is stronger than Pico, however specific its selectors are.
	layers = "@layer pico, base, components, pages;\n"
)

// charset may only be the very first bytes of a sheet; the server says it in
// Content-Type instead.
var charset = regexp.MustCompile(`^@charset "(?i:utf-8)";`)

// misplaced are the starts of what does not survive in a sheet that is put
// together of several and stands at another address: rules that must come
// first, and addresses of other files.
var misplaced = []*regexp.Regexp{
	regexp.MustCompile(`@charset`),
	regexp.MustCompile(`@import`),
	regexp.MustCompile(`url\(\s*["']?(?:[^"'#d\s]|d[^a])`),
}

// styleSheet puts all sheets into one: Pico in the weakest layer, then ours in
// the order of their names.
func styleSheet(source fs.FS) ([]byte, error) {
	names, err := fs.Glob(source, "css/*.css")
	if err != nil {
		return nil, fmt.Errorf("looking for style sheets: %w", err)
	}
	var sheet bytes.Buffer
	sheet.WriteString(layers)
	for _, name := range append([]string{pico}, names...) {
		text, err := fs.ReadFile(source, name)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
		text = charset.ReplaceAll(text, nil)
		for _, rule := range misplaced {
			if found := rule.Find(text); found != nil {
				return nil, fmt.Errorf("%s has %q, which is not possible in a sheet made of several", name, found)
			}
		}
		if name == pico {
			text = fmt.Appendf(nil, "@layer pico {\n%s\n}", text)
		}
		sheet.Write(text)
		sheet.WriteByte('\n')
	}
	return sheet.Bytes(), nil
}
