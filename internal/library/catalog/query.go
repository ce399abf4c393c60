package catalog

import (
	"golang.org/x/text/language"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// PerPage is how many files a [Result] has, as many as a page of the API.
const PerPage = 15

// Sort is an order of files, as it is written in an address. Any other value
// is ByID.
type Sort string

// The orders there are. Names are compared as people do: in the alphabet of
// the language, without regard to case, and numbers by their value.
const (
	ByID           Sort = "id"
	ByIDReversed   Sort = "-id"
	ByName         Sort = "name"
	ByNameReversed Sort = "-name"
)

// ParseSort reads an order from an address; ok is false, and the order ByID,
// for anything that is none.
func ParseSort(s string) (sort Sort, ok bool) {
	switch sort := Sort(s); sort {
	case ByID, ByIDReversed, ByName, ByNameReversed:
		return sort, true
	}
	return ByID, false
}

// Query says which files are wanted. Its zero value asks for all, by id.
type Query struct {
	// Text holds words which the name must have, each of them, anywhere and in
	// any order. Case makes no difference, nor does ё for е.
	Text string
	// Duplicates leaves only files that share their name with another; names
	// are compared as for Text.
	Duplicates bool
	Sort       Sort
	Language   language.Tag // of the alphabet for ByName
	Page       int          // from 1; what doesn't exist is the nearest that does
}

// Result is a page of what was found.
type Result struct {
	Files          []Found
	Page, LastPage int // from 1
	From, To       int // places of the first and the last of Files among those found, from 1; 0 if there is none
	Total          int // files found, on all pages
	All            int // found or not
}

// Found is a file, and where in its name the words of the query are: ordered,
// and apart from each other.
type Found struct {
	plusofon.Media
	Matches []Span
}

// Span is a part of a name, Name[Start:End] in bytes. It never cuts a rune, nor
// a letter from its accents.
type Span struct{ Start, End int }
