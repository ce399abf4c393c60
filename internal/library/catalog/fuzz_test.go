package catalog_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"github.com/plusofon-dashboard/dashboard/internal/library/catalog"
)

func FuzzSearch(f *testing.F) {
	for _, seed := range [][2]string{
		{"Ёлка 10", "елка 1"}, {"Е\u0308лка", "ё"}, {"\xff\xd1", "\xd1"}, {"가각힣", "각"}, {"e\u0301\u0316x", "\u0301"},
		{strings.Repeat("e\u0301\u0316", 60), "e"}, {"İIıi", "i"}, {"\u0344\u0958", "\u0308"}, {"", " "},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, name, text string) {
		c := catalog.New(catalog.Config{})
		from := &upstream{files: named(name, norm.NFD.String(name))}
		result := find(t, c, from, catalog.Query{Text: text, Sort: catalog.ByName, Language: language.Russian})
		words := strings.Fields(text)
		for _, file := range result.Files {
			checkSpans(t, file)
			// Bytes that are no UTF-8, and over 30 accents on a letter, are
			// searched but not always highlighted.
			if len(words) > 0 && len(file.Matches) == 0 && utf8.ValidString(name) && len(name) < 30 {
				t.Errorf("%q was found by %q, and nothing in it matches", file.Name, text)
			}
		}
		whole := find(t, c, from, catalog.Query{Text: strings.ToUpper(norm.NFC.String(firstWord(name)))})
		if utf8.ValidString(name) && isRussian(name) && whole.Total != 2 {
			t.Errorf("%q is not found by its first word", name)
		}
	})
}

func checkSpans(t *testing.T, file catalog.Found) {
	t.Helper()
	end := -1
	for _, span := range file.Matches {
		if span.Start <= end || span.End <= span.Start || span.End > len(file.Name) {
			t.Fatalf("%q: %v", file.Name, file.Matches)
		}
		end = span.End
		if utf8.ValidString(file.Name) && !utf8.ValidString(file.Name[span.Start:span.End]) {
			t.Errorf("%q: %v cuts a rune", file.Name, span)
		}
	}
}

func firstWord(name string) string {
	return append(strings.Fields(name), "")[0]
}

// isRussian tells names whose letters have one upper and one lower case.
func isRussian(name string) bool {
	return !strings.ContainsFunc(name, func(r rune) bool {
		return (r < ' ' || r > '~') && (r < 'А' || r > 'я') && r != 'ё' && r != 'Ё'
	})
}
