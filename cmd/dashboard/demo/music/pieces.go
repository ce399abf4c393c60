package main

// pieces are by name; each is composed when it is asked for.
var pieces = map[string]func() piece{
	"guitar":    guitarPiece,
	"waltz":     waltz,
	"music-box": musicBoxPiece,
	"piano":     piano,
	"calm":      calm,
	"marimba":   marimbaPiece,
	"new-year":  newYear,
	"chime":     chime,
	"busy":      busy,
}

// guitarPiece is in C major: broken chords under a slow tune.
func guitarPiece() piece {
	progression := chords(`C3-G3-C4-E4 G2-D3-B3-D4 A2-E3-C4-E4 E3-G3-B3-E4
		F2-C3-A3-C4 C3-G3-C4-E4 D3-A3-D4-F4 G2-D3-B3-F4`)
	tune := `E5:2 G5:2 D5:3 B4:1 C5:2 E5:2 B4:4
		A4:2 C5:2 G4:3 E5:1 F5:2 E5:1 D5:1 D5:3 .:1 C5:4`
	broken := arpeggio(progression, []int{0, 2, 3, 1, 2, 3, 1, 2}, 0.5, 1.5, 0.6)
	end := []note{{32, 4, key("C3"), 0.6}, {32.1, 4, key("G3"), 0.5}, {32.2, 4, key("C4"), 0.5}, {32.3, 4, key("E4"), 0.5}}
	return piece{tempo: 92, reverb: 0.2, parts: []part{
		{guitar, -0.3, append(broken, end...)},
		{guitar, 0.35, melody(0.7, tune)},
	}}
}

// waltz is in A minor, three beats to a bar.
func waltz() piece {
	progression := chords(`A2-E3-A3-C4 D3-A3-D4-F4 E3-G#3-B3-D4 A2-E3-A3-C4
		F2-C3-F3-A3 C3-G3-C4-E4 E3-G#3-B3-D4 A2-E3-A3-C4`)
	tune := `A4:2 C5:1 F5:2 D5:1 E5:1 D5:1 B4:1 C5:3 A4:2 F5:1 E5:2 C5:1 B4:1 C5:1 G#4:1 A4:3`
	return piece{tempo: 116, reverb: 0.2, parts: []part{
		{guitar, -0.25, arpeggio(progression, []int{0, 2, 3, 1, 3, 2}, 0.5, 1, 0.6)},
		{guitar, 0.3, melody(0.75, tune)},
	}}
}

// musicBoxPiece is a lullaby in F major, three beats to a bar.
func musicBoxPiece() piece {
	progression := chords(`F4-A4-C5 D4-F4-A4 Bb3-D4-F4 C4-E4-G4
		F4-A4-C5 D4-F4-A4 G3-Bb3-D4 C4-E4-Bb4 F4-A4-C5`)
	tune := `C6:1 A5:1 F5:1 A5:2 D5:1 D6:1 C6:1 Bb5:1 G5:3
		C6:1 F6:1 E6:1 D6:2 A5:1 Bb5:1 A5:1 G5:1 E5:1 F5:1 G5:1 F5:3`
	return piece{tempo: 104, reverb: 0.25, parts: []part{
		{musicBox, -0.2, arpeggio(progression, []int{0, 1, 2}, 1, 1, 0.35)},
		{musicBox, 0.2, melody(0.6, tune)},
	}}
}

// piano is eight bars of soft jazz chords, twice through the circle of fifths.
func piano() piece {
	progression := chords(`D3-F3-A3-C4-E4 G2-F3-A3-B3-E4 C3-E3-G3-B3-D4 A2-E3-G3-C4-D4
		D3-F3-A3-C4-E4 G2-F3-B3-D4-E4 C3-E3-G3-B3-D4 C3-E3-A3-B3-D4`)
	tune := `.:1 A4:1 C5:1 E5:1 D5:3 B4:1 .:1 G4:1 B4:1 D5:1 C5:4
		.:1 F5:1 E5:1 C5:1 B4:2 A4:1 F4:1 G4:6`
	return piece{tempo: 84, reverb: 0.25, parts: []part{
		{electricPiano, -0.15, together(progression, 4, 0.28)},
		{electricPiano, 0.2, melody(0.5, tune)},
		{bass, 0, roots(progression, 4, 0.4)},
	}}
}

