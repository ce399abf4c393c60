package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"
)

// The program builds from the zip of its module, which is all that "go install"
// gets: folders called vendor are left out of it, and files that are not
// committed.
func TestTheModuleBuildsFromItsZip(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	archive, err := os.Create(filepath.Join(folder, "module.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	version := module.Version{Path: strings.TrimSuffix(modulePath, "/"), Version: "v0.0.1"}
	if err := zip.CreateFromDir(archive, version, filepath.Join("..", "..")); err != nil {
		t.Fatalf("making the zip: %v", err)
	}
	if err := zip.Unzip(filepath.Join(folder, "module"), version, archive.Name()); err != nil {
		t.Fatalf("unpacking the zip: %v", err)
	}
	build := exec.CommandContext(t.Context(), "go", "build", "-o", filepath.Join(folder, "dashboard"), "./cmd/dashboard")
	build.Dir = filepath.Join(folder, "module")
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building it: %v\n%s", err, output)
	}
}
