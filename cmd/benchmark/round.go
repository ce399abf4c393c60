package main

import "slices"

// round is what the program and what it is compared with took one after the
// other, so that whatever else the machine did met both.
type round struct{ ours, theirs float64 }

// alternate measures the two by turns, after a round that does not count. Who
// is first changes from round to round.
func alternate(count int, ours, theirs func() (float64, error)) ([]round, error) {
	var rounds []round
	for i := range count + 1 {
		var r round
		first, second := measured{ours, &r.ours}, measured{theirs, &r.theirs}
		if i%2 == 1 {
			first, second = second, first
		}
		for _, m := range []measured{first, second} {
			value, err := m.measure()
			if err != nil {
				return nil, err
			}
			*m.value = value
		}
		if i > 0 {
			rounds = append(rounds, r)
		}
	}
	return rounds, nil
}

type measured struct {
	measure func() (float64, error)
	value   *float64
}

// repeat measures something several times, after a first time that does not
// count.
func repeat[T any](count int, measure func() (T, error)) ([]T, error) {
	var values []T
	for i := range count + 1 {
		value, err := measure()
		if err != nil {
			return nil, err
		}
		if i > 0 {
			values = append(values, value)
		}
	}
	return values, nil
}

func oursOf(rounds []round) []float64 {
	return each(rounds, func(r round) float64 { return r.ours })
}

func theirsOf(rounds []round) []float64 {
	return each(rounds, func(r round) float64 { return r.theirs })
}

func ratios(rounds []round) []float64 {
	return each(rounds, func(r round) float64 { return r.ours / r.theirs })
}

func differences(rounds []round) []float64 {
	return each(rounds, func(r round) float64 { return r.ours - r.theirs })
}

func each(rounds []round, value func(round) float64) []float64 {
	values := make([]float64, len(rounds))
	for i, r := range rounds {
		values[i] = value(r)
	}
	return values
}

// median is the value in the middle; there has to be one.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	middle := len(sorted) / 2
	if len(sorted)%2 == 0 {
		return (sorted[middle-1] + sorted[middle]) / 2
	}
	return sorted[middle]
}
