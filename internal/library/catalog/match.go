package catalog

import (
	"cmp"
	"slices"
	"strings"
)

// mostWords is how many words of a query count; more only cost time.
const mostWords = 32

// splitWords gives the words of a query, folded, the longest first, as it
// excludes most. A word that is part of another excludes nothing more, but is
// wanted for highlighting.
func splitWords(text string) []string {
	words := strings.Fields(fold(text))
	words = words[:min(len(words), mostWords)]
	slices.SortFunc(words, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), strings.Compare(a, b))
	})
	return slices.Compact(words)
}

func containsAll(folded string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(folded, word) {
			return false
		}
	}
	return true
}

// findSpans finds the words in a name.
func findSpans(name string, words []string) []Span {
	if len(words) == 0 {
		return nil
	}
	folded, origins := foldWithOrigins(name)
	var spans []Span
	for _, word := range words {
		for from := 0; ; {
			at := strings.Index(folded[from:], word)
			if at < 0 {
				break
			}
			first, last := from+at, from+at+len(word)
			from = last
			for origins[last] == origins[last-1] {
				last++ // to the end of the segment
			}
			spans = append(spans, Span{Start: origins[first], End: origins[last]})
		}
	}
	return join(spans)
}

// join orders spans and makes one of those that overlap or touch.
func join(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Compare(a.Start, b.Start) })
	var joined []Span
	for _, span := range spans {
		if n := len(joined); n > 0 && span.Start <= joined[n-1].End {
			joined[n-1].End = max(joined[n-1].End, span.End)
			continue
		}
		joined = append(joined, span)
	}
	return joined
}
