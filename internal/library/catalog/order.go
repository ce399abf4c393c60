package catalog

import (
	"bytes"
	"cmp"
	"runtime"
	"slices"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

const (
	// mostOrders is for how many languages a list keeps its order by name.
	mostOrders = 4
	// mostSorted is how many bytes of a name count for its place.
	mostSorted = 512
)

// orders are the places of a list's files in their order by name, for each
// language that was asked for.
type orders struct {
	mu     sync.Mutex
	byName map[string]func() []int
}

// sorted gives all places in the order of a query, or in the reverse of it.
func (l *list) sorted(query Query) []int {
	switch query.Sort {
	case ByName, ByNameReversed:
		return l.order(query.Language)()
	}
	return l.byID()
}

func (l *list) byID() []int {
	places := make([]int, len(l.files))
	for i := range places {
		places[i] = i
	}
	return places
}

// order gives the places ordered by name, and by id where names are the same.
// It begins to sort in the background if need be; what it returns waits for it.
func (l *list) order(tag language.Tag) func() []int {
	l.orders.mu.Lock()
	defer l.orders.mu.Unlock()
	name := tag.String()
	if order := l.orders.byName[name]; order != nil {
		return order
	}
	if l.orders.byName == nil || len(l.orders.byName) == mostOrders {
		l.orders.byName = make(map[string]func() []int)
	}
	order := sync.OnceValue(func() []int { return l.sortByName(tag) })
	l.orders.byName[name] = order
	go order()
	return order
}

func (l *list) sortByName(tag language.Tag) []int {
	keys := l.sortKeys(tag)
	places := l.byID()
	slices.SortFunc(places, func(a, b int) int {
		return cmp.Or(bytes.Compare(keys[a], keys[b]), cmp.Compare(a, b))
	})
	return places
}

// sortKeys makes the names comparable byte by byte, with all processors, as
// this takes far longer than to sort.
func (l *list) sortKeys(tag language.Tag) [][]byte {
	keys := make([][]byte, len(l.files))
	share := len(keys)/runtime.GOMAXPROCS(0) + 1
	var workers sync.WaitGroup
	for from := 0; from < len(keys); from += share {
		workers.Go(func() {
			collator := collate.New(tag, collate.Numeric, collate.IgnoreCase)
			var buffer collate.Buffer
			for i := from; i < min(from+share, len(keys)); i++ {
				keys[i] = collator.KeyFromString(&buffer, beginning(l.files[i].Name))
			}
		})
	}
	workers.Wait()
	return keys
}

// beginning cuts a name of thousands of characters, whose key would be longer
// still.
func beginning(name string) string {
	if len(name) <= mostSorted {
		return name
	}
	end := mostSorted
	for end > mostSorted-utf8.UTFMax && !utf8.RuneStart(name[end]) {
		end--
	}
	return name[:end]
}
