package plusofon

import (
	"cmp"
	"fmt"
	"strings"
)

// longestID is how many digits an id has at most: those of a 64-bit number.
const longestID = 19

// MediaID addresses a media file: decimal digits, as the API wrote them. An id
// that came in a list can be anything; see [MediaID.Usable].
type MediaID string

// ParseMediaID reads an id from outside: 1 to 19 digits, above 0. Anything else
// is [ErrInvalidID]. Zeros in front are dropped, so that a file has one id only.
func ParseMediaID(s string) (MediaID, error) {
	if id := MediaID(s); id.Usable() {
		return MediaID(strings.TrimLeft(s, "0")), nil
	}
	return "", fmt.Errorf("plusofon: %w: want 1 to %d digits, above 0", ErrInvalidID, longestID)
}

// Usable reports whether the id can address a file.
func (id MediaID) Usable() bool {
	if len(id) == 0 || len(id) > longestID {
		return false
	}
	for _, c := range []byte(id) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return strings.Trim(string(id), "0") != ""
}

// Compare compares ids as numbers of any length, as [cmp.Compare] does: ids grow,
// so that the later of two files has the greater one. No id at all is before any
// other.
func (id MediaID) Compare(other MediaID) int {
	a, b := strings.TrimLeft(string(id), "0"), strings.TrimLeft(string(other), "0")
	return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
}

// UnmarshalJSON takes a string or a number and keeps every digit. Anything else
// is an empty id.
func (id *MediaID) UnmarshalJSON(data []byte) error {
	return (*looseString)(id).UnmarshalJSON(data)
}