// calm is slow strings with a few plucked tones above them.
func calm() piece {
	progression := chords("A3-C4-E4 F3-A3-C4 C3-E3-G3-C4 G3-B3-D4 A3-C4-E4 F3-A3-C4 G3-B3-D4 C3-G3-C4-E4")
	tune := "E5:2 C5:2 A4:2 C5:2 G4:2 E5:2 D5:2 B4:2 C5:2 E5:2 F5:2 C5:2 D5:2 G4:2 C5:4"
	return piece{tempo: 80, reverb: 0.4, parts: []part{
		{stringSection, 0, together(progression, 4, 0.3)},
		{musicBox, 0.3, melody(0.3, tune)},
		{bass, 0, roots(progression, 4, 0.4)},
	}}
}

// marimbaPiece is brisk, in G major, for the line in English.
func marimbaPiece() piece {
	progression := chords("G3-B3-D4 E3-G3-B3 C3-E3-G3 D3-F#3-A3 G3-B3-D4 E3-G3-B3 C3-E3-G3 D3-F#3-C4 G3-B3-D4")
	tune := `D5:1 B4:0.5 D5:0.5 G5:1 D5:1 E5:1 B4:0.5 E5:0.5 G5:2 E5:1 C5:0.5 E5:0.5 G5:1 E5:1 F#5:1 D5:1 A4:2
		D5:1 B4:0.5 D5:0.5 G5:1 D5:1 E5:1 G5:0.5 E5:0.5 B4:2 C5:1 E5:1 G5:1 E5:1 F#5:1 A5:1 F#5:1 D5:1 G5:4`
	return piece{tempo: 126, reverb: 0.15, parts: []part{
		{marimba, -0.3, arpeggio(progression, []int{0, 2, 1, 2, 3, 2, 1, 2}, 0.5, 0.5, 0.5)},
		{marimba, 0.3, melody(0.8, tune)},
		{bass, 0, roots(progression, 4, 0.45)},
	}}
}

// newYear is bells in D major.
func newYear() piece {
	progression := chords("D4-F#4-A4 B3-D4-F#4 G3-B3-D4 A3-C#4-E4 D4-F#4-A4 G3-B3-D4 A3-C#4-G4 D4-F#4-A4")
	tune := `A5:1 F#5:0.5 G5:0.5 A5:2 B5:1 A5:0.5 F#5:0.5 D5:2 G5:1 B5:1 A5:1 G5:1 E5:2 A5:2
		F#5:1 A5:0.5 F#5:0.5 D6:2 B5:1 A5:0.5 G5:0.5 B5:2 A5:1 G5:0.5 E5:0.5 C#5:1 E5:1 D5:4`
	return piece{tempo: 120, reverb: 0.2, parts: []part{
		{bell, 0.25, melody(0.6, tune)},
		{musicBox, -0.3, arpeggio(progression, []int{0, 1, 2, 1}, 1, 1, 0.4)},
	}}
}

// chime says that an announcement follows.
func chime() piece {
	return piece{tempo: 120, parts: []part{{bell, 0, melody(0.6, "G5:0.7 E5:0.7 C5:1")}}}
}

// busy is the tone of an engaged line: 0.4 s on and off.
func busy() piece {
	var notes []note
	for i := range 3 {
		notes = append(notes, note{float64(i) * 0.8, 0.4, key("A4"), 0.6})
	}
	return piece{tempo: 60, parts: []part{{exchange, 0, notes}}}
}
