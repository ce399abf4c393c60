package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// note is one tone of a part. Times are in beats.
type note struct {
	at, length float64
	key        int // as in MIDI: 60 is middle C, 69 is 440 Hz
	loudness   float64
}

// part is what one instrument plays, and where it sits: -1 is left, 1 right.
type part struct {
	play  instrument
	pan   float64
	notes []note
}

// piece is parts played together.
type piece struct {
	tempo  float64 // beats a minute
	reverb float64 // 0 is dry
	parts  []part
}

// chord is the keys of its tones, the lowest first.
type chord []int

// chords reads chords such as "C3-E3-G3 A2-C3-E3".
func chords(text string) []chord {
	var all []chord
	for _, word := range strings.Fields(text) {
		var c chord
		for tone := range strings.SplitSeq(word, "-") {
			c = append(c, key(tone))
		}
		all = append(all, c)
	}
	return all
}

// melody reads notes such as "E5:1 F#5:0.5 .:0.5": a tone or a rest, and its
// length in beats.
func melody(loudness float64, text string) []note {
	var notes []note
	at := 0.0
	for _, word := range strings.Fields(text) {
		tone, duration, _ := strings.Cut(word, ":")
		length, err := strconv.ParseFloat(duration, 64)
		if err != nil {
			panic(fmt.Sprintf("the note %q has no length", word))
		}
		if tone != "." {
			notes = append(notes, note{at, length, key(tone), loudness})
		}
		at += length
	}
	return notes
}

// key reads the name of a tone, such as A4, F#3 or Bb2.
func key(name string) int {
	semitone := strings.IndexByte("C D EF G A B", name[0])
	octave, err := strconv.Atoi(strings.TrimLeft(name[1:], "#b"))
	if semitone < 0 || err != nil {
		panic(fmt.Sprintf("no tone is called %q", name))
	}
	return 12*(octave+1) + semitone + strings.Count(name[1:], "#") - strings.Count(name[1:], "b")
}

// arpeggio plays each chord as broken tones: the pattern says which tone comes
// next, each so many beats after the one before and held for hold beats. A
// tone past the top of the chord is one from below, an octave higher.
func arpeggio(progression []chord, pattern []int, step, hold, loudness float64) []note {
	var notes []note
	for i, c := range progression {
		for j, tone := range pattern {
			at := float64(i*len(pattern)+j) * step
			accent := loudness
			if j > 0 {
				accent *= 0.75
			}
			notes = append(notes, note{at, hold, c[tone%len(c)] + 12*(tone/len(c)), accent})
		}
	}
	return notes
}

// together plays each chord at once, so many beats long.
func together(progression []chord, length, loudness float64) []note {
	var notes []note
	for i, c := range progression {
		for _, k := range c {
			notes = append(notes, note{float64(i) * length, length, k, loudness})
		}
	}
	return notes
}

// roots plays the lowest tone of each chord, an octave lower.
func roots(progression []chord, length, loudness float64) []note {
	var notes []note
	for i, c := range progression {
		notes = append(notes, note{float64(i) * length, length, c[0] - 12, loudness})
	}
	return notes
}

// frequency is that of a key, in hertz, in equal temperament.
func frequency(key int) float64 { return 440 * math.Pow(2, float64(key-69)/12) }
