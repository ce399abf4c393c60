// Command compress writes the assets of package static, compressed as far as
// brotli and gzip can, into the folder compressed, and removes from it what was
// made of older ones. It is run in the folder of package static by go generate.
package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"log"
	"os"
	"path/filepath"

	"github.com/andybalholm/brotli"

	"github.com/plusofon-dashboard/dashboard/static/internal/bundle"
)

var encoders = map[string]func(io.Writer) (io.WriteCloser, error){
	"br": func(w io.Writer) (io.WriteCloser, error) {
		return brotli.NewWriterLevel(w, brotli.BestCompression), nil
	},
	"gz": func(w io.Writer) (io.WriteCloser, error) { return gzip.NewWriterLevel(w, gzip.BestCompression) },
}

func main() {
	log.SetFlags(0)
	if err := run("."); err != nil {
		log.Fatal("compress: ", err)
	}
}

func run(folder string) error {
	files, err := bundle.Build(os.DirFS(folder))
	if err != nil {
		return err
	}
	current := map[string]bool{}
	for _, file := range files {
		for ending, encoder := range encoders {
			name := filepath.Join(folder, filepath.FromSlash(file.CompressedName(ending)))
			current[name] = true
			if err := write(name, file.Content, encoder); err != nil {
				return fmt.Errorf("compressing %s: %w", file.Name, err)
			}
		}
	}
	return removeOthers(filepath.Join(folder, "compressed"), current)
}

func write(name string, content []byte, encoder func(io.Writer) (io.WriteCloser, error)) error {
	var compressed bytes.Buffer
	w, err := encoder(&compressed)
	if err != nil {
		return err
	}
	if _, err := w.Write(content); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	// What is committed is for all to read.
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil { // #nosec G301
		return err
	}
	return os.WriteFile(name, compressed.Bytes(), 0o644) // #nosec G306
}

func removeOthers(folder string, current map[string]bool) error {
	return filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || current[name] {
			return err
		}
		return os.Remove(name) // #nosec G122 -- the folder is the developer's own
	})
}
