package handlers

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// tokenPrefix is what examples of requests have in front of a token.
var tokenPrefix = regexp.MustCompile(`(?i)^(authorization\s*[:=]\s*)?bearer\b[\s:=]*|^authorization\s*[:=]\s*`)

// quotes are the marks that letters and documents put around a token.
const quotes = "\"'`´‘’‚‛“”„‟«»‹›<>"

// cleanToken takes from a pasted token what was only copied along: the words
// of a header, quotes, spaces and line breaks, and signs that are not seen.
func cleanToken(pasted string) string {
	token := strings.Map(func(r rune) rune {
		switch {
		case r == '\u2011', r == '\u2010': // hyphens that a text editor makes of "-"
			return '-'
		case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r): // zero-width and soft signs, marks of direction
			return -1
		case unicode.IsSpace(r), unicode.IsControl(r):
			return ' '
		}
		return r
	}, pasted)
	for before := ""; token != before; {
		before = token
		token = strings.Trim(token, " "+quotes)
		token = tokenPrefix.ReplaceAllString(token, "")
	}
	return strings.ReplaceAll(token, " ", "")
}

// strangeInToken finds a sign that no header may hold: a token with it was not
// copied rightly, and Plusofon need not be asked.
func strangeInToken(token string) (sign string, found bool) {
	i := strings.IndexFunc(token, func(r rune) bool { return r <= ' ' || r >= unicode.MaxASCII })
	if i < 0 {
		return "", false
	}
	r := []rune(token[i:])[0]
	if !unicode.IsGraphic(r) || unicode.IsMark(r) || r == unicode.ReplacementChar {
		return fmt.Sprintf("U+%04X", r), true
	}
	return string(r), true
}
