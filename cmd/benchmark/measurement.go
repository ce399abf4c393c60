package main

import (
	"context"
	"fmt"
	"strings"
)

// measurement is what is measured in one go. It fills one row of the table or
// several.
type measurement struct {
	name  string
	needs []string // programs of the machine; without one of them it is skipped
	run   func(context.Context, *lab) ([]row, error)
}

// measurements is everything that is measured, in the order of the table.
var measurements = []measurement{
	{"download", []string{"nginx"}, measureDownload},
	{"small range", []string{"wrk"}, measureRange},
	{"slow downloads", []string{"nginx"}, measureSlow},
	{"upload time", nil, measureUploadTime},
	{"upload memory", nil, measureUploadMemory},
	{"upload CPU", nil, measureUploadCPU},
	{"list page", []string{"wrk"}, measureListPage},
	{"allocations of the list page", nil, measureAllocations},
	{"start", []string{"nginx"}, measureStart},
	{"idle memory", []string{"nginx"}, measureIdle},
	{"size", []string{"nginx"}, measureSize},
	{"first visit", []string{"Chromium"}, measureVisit},
	{"Lighthouse", []string{"npx", "Chromium"}, measureLighthouse},
	{"in flight", nil, measureInFlight},
	{"search", nil, measureSearch},
}

// choose gives those with a text in their name: all for an empty one.
func choose(all []measurement, text string) []measurement {
	var chosen []measurement
	for _, m := range all {
		if strings.Contains(strings.ToLower(m.name), strings.ToLower(text)) {
			chosen = append(chosen, m)
		}
	}
	return chosen
}

func names(all []measurement) string {
	var list []string
	for _, m := range all {
		list = append(list, m.name)
	}
	return strings.Join(list, ", ")
}

// measure gives the rows of a measurement. One that can't be made, or fails,
// stands in the table with the reason.
func (l *lab) measure(ctx context.Context, m measurement) []row {
	for _, program := range m.needs {
		if l.programs[program] == "" {
			return []row{{name: m.name, skipped: program + " is missing"}}
		}
	}
	rows, err := m.run(ctx, l)
	if err != nil {
		rows = append(rows, row{name: m.name, skipped: fmt.Sprintf("failed: %v", err)})
	}
	return rows
}
