package main

import (
	"bufio"
	"context"
	"errors"
	"strconv"
	"strings"
)

// countedPages are asked for between two looks at the counter.
const countedPages = 2000

// measureAllocations counts the allocations of a list page, from the request
// to the answer, with those of net/http on both sides of the program.
func measureAllocations(ctx context.Context, l *lab) ([]row, error) {
	d, err := l.startDashboard(ctx, smallAccount)
	if err != nil {
		return nil, err
	}
	defer d.stop()
	page := d.request("/media").with("Accept-Encoding", "gzip, deflate, br, zstd")
	counts, err := repeat(5, func() (float64, error) { return d.allocations(ctx, page) })
	if err != nil {
		return nil, err
	}
	return []row{row{name: "list page: allocations"}.within(counts, plain, 900)}, nil
}

// allocations is the number of them for a request. That of a look at the
// counter is subtracted.
func (d *dashboard) allocations(ctx context.Context, page *ask) (float64, error) {
	var counts [3]float64
	for i := range counts {
		if i == 2 {
			for range countedPages {
				if _, err := page.read(ctx); err != nil {
					return 0, err
				}
			}
		}
		var err error
		if counts[i], err = d.metric(ctx, "go_memstats_mallocs_total"); err != nil {
			return 0, err
		}
	}
	look := counts[1] - counts[0]
	return (counts[2] - counts[1] - look) / countedPages, nil
}

// metric reads a counter of the program.
func (d *dashboard) metric(ctx context.Context, name string) (float64, error) {
	response, err := newAsk(d.metrics).open(ctx)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	for lines := bufio.NewScanner(response.Body); lines.Scan(); {
		if value, found := strings.CutPrefix(lines.Text(), name+" "); found {
			return strconv.ParseFloat(value, 64)
		}
	}
	return 0, errors.New("the metrics lack " + name)
}
