package views

import (
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/plusofon-dashboard/dashboard/views/locale"
)

// maxShownName is how many characters of a name a page shows; the whole name
// is in the title of its link.
const maxShownName = 120

// shownName makes a name of a media file fit to be shown: control characters
// and those that turn the direction of writing become visible, and a very
// long name is clipped. A name that shows nothing becomes "No name".
func shownName(ctx context.Context, name string) string {
	name = strings.ToValidUTF8(name, "\uFFFD")
	if strings.TrimSpace(name) == "" {
		return locale.T(ctx, "media.unnamed")
	}
	if utf8.RuneCountInString(name) > maxShownName {
		name = string([]rune(name)[:maxShownName]) + "…"
	}
	return visibleName(name)
}

// visibleName is the whole name with what would not be seen made visible.
func visibleName(name string) string {
	name = strings.ToValidUTF8(name, "\uFFFD")
	if strings.IndexFunc(name, hidden) < 0 {
		return name
	}
	var shown strings.Builder
	for _, r := range name {
		switch {
		case r < 0x20:
			shown.WriteRune(0x2400 + r) // Unicode's pictures of control characters
		case r == 0x7F:
			shown.WriteRune(0x2421)
		case hidden(r):
			fmt.Fprintf(&shown, "[U+%04X]", r)
		default:
			shown.WriteRune(r)
		}
	}
	return shown.String()
}

// hidden reports whether a character changes how others look without being
// seen itself. The joiners that emoji and some scripts need are left alone.
func hidden(r rune) bool {
	if ' ' <= r && r < 0x7F || 'Ѐ' <= r && r <= 'ӿ' {
		return false // the letters of nearly all names
	}
	const zeroWidthNonJoiner, zeroWidthJoiner = 0x200C, 0x200D
	if r == zeroWidthNonJoiner || r == zeroWidthJoiner {
		return false
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == 0x2028 || r == 0x2029
}
