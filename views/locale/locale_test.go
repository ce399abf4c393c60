package locale_test

import (
	"context"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"github.com/plusofon-dashboard/dashboard/views/locale"
)

func in(lang locale.Language) context.Context {
	return locale.NewContext(context.Background(), lang)
}

func TestMatch(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, chosen, header string
		want                 locale.Language
	}{
		{"nothing said", "", "", locale.Russian},
		{"English browser", "", "en-GB,en;q=0.9", locale.English},
		{"Russian browser", "", "ru-RU,ru;q=0.9,en;q=0.8", locale.Russian},
		{"prefers a third language, then English", "", "de;q=1, en;q=0.5", locale.English},
		{"only a third language", "", "ja", locale.Russian},
		{"the choice beats the browser", "ru", "en", locale.Russian},
		{"an unknown choice does not count", "xx", "en", locale.English},
		{"a header that is noise", "", "\x00;;;q=q", locale.Russian},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := locale.Match(tt.chosen, tt.header); got != tt.want {
				t.Errorf("Match(%q, %q) = %q, want %q", tt.chosen, tt.header, got, tt.want)
			}
		})
	}
}

func TestTextsTakeValues(t *testing.T) {
	t.Parallel()
	got := locale.T(in(locale.Russian), "delete.question", "name", "Привет")
	if want := "Удалить «Привет»?"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	got = locale.T(in(locale.English), "media.range", "from", "{to}", "to", "15", "total", "41")
	if want := "{to}–15 of 41"; got != want {
		t.Errorf("a value was taken for a placeholder: got %q, want %q", got, want)
	}
}

func TestPluralsFollowTheLanguage(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		lang  locale.Language
		count int
		want  string
	}{
		{locale.Russian, 0, "0 файлов"},
		{locale.Russian, 1, "1 файл"},
		{locale.Russian, 2, "2 файла"},
		{locale.Russian, 5, "5 файлов"},
		{locale.Russian, 11, "11 файлов"},
		{locale.Russian, 21, "21 файл"},
		{locale.Russian, 1234, "1\u00a0234 файла"},
		{locale.English, 1, "1 file"},
		{locale.English, 1234, "1,234 files"},
	} {
		if got := locale.N(in(tt.lang), "media.count", tt.count); got != tt.want {
			t.Errorf("%s, %d: got %q, want %q", tt.lang, tt.count, got, tt.want)
		}
	}
}

func TestBytes(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		lang locale.Language
		n    int64
		want string
	}{
		{locale.Russian, 0, "0 Б"},
		{locale.Russian, 32 << 10, "32 КБ"},
		{locale.Russian, 3 << 19, "1,5 МБ"},
		{locale.Russian, 32 << 20, "32 МБ"},
		{locale.English, 3 << 19, "1.5 MB"},
	} {
		if got := locale.Bytes(in(tt.lang), tt.n); got != tt.want {
			t.Errorf("%s, %d: got %q, want %q", tt.lang, tt.n, got, tt.want)
		}
	}
}

// words reads a language file as the translators see it: key → plural form → text.
func words(t *testing.T, file string) map[string]map[string]string {
	t.Helper()
	var tree map[string]map[string]any
	if _, err := toml.DecodeFile(file, &tree); err != nil {
		t.Fatal(err)
	}
	flat := make(map[string]map[string]string)
	for section, entries := range tree {
		for key, value := range entries {
			name := section + "." + key
			switch value := value.(type) {
			case string:
				flat[name] = map[string]string{"other": value}
			case map[string]any:
				if _, plural := value["other"]; plural {
					flat[name] = texts(value)
					continue
				}
				for inner, text := range value {
					flat[name+"."+inner] = map[string]string{"other": text.(string)}
				}
			}
		}
	}
	return flat
}

func texts(forms map[string]any) map[string]string {
	out := make(map[string]string)
	for form, text := range forms {
		out[form] = text.(string)
	}
	return out
}

var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

func TestBothLanguagesSayTheSame(t *testing.T) {
	t.Parallel()
	ru, en := words(t, "ru.toml"), words(t, "en.toml")
	for key, forms := range ru {
		other, ok := en[key]
		if !ok {
			t.Errorf("en.toml lacks %s", key)
			continue
		}
		if _, plural := forms["few"]; plural != (len(other) > 1) {
			t.Errorf("%s has plural forms in one language only", key)
		}
		if len(forms) > 1 {
			for _, form := range []string{"one", "few", "many", "other"} {
				if forms[form] == "" {
					t.Errorf("ru.toml: %s lacks the form %q", key, form)
				}
			}
		}
		a, b := placeholder.FindAllString(forms["other"], -1), placeholder.FindAllString(other["other"], -1)
		slices.Sort(a)
		slices.Sort(b)
		if !slices.Equal(a, b) {
			t.Errorf("%s: placeholders differ: %v in Russian, %v in English", key, a, b)
		}
	}
	for key := range en {
		if _, ok := ru[key]; !ok {
			t.Errorf("ru.toml lacks %s", key)
		}
	}
}

// Keys in the sources are string literals; some are put together from a
// prefix that ends in a full stop ("problem." + kind + ".title").
var (
	literal = regexp.MustCompile("\"([a-z_]+(?:\\.[a-z_]+)+)\"")
	prefix  = regexp.MustCompile("\"([a-z_]+(?:\\.[a-z_]+)*\\.)\"")
)

func TestEveryKeyUsedExistsAndEveryKeyIsUsed(t *testing.T) {
	t.Parallel()
	ru := words(t, "ru.toml")
	sections := make(map[string]bool)
	for key := range ru {
		sections[strings.SplitN(key, ".", 2)[0]] = true
	}
	used, prefixes := make(map[string]bool), make(map[string]bool)
	for _, source := range sources(t) {
		for _, m := range literal.FindAllStringSubmatch(source, -1) {
			if sections[strings.SplitN(m[1], ".", 2)[0]] {
				used[m[1]] = true
			}
		}
		for _, m := range prefix.FindAllStringSubmatch(source, -1) {
			prefixes[m[1]] = true
		}
	}
	for key := range used {
		if _, ok := ru[key]; !ok {
			t.Errorf("%q is used, but has no words", key)
		}
	}
	for key := range ru {
		covered := used[key] || slices.ContainsFunc(slices.Collect(maps.Keys(prefixes)), func(p string) bool {
			return strings.HasPrefix(key, p)
		})
		if !covered {
			t.Errorf("%q has words, but nothing uses it", key)
		}
	}
}

// sources reads the code that may ask for words.
func sources(t *testing.T) []string {
	t.Helper()
	var found []string
	for _, root := range []string{"..", "../../handlers"} {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			name := entry.Name()
			wanted := strings.HasSuffix(name, ".templ") ||
				strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && !strings.HasSuffix(name, "_templ.go")
			if err != nil || !wanted {
				return err
			}
			text, err := os.ReadFile(path)
			found = append(found, string(text))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}
