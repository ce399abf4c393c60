package catalog

import (
	"slices"
	"sync"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// list is all files of an account, with what makes searching and sorting them
// quick. A file is known by its place in files.
type list struct {
	files  []plusofon.Media // by id
	folded []string         // their names, see fold
	size   int              // in files; one with a very long name counts for several

	orders     orders
	duplicates func() []bool
}

// nameBytesPerFile is up to which length a name counts as one file.
const nameBytesPerFile = 256

func newList(files []plusofon.Media) *list {
	slices.SortStableFunc(files, func(a, b plusofon.Media) int { return a.ID.Compare(b.ID) })
	l := &list{files: files, folded: make([]string, len(files))}
	for i, media := range files {
		l.folded[i] = fold(media.Name)
		l.size += 1 + len(media.Name)/nameBytesPerFile
	}
	l.duplicates = sync.OnceValue(l.findDuplicates)
	return l
}

func (l *list) findDuplicates() []bool {
	count := make(map[string]int, len(l.folded))
	for _, name := range l.folded {
		count[name]++
	}
	duplicates := make([]bool, len(l.folded))
	for i, name := range l.folded {
		duplicates[i] = count[name] > 1
	}
	return duplicates
}

// find gives the places of the files that a query asks for, in its order.
func (l *list) find(query Query) []int {
	words := splitWords(query.Text)
	var duplicates []bool
	if query.Duplicates {
		duplicates = l.duplicates()
	}
	var places []int
	for _, place := range l.sorted(query) {
		if (duplicates == nil || duplicates[place]) && containsAll(l.folded[place], words) {
			places = append(places, place)
		}
	}
	if query.Sort == ByIDReversed || query.Sort == ByNameReversed {
		slices.Reverse(places)
	}
	return places
}

// page makes the page that a query asks for.
func (l *list) page(query Query) *Result {
	places := l.find(query)
	result := &Result{
		LastPage: max((len(places)+PerPage-1)/PerPage, 1),
		Total:    len(places),
		All:      len(l.files),
	}
	result.Page = min(max(query.Page, 1), result.LastPage)
	from := (result.Page - 1) * PerPage
	to := min(from+PerPage, len(places))
	if from < to {
		result.From, result.To = from+1, to
	}
	words := splitWords(query.Text)
	for _, place := range places[from:to] {
		media := l.files[place]
		result.Files = append(result.Files, Found{Media: media, Matches: findSpans(media.Name, words)})
	}
	return result
}
