package main

import (
	"fmt"
	"slices"
)

// row is a line of the table.
type row struct {
	name    string
	ours    string // what the program takes
	against string // what it is compared with, empty if with nothing
	theirs  string // what that takes
	figure  string // what the limit is about, with its spread
	limit   string
	reached bool
	skipped string // why nothing was measured
}

// unit writes a number with its unit.
type unit func(float64) string

// Units, of values in seconds, bytes (a KB is 1,000 of them) and plain numbers.
var (
	seconds      = scaled(1, "s")
	milliseconds = scaled(1e-3, "ms")
	microseconds = scaled(1e-6, "µs")
	kilobytes    = scaled(1e3, "KB")
	megabytes    = scaled(1e6, "MB")
	secondsPerGB = scaled(1, "s/GB")
	times        = scaled(1, "×")
	plain        = unit(func(value float64) string { return fmt.Sprintf("%.0f", value) })
)

func scaled(one float64, name string) unit {
	return func(value float64) string { return short(value/one) + " " + name }
}

// short writes a number with some three digits that count.
func short(value float64) string {
	switch size := max(value, -value); {
	case size >= 100:
		return fmt.Sprintf("%.0f", value)
	case size >= 10:
		return fmt.Sprintf("%.1f", value)
	default:
		return fmt.Sprintf("%.2f", value)
	}
}

// spread writes the median of several values, and the lowest and highest.
func (u unit) spread(values []float64) string {
	if slices.Min(values) == slices.Max(values) {
		return u(values[0])
	}
	return fmt.Sprintf("%s (%s to %s)", u(median(values)), u(slices.Min(values)), u(slices.Max(values)))
}

// within fills in what a limit is about. The median has to be within it.
func (r row) within(values []float64, u unit, limit float64) row {
	r.figure, r.limit, r.reached = u.spread(values), "≤ "+u(limit), median(values) <= limit
	return r
}

// compared makes a row about ratios: ours to theirs in the same round.
func compared(name, against string, rounds []round, u unit, limit float64) row {
	r := row{name: name, ours: u(median(oursOf(rounds))), against: against, theirs: u(median(theirsOf(rounds)))}
	return r.within(ratios(rounds), times, limit)
}
