package main

import (
	"context"
	"fmt"
	"net/url"
)

// searches of the measurement: words in any order, a letter that most names
// have, and everything by name.
var searches = []string{
	"/media?q=" + url.QueryEscape("продаж 77"),
	"/media?q=" + url.QueryEscape("е") + "&sort=-id",
	"/media?sort=-name&page=300",
}

// laterSearches is how often each of them is repeated.
const laterSearches = 20

// measureSearch measures the first search of 10,000 files, for which 667 pages
// are read, and the later ones.
func measureSearch(ctx context.Context, l *lab) ([]row, error) {
	var later []float64
	attempt := 0
	first, err := repeat(3, func() (float64, error) {
		attempt++ // of another account each time: nothing is known of it
		d, err := l.startDashboard(ctx, fmt.Sprintf("files-10000-wait-20ms-attempt-%d", attempt))
		if err != nil {
			return 0, err
		}
		defer d.stop()
		took, err := d.request(searches[0]).time(ctx)
		if err != nil {
			return 0, err
		}
		if later, err = timeLater(ctx, d); err != nil {
			return 0, err
		}
		return took, nil
	})
	if err != nil {
		return nil, err
	}
	return []row{
		row{name: "search of 10,000 files, upstream 20 ms: the first"}.within(first, seconds, 2),
		row{name: "search of 10,000 files: later ones"}.within(later, milliseconds, 20e-3),
	}, nil
}

// timeLater times searches of what is known by now, in seconds each.
func timeLater(ctx context.Context, d *dashboard) ([]float64, error) {
	var took []float64
	for range laterSearches {
		for _, search := range searches {
			one, err := d.request(search).time(ctx)
			if err != nil {
				return nil, err
			}
			took = append(took, one)
		}
	}
	return took, nil
}
