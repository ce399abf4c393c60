package handlers

import (
	"errors"
	"strconv"
	"strings"
)

// errUnsatisfiableRange is a range that has no byte of the file: it begins past
// the end, or ends before it begins.
var errUnsatisfiableRange = errors.New("the range is not in the file")

// byteRange is a part of a file: the offsets of its first and its last byte.
type byteRange struct{ first, last int64 }

func (r byteRange) length() int64 { return r.last - r.first + 1 }

// parseRange reads a Range header for a file of a size (RFC 9110 §14.1.2 and
// §14.2). It gives nil for the whole file: for no header, one that is
// malformed, and one with several ranges, which nobody needs for sound. A
// reversed one a server may ignore or refuse: whoever asks so has miscounted,
// and is told.
func parseRange(header string, size int64) (*byteRange, error) {
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
		return nil, errUnsatisfiableRange
	}
	return &byteRange{first: from, last: min(to, size-1)}, nil
}

// suffixRange is the last n bytes of a file.
func suffixRange(n string, size int64) (*byteRange, error) {
	length, ok := parseOffset(n)
	switch {
	case !ok:
		return nil, nil
	case length == 0 || size == 0:
		return nil, errUnsatisfiableRange
	}
	return &byteRange{first: max(size-length, 0), last: size - 1}, nil
}

// parseOffset reads digits only. A number too large for the machine is as
// good as the largest.
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
