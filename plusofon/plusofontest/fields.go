package plusofontest

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"
)

// readFields reads exactly one JSON object, whose values are all strings, and
// which has no other field than those known and none twice.
func readFields(body io.Reader, known ...string) (map[string]string, error) {
	decoder := json.NewDecoder(body)
	if start, err := decoder.Token(); err != nil || start != json.Delim('{') {
		return nil, badJSON(err)
	}
	fields := make(map[string]string)
	for decoder.More() {
		name, value, err := readField(decoder)
		if err != nil {
			return nil, err
		}
		if _, twice := fields[name]; twice || !slices.Contains(known, name) {
			return nil, bad("The field " + name + " is unknown, or there twice.")
		}
		fields[name] = value
	}
	if _, err := decoder.Token(); err != nil { // the closing brace
		return nil, badJSON(err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, bad("The body goes on after its JSON.")
	}
	return fields, nil
}

func readField(decoder *json.Decoder) (name, value string, err error) {
	key, err := decoder.Token()
	if err != nil {
		return "", "", badJSON(err)
	}
	name, _ = key.(string) // it cannot be anything else
	token, err := decoder.Token()
	if err != nil {
		return "", "", badJSON(err)
	}
	value, ok := token.(string)
	if !ok {
		return "", "", bad("The field " + name + " must be a string.")
	}
	// What is not UTF-8 has become this character. PHP refuses such a body.
	if strings.Contains(value, string(utf8.RuneError)) {
		return "", "", bad("The body has malformed UTF-8 characters.")
	}
	return name, value, nil
}

// badJSON says why a body could not be read.
func badJSON(err error) error {
	_, syntax := errors.AsType[*json.SyntaxError](err)
	_, large := errors.AsType[*http.MaxBytesError](err)
	switch {
	case large:
		return errTooLarge
	case err == nil, syntax, errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return bad("The body must be a JSON object.")
	}
	return err
}
