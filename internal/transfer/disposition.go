package transfer

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxFileName is of a whole name, in bytes: file systems take 255, some of them
// in UTF-16 units, of which there are never more; a browser may add " (1)" and an
// ending of its own while the file is coming in.
const maxFileName = 230

// Attachment is the Content-Disposition of a download: the name in UTF-8 (RFC
// 6266 §4.3, RFC 8187), and one in ASCII for clients that know no other.
func Attachment(fileName string) string {
	ascii := strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7F || strings.ContainsRune(`"\%`, r) {
			return '_'
		}
		return r
	}, fileName)
	return fmt.Sprintf(`attachment; filename="%s"; filename*=UTF-8''%s`, ascii, percentEncode(fileName))
}

// percentEncode writes all but the characters that RFC 8187 §3.2.1 lets stand.
// Spaces must not become plus signs.
func percentEncode(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// FileName makes the name of a download, fit for the file systems of Windows, macOS
// and Linux, of the name that users have given and an ending with its full stop.
// Where nothing of the name is left, or a device is called so, the fallback comes
// before it.
func FileName(name, fallback, ending string) string {
	name = strings.Map(fileNameRune, strings.ToValidUTF8(name, ""))
	name = strings.TrimFunc(name, isMargin)
	if base, has := cutSuffixFold(name, ending); has {
		name = strings.TrimRightFunc(base, isMargin) // not twice
	}
	name = clip(name, maxFileName-len(ending))
	if name == "" || isReservedName(name) {
		name = strings.TrimRight(fallback+" "+name, " ")
	}
	return name + ending
}

// fileNameRune replaces what no file name may hold, and drops what would make
// it look like another.
func fileNameRune(r rune) rune {
	switch {
	case strings.ContainsRune(`/\:*?"<>|`, r):
		return '_'
	case r == '\t', r == '\n', r == '\r':
		return ' '
	case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == utf8.RuneError, r == 0x2028, r == 0x2029:
		return -1
	}
	return r
}

// isMargin is for what Windows drops at the end of a name, and nobody sees.
func isMargin(r rune) bool { return r == '.' || unicode.IsSpace(r) }

func cutSuffixFold(s, suffix string) (before string, found bool) {
	if cut := len(s) - len(suffix); cut >= 0 && strings.EqualFold(s[cut:], suffix) {
		return s[:cut], true
	}
	return s, false
}

// PlainName is a name without what no file may hold, for a text that is about files.
func PlainName(name string) string { return strings.Map(fileNameRune, name) }

// clip shortens a name to so many bytes without cutting a character, nor leaving a
// space or a full stop at its end.
func clip(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return strings.TrimRightFunc(s[:limit], isMargin)
}

// isReservedName knows the devices of Windows, which can't be files, whatever
// their ending (Microsoft, "Naming Files, Paths, and Namespaces").
func isReservedName(name string) bool {
	base, _, _ := strings.Cut(strings.ToUpper(name), ".")
	base = strings.TrimRight(base, " ")
	switch base {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	port, isPort := strings.CutPrefix(base, "COM")
	if !isPort {
		port, isPort = strings.CutPrefix(base, "LPT")
	}
	return isPort && utf8.RuneCountInString(port) == 1 && strings.Contains("0123456789¹²³", port)
}
