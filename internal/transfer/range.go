package transfer

import (
	"errors"
	"strconv"
	"strings"
)

// ErrRangeNotSatisfiable is a range that has no byte of the content: it begins past
// the end, or ends before it begins.
var ErrRangeNotSatisfiable = errors.New("the range is not in the content")

// Range is a part of a content: the offsets of its first and its last byte.
type Range struct{ First, Last int64 }

// Length is the number of bytes.
func (r Range) Length() int64 { return r.Last - r.First + 1 }

// ParseRange reads a Range header for a content of a size (RFC 9110 §14.1.2 and
// §14.2). It gives nil for the whole: for no header, one that is malformed, and one
// with several ranges, which nobody needs for sound. A reversed one a server may
// ignore or refuse: whoever asks so has miscounted, and is told.
func ParseRange(header string, size int64) (*Range, error) {
	unit, spec, _ := strings.Cut(header, "=")
	first, last, hasDash := strings.Cut(strings.TrimSpace(spec), "-")
	if !strings.EqualFold(unit, "bytes") || !hasDash || strings.Contains(spec, ",") {
		return nil, nil
	}
	if first == "" {
		return suffixRange(last, size)
	}
	from, ok := parseOffset(first)
	if !ok {
		return nil, nil
	}
	to := size - 1
	if last != "" {
		if to, ok = parseOffset(last); !ok {
			return nil, nil
		}
	}
	if from >= size || to < from {
		return nil, ErrRangeNotSatisfiable
	}
	return &Range{First: from, Last: min(to, size-1)}, nil
}

// suffixRange is the last n bytes of a content.
func suffixRange(n string, size int64) (*Range, error) {
	length, ok := parseOffset(n)
	switch {
	case !ok:
		return nil, nil
	case length == 0 || size == 0:
		return nil, ErrRangeNotSatisfiable
	}
	return &Range{First: max(size-length, 0), Last: size - 1}, nil
}

// parseOffset reads digits only. A number too large for the machine is as good as
// the largest.
func parseOffset(digits string) (int64, bool) {
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 1<<63 - 1, true
	}
	return n, true
}
