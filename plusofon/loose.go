package plusofon

import (
	"bytes"
	"encoding/json"
	"strconv"
	"unicode/utf8"
)

// looseString is a JSON string, or a number with every digit as it was written.
// Anything else is "": one odd field must not hide a whole list.
type looseString string

func (s *looseString) UnmarshalJSON(data []byte) error {
	*s = ""
	switch c := data[0]; {
	case c == '"':
		if bytes.IndexByte(data, '\\') < 0 && utf8.Valid(data) {
			*s = looseString(data[1 : len(data)-1]) // nearly always, and much sooner
			return nil
		}
		return json.Unmarshal(data, (*string)(s))
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
