// Package bundle makes the files that browsers get out of the files that
// people edit: one style sheet, and JavaScript modules that know each other by
// names with a content hash. It is there for package static, which serves
// them, and for the generator that compresses them ahead of time.
package bundle

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// served are the patterns of the files that are served one by one, under
// their own names; the style sheets are not among them.
var served = []string{"js/*.js", "vendor/*/*.js"}

// File is one file as browsers get it.
type File struct {
	Name    string // "js/app.js"
	Hash    string // of Content, 8 hexadecimal digits
	Content []byte
}

// HashedName is the name that changes with the content: "js/app.3f2a9c01.js".
func (f File) HashedName() string {
	ending := path.Ext(f.Name)
	return strings.TrimSuffix(f.Name, ending) + "." + f.Hash + ending
}

// CompressedName is where the generator keeps the file compressed, with the
// ending "br" or "gz". The hash in the name makes sure that what was made of
// an older content is never found.
func (f File) CompressedName(ending string) string {
	return "compressed/" + f.HashedName() + "." + ending
}

// Build makes all files of source, in the order of their names.
func Build(source fs.FS) ([]File, error) {
	sheet, err := styleSheet(source)
	if err != nil {
		return nil, err
	}
	b := builder{source: source, built: map[string]File{}}
	for _, pattern := range served {
		names, err := fs.Glob(source, pattern)
		if err != nil {
			return nil, fmt.Errorf("looking for %s: %w", pattern, err)
		}
		b.names = append(b.names, names...)
	}
	files := []File{newFile("css/app.css", sheet)}
	for _, name := range b.names {
		file, err := b.file(name)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return files, nil
}

func newFile(name string, content []byte) File {
	sum := sha256.Sum256(content)
	return File{Name: name, Hash: hex.EncodeToString(sum[:4]), Content: content}
}

// builder makes every file after the files that it imports, since their
// hashed names are a part of its content.
type builder struct {
	source fs.FS
	names  []string
	built  map[string]File
	open   []string // being built, each imported by the one before it
}

func (b *builder) file(name string) (File, error) {
	if file, ok := b.built[name]; ok {
		return file, nil
	}
	if !slices.Contains(b.names, name) {
		return File{}, fmt.Errorf("%s: %w", name, fs.ErrNotExist)
	}
	if slices.Contains(b.open, name) {
		return File{}, errors.New("modules import each other in a circle: " + strings.Join(append(b.open, name), " → "))
	}
	b.open = append(b.open, name)
	defer func() { b.open = b.open[:len(b.open)-1] }()

	content, err := fs.ReadFile(b.source, name)
	if err != nil {
		return File{}, fmt.Errorf("reading %s: %w", name, err)
	}
	if strings.HasPrefix(name, "js/") {
		if content, err = b.module(name, content); err != nil {
			return File{}, err
		}
	}
	b.built[name] = newFile(name, content)
	return b.built[name], nil
}
