package static_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestVendoredFilesAreUntouched(t *testing.T) {
	t.Parallel()
	folders, err := filepath.Glob("vendor/*")
	if err != nil || len(folders) == 0 {
		t.Fatalf("no folders: %v", err)
	}
	for _, folder := range folders {
		about, err := os.ReadFile(filepath.Join(folder, "README.md"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(filepath.Join(folder, "LICENSE")); err != nil {
			t.Error(err)
		}
		files, err := filepath.Glob(filepath.Join(folder, "*.[cj]s*"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s has no files: %v", folder, err)
		}
		for _, name := range files {
			content, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			sum := sha256.Sum256(content)
			if !strings.Contains(string(about), hex.EncodeToString(sum[:])) {
				t.Errorf("%s is not the file whose sha256 is in README.md", name)
			}
		}
	}
}

// A vendored file is served as it is, so nothing in it may refer to a file by
// a name without a hash.
func TestVendoredScriptsImportNothing(t *testing.T) {
	t.Parallel()
	imports := regexp.MustCompile(`\bimport\s*["'({*]|\bimport\s+\w+\s+from\b|[}*]\s*from\s*["']|import\.meta`)
	scripts, err := filepath.Glob("vendor/*/*.js")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, name := range scripts {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if found := imports.Find(text); found != nil {
			t.Errorf("%s has %q", name, found)
		}
	}
}
