package plusofon

import (
	"fmt"
	"strconv"
	"strings"
)

// contentRange is the header of a partial answer. Size is -1 if unknown.
type contentRange struct {
	first, last, size int64
}

// parseContentRange reads "bytes 0-99/200" or "bytes 0-99/*" (RFC 9110, section
// 14.4).
func parseContentRange(header string) (contentRange, error) {
	unit, rest, _ := strings.Cut(header, " ")
	span, size, _ := strings.Cut(rest, "/")
	first, last, _ := strings.Cut(span, "-")
	var r contentRange
	ok := strings.EqualFold(unit, "bytes") && offset(first, &r.first) && offset(last, &r.last)
	if size == "*" {
		r.size = -1
	} else {
		ok = ok && offset(size, &r.size)
	}
	if !ok || r.last < r.first || r.size >= 0 && r.last >= r.size {
		return contentRange{}, fmt.Errorf("bad Content-Range %.100q", header)
	}
	return r, nil
}

// offset reads decimal digits, without a sign.
func offset(digits string, value *int64) bool {
	number, err := strconv.ParseUint(digits, 10, 63)
	*value = int64(number)
	return err == nil
}

// answers checks that the part is the one asked for: no other start, and no
// other end than the one asked for or that of the file.
func (r contentRange) answers(asked Range) error {
	last := asked.Last
	if r.size >= 0 && (last < 0 || last >= r.size) {
		last = r.size - 1
	}
	switch {
	case r.first != asked.First,
		r.size >= 0 && r.last != last,
		r.size < 0 && last >= 0 && r.last > last:
		return fmt.Errorf("bytes %d to %d of %d in answer to %q", r.first, r.last, r.size, asked.header())
	}
	return nil
}
