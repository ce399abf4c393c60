package main

import (
	"fmt"
	"strings"
	"text/tabwriter"
)

var columns = []string{"what", "ours", "compared with", "ratio or figure", "limit", "reached"}

// cells are a row as it is shown.
func (r row) cells() []string {
	if r.skipped != "" {
		return []string{r.name, "", "", "", r.limit, "not measured: " + strings.ReplaceAll(r.skipped, "\n", " ")}
	}
	against := r.against
	if r.theirs != "" {
		against += ": " + r.theirs
	}
	reached := "no"
	if r.reached {
		reached = "yes"
	}
	return []string{r.name, r.ours, against, r.figure, r.limit, reached}
}

// textTable is for a terminal.
func textTable(rows []row) string {
	var text strings.Builder
	w := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, strings.Join(columns, "\t"))
	for _, r := range rows {
		fmt.Fprintln(w, strings.Join(r.cells(), "\t"))
	}
	_ = w.Flush() // to memory: cannot fail
	return text.String()
}

// markdownTable is for docs/benchmarks.md.
func markdownTable(rows []row) string {
	var text strings.Builder
	line := func(cells []string) { fmt.Fprintf(&text, "| %s |\n", strings.Join(cells, " | ")) }
	line(columns)
	line(strings.Split(strings.Repeat("---,", len(columns)-1)+"---", ","))
	for _, r := range rows {
		cells := r.cells()
		if !r.reached {
			cells[len(cells)-1] = "**" + cells[len(cells)-1] + "**"
		}
		for i, cell := range cells {
			cells[i] = strings.ReplaceAll(cell, "|", `\|`)
		}
		line(cells)
	}
	return text.String()
}
