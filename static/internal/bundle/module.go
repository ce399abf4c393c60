package bundle

import (
	"fmt"
	"path"
	"regexp"
	"strings"
)

// references are the ways in which a module names another file (ECMA-262,
// import and export declarations and import calls; the URL of a worker as HTML
// has it). The group is what stands for the file. Text that only looks like one
// of them, in a comment for example, is taken for one.
var references = []*regexp.Regexp{
	regexp.MustCompile(`(?m)(?:^|;)[ \t]*(?:import\s*|(?:import|export)\b[^"'();=]*\bfrom\s*)("[^"\n]*"|'[^'\n]*')`),
	regexp.MustCompile(`import\(([^)]*)\)`),
	regexp.MustCompile(`new URL\(([^,()]*),\s*import\.meta\.url\s*,?\s*\)`),
}

// module is the text of a module with the hashed names of the files that it
// refers to.
func (b *builder) module(name string, text []byte) ([]byte, error) {
	for _, reference := range references {
		var rewritten []byte
		end := 0
		for _, match := range reference.FindAllSubmatchIndex(text, -1) {
			specifier, err := b.specifier(name, string(text[match[2]:match[3]]))
			if err != nil {
				return nil, err
			}
			rewritten = append(rewritten, text[end:match[2]]...)
			rewritten = append(rewritten, specifier...)
			end = match[3]
		}
		text = append(rewritten, text[end:]...)
	}
	return text, nil
}

// specifier puts the hashed name into a specifier, which is a literal with a
// relative path: nothing else can be known before the program runs.
func (b *builder) specifier(name, literal string) (string, error) {
	literal = strings.TrimSpace(literal)
	address := strings.Trim(literal, `"'`)
	quoted := literal == `"`+address+`"` || literal == `'`+address+`'`
	if !quoted || !strings.HasPrefix(address, "./") && !strings.HasPrefix(address, "../") {
		return "", fmt.Errorf("%s imports %s: only a literal that starts with ./ or ../ can be imported", name, literal)
	}
	file, err := b.file(path.Join(path.Dir(name), address))
	if err != nil {
		return "", fmt.Errorf("%s imports %s: %w", name, literal, err)
	}
	return `"` + address[:strings.LastIndexByte(address, '/')+1] + path.Base(file.HashedName()) + `"`, nil
}
