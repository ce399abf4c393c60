package handlers

import (
	"net/url"
	"strings"
	"testing"
	"unicode"
)

// Signing in leads to one of our own pages, whatever the address says, and
// what it leads to leads there again.
func FuzzNext(f *testing.F) {
	for _, next := range []string{
		"", "/", "/media", "/media?page=2", "/media/12", "/standard", "//evil.example", `/\evil.example`, "https://evil.example/media",
		"/media/../evil", "javascript:alert(1)", "/media\r\nX: y", "/media?a=%zz", "/media#x", "/%6dedia", "/media;x", "/media?\x00=;",
	} {
		f.Add(next)
	}
	f.Fuzz(func(t *testing.T, next string) {
		local := localPath(next)
		u, err := url.Parse(local)
		if err != nil || u.IsAbs() || u.Host != "" || !knownPaths.MatchString(u.Path) || u.Fragment != "" {
			t.Fatalf("%q leads to %q", next, local)
		}
		if strings.HasPrefix(local, "//") || strings.ContainsFunc(local, func(r rune) bool { return r < ' ' || r > '~' || r == '\\' }) {
			t.Errorf("%q leads to %q", next, local)
		}
		if again := localPath(local); again != local {
			t.Errorf("%q leads to %q, and that to %q", next, local, again)
		}
	})
}

// What is made of the name of a file can be shown.
func FuzzNameFromFile(f *testing.F) {
	for _, name := range []string{"a.wav", `C:\x\Привет.mp3`, "\x00.wav", "a%22b", "\xff"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, fileName string) {
		if name := nameFromFile(fileName); strings.ContainsFunc(name, unicode.IsControl) {
			t.Errorf("the name %q", name)
		}
	})
}
