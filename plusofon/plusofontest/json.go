package plusofontest

import (
	"fmt"
	"net/http"
	"strconv"
	"unicode/utf16"
)

// object is a JSON object whose fields keep their order.
type object []field

type field struct {
	name  string
	value any
}

// writeJSON answers in JSON.
func writeJSON(w http.ResponseWriter, status int, value object) {
	text := appendJSON(nil, value)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	w.WriteHeader(status)
	_, _ = w.Write(text) // a client that leaves is no fault of the API
}

// appendJSON appends a value as PHP's json_encode writes it.
func appendJSON(out []byte, value any) []byte {
	switch v := value.(type) {
	case object:
		out = append(out, '{')
		for i, f := range v {
			out = appendString(appendComma(out, i), f.name)
			out = appendJSON(append(out, ':'), f.value)
		}
		return append(out, '}')
	case []any:
		out = append(out, '[')
		for i, element := range v {
			out = appendJSON(appendComma(out, i), element)
		}
		return append(out, ']')
	case string:
		return appendString(out, v)
	case nil:
		return append(out, "null"...)
	default: // numbers and booleans
		return fmt.Append(out, v)
	}
}

func appendComma(out []byte, index int) []byte {
	if index == 0 {
		return out
	}
	return append(out, ',')
}

// shortEscapes are the characters that json_encode escapes with one letter.
var shortEscapes = map[rune]byte{
	'"': '"', '\\': '\\', '/': '/', '\b': 'b', '\f': 'f', '\n': 'n', '\r': 'r', '\t': 't',
}

// appendString appends a string: slashes as \/, and other than printable ASCII
// as \uXXXX in UTF-16.
func appendString(out []byte, s string) []byte {
	out = append(out, '"')
	for _, r := range s {
		short, escaped := shortEscapes[r]
		switch {
		case escaped:
			out = append(out, '\\', short)
		case r >= ' ' && r <= '\x7f':
			out = append(out, byte(r))
		case r > 0xFFFF:
			high, low := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, high, low)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
	}
	return append(out, '"')
}
