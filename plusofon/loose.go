package plusofon

import (
	"bytes"
	"encoding/json"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// looseString is a JSON string, or a number with every digit as it was written.
// Anything else is "": one odd field must not hide a whole list.
type looseString string

func (s *looseString) UnmarshalJSON(data []byte) error {
	*s = ""
	if len(data) == 0 {
		return json.Unmarshal(data, (*string)(s)) // which says what is wrong
	}
	switch c := data[0]; {
	case c == '"' && (len(data) < 2 || data[len(data)-1] != '"'):
		return json.Unmarshal(data, (*string)(s))
	case c == '"':
		text, ok := unquote(data[1 : len(data)-1])
		if !ok {
			return json.Unmarshal(data, (*string)(s))
		}
		*s = looseString(text)
	case c == '-', '0' <= c && c <= '9':
		*s = looseString(data)
	}
	return nil
}

// looseInt is a whole number of at least 0, bare or in a string. Anything else is 0.
type looseInt int

func (n *looseInt) UnmarshalJSON(data []byte) error {
	*n = 0
	var text looseString
	if err := text.UnmarshalJSON(data); err != nil {
		return err
	}
	if number, err := strconv.Atoi(string(text)); err == nil && number > 0 {
		*n = looseInt(number)
	}
	return nil
}

// unquote reads the inside of a JSON string (RFC 8259, section 7), as
// [json.Unmarshal] does, but without looking for its end once more: the API
// writes every letter that is not ASCII as \uXXXX. It is not ok where something
// is to be replaced, bytes that are no UTF-8 or half a surrogate pair, and where
// it is no JSON.
func unquote(data []byte) (text string, ok bool) {
	if bytes.IndexByte(data, '\\') < 0 {
		return string(data), utf8.Valid(data)
	}
	out := make([]byte, 0, len(data))
	for len(data) > 0 {
		plain := bytes.IndexByte(data, '\\')
		if plain < 0 {
			plain = len(data)
		}
		out = append(out, data[:plain]...)
		if data = data[plain:]; len(data) == 0 {
			break
		}
		if len(data) < 2 {
			return "", false // it hides the closing quote
		}
		escape, rest := data[1], data[2:]
		if escape == 'u' {
			var letter rune
			if letter, rest, ok = unquoteLetter(rest); !ok {
				return "", false
			}
			out = utf8.AppendRune(out, letter)
		} else if plain := unescaped[escape]; plain != 0 {
			out = append(out, plain)
		} else {
			return "", false
		}
		data = rest
	}
	return string(out), utf8.Valid(out)
}

// unescaped are the characters that a backslash and a letter stand for.
var unescaped = map[byte]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// unquoteLetter reads what follows on \u: four digits, or the two surrogates of
// a letter beyond 16 bits.
func unquoteLetter(data []byte) (letter rune, rest []byte, ok bool) {
	if len(data) < 4 {
		return 0, nil, false
	}
	unit, err := strconv.ParseUint(string(data[:4]), 16, 16)
	if err != nil {
		return 0, nil, false
	}
	letter, data = rune(unit), data[4:]
	if !utf16.IsSurrogate(letter) {
		return letter, data, true
	}
	if len(data) < 6 || data[0] != '\\' || data[1] != 'u' {
		return 0, nil, false
	}
	if unit, err = strconv.ParseUint(string(data[2:6]), 16, 16); err != nil {
		return 0, nil, false
	}
	letter = utf16.DecodeRune(letter, rune(unit))
	return letter, data[6:], letter != utf8.RuneError
}
