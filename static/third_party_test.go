package static_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestThirdPartyFilesAreUntouched(t *testing.T) {
	t.Parallel()
	folders, err := filepath.Glob("third_party/*")
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
