package catalog

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold makes texts comparable that users take for the same: composed (Unicode
// Standard Annex 15, form C), in lower case, with е for ё. Bytes that are no
// UTF-8 become U+FFFD.
func fold(text string) string {
	return strings.Map(foldRune, norm.NFC.String(text))
}

// foldWithOrigins folds a text and tells for each byte of the result where the
// segment it came from starts in the text; a segment is a letter with its
// accents in most scripts. At the end stands the length of the text.
func foldWithOrigins(text string) (folded string, origins []int) {
	var b strings.Builder
	var segments norm.Iter
	segments.InitString(norm.NFC, text)
	for !segments.Done() {
		start := segments.Pos()
		b.WriteString(strings.Map(foldRune, string(segments.Next())))
		for len(origins) < b.Len() {
			origins = append(origins, start)
		}
	}
	return b.String(), append(origins, len(text))
}

// foldRune goes by way of the upper case, which letters like σ and ς share.
func foldRune(r rune) rune {
	if r == '\u00AD' || r == '\u200B' || r == '\u2060' || r == '\uFEFF' {
		return -1 // soft hyphens and signs without a width, which nobody types
	}
	r = unicode.ToLower(unicode.ToUpper(r))
	if r == 'ё' {
		return 'е'
	}
	return r
}
