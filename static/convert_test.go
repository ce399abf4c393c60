package static_test

import (
	"bytes"
	"math"
	"slices"
	"testing"
)

// TestConvertedSoundIsLowPassed looks at all that is not the tone which must
// stay: wherever the other one folds to, it must be 60 dB down. The long sound
// goes through the worker in several pieces.
func TestConvertedSoundIsLowPassed(t *testing.T) {
	t.Parallel()
	mono := []float64{1}
	sounds := map[string]sound{
		"48 kHz":           {rate: 48000, frames: 96000, gains: mono, passed: 1000, stopped: 6000},
		"44.1 kHz":         {rate: 44100, frames: 88200, gains: mono, passed: 1000, stopped: 6000},
		"stereo":           {rate: 48000, frames: 96000, gains: []float64{1, 0.5}, passed: 1000, stopped: 6000},
		"stereo, 44.1 kHz": {rate: 44100, frames: 88200, gains: []float64{0.5, 1}, passed: 1000, stopped: 6000},
		"long":             {rate: 48000, frames: 25*48000 + 1, gains: mono, passed: 1000, stopped: 6000},
		"16 kHz":           {rate: 16000, frames: 32000, gains: mono, passed: 1000, stopped: 6000},
		"lowest":           {rate: 48000, frames: 96000, gains: mono, passed: 300, stopped: 10000},
		"highest":          {rate: 48000, frames: 96000, gains: mono, passed: 3400, stopped: 20000},
		"just above":       {rate: 48000, frames: 96000, gains: mono, stopped: 4600},
	}
	files := map[string][]byte{}
	for name, sound := range sounds {
		files[name] = sound.wav()
	}
	page := openConverter(t, files)
	for name, sound := range sounds {
		t.Run(name, func(t *testing.T) {
			result := page.convert(t, name, "{}")
			if result.Reason != "" || result.Type != "audio/wav" {
				t.Fatalf("type %q, %s", result.Type, result.Message)
			}
			checkSound(t, sound, phoneSamples(t, result.WAV))
			checkProgress(t, result.Shares)
		})
	}
}

func checkSound(t *testing.T, from sound, samples []float64) {
	t.Helper()
	want := math.Ceil(float64(from.frames) * 8000 / float64(from.rate))
	if math.Abs(float64(len(samples))-want) > 1 {
		t.Errorf("%d samples, want %.0f", len(samples), want)
	}
	// The tones start and end abruptly, so the edges hold more than tones.
	const edge = 400
	tone, rest := measure(samples[edge:len(samples)/400*400-edge], from.passed)
	reference := amplitude * from.gain()
	if from.passed > 0 {
		if change := decibels(tone, reference); math.Abs(change) > 0.5 {
			t.Errorf("the tone of %.0f Hz changed by %.2f dB", from.passed, change)
		}
	}
	if level := decibels(rest, reference); level > -60 {
		t.Errorf("what is left of %.0f Hz is at %.1f dB", from.stopped, level)
	}
}

func checkProgress(t *testing.T, shares []float64) {
	t.Helper()
	if len(shares) < 2 || !slices.IsSorted(shares) || shares[0] != 0 || shares[len(shares)-1] != 1 {
		t.Errorf("progress was %v, want it to rise from 0 to 1", shares)
	}
}

func TestConvertedSoundDoesNotOverflow(t *testing.T) {
	t.Parallel()
	square := make([]int16, 48000) // of 500 Hz: it overshoots when it is low-passed
	for i := range square {
		square[i] = math.MaxInt16
		if i/48%2 == 1 {
			square[i] = math.MinInt16
		}
	}
	page := openConverter(t, map[string][]byte{
		"square":  wavFile(48000, 1, square),
		"silence": wavFile(48000, 1, make([]int16, 48000)),
	})
	for i, sample := range phoneSamples(t, page.convert(t, "square", "{}").WAV) {
		if high := i/8%2 == 0; i%8 != 0 && high != (sample > 0) {
			t.Fatalf("sample %d is %.2f", i, sample)
		}
	}
	if silence := page.convert(t, "silence", "{}").WAV; !bytes.Equal(silence[44:], make([]byte, 16000)) {
		t.Error("silence is no longer silent")
	}
}

func TestConversionSaysWhyNot(t *testing.T) {
	t.Parallel()
	page := openConverter(t, map[string][]byte{
		"tone": sound{rate: 48000, frames: 96000, gains: []float64{1}, passed: 1000}.wav(),
		"page": []byte("<!DOCTYPE html><title>No sound</title>"),
		"none": {},
	})
	tests := map[string]struct{ file, options, reason string }{
		"no sound":       {"page", "{}", "undecodable"},
		"empty":          {"none", "{}", "undecodable"},
		"too long":       {"tone", "{ maxSeconds: 1.9 }", "too-long"},
		"not too long":   {"tone", "{ maxSeconds: 2 }", ""},
		"aborted before": {"tone", `{ abort: "before" }`, "aborted"},
		"aborted during": {"tone", `{ abort: "during" }`, "aborted"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			result := page.convert(t, test.file, test.options)
			if result.Reason != test.reason {
				t.Errorf("reason %q, want %q (%s)", result.Reason, test.reason, result.Message)
			}
			if test.reason != "" && result.Name != "ConversionError" {
				t.Errorf("a %s, want a ConversionError", result.Name)
			}
		})
	}
}

// A voice is not lost where the sides of a stereo sound are opposed, nor weakened
// where it is on one side only.
func TestConversionTakesTheSideThatIsHeard(t *testing.T) {
	t.Parallel()
	sounds := map[string]struct {
		gains []float64
		want  float64 // of the tone, in the mono sound
	}{
		"opposed":               {[]float64{1, -1}, 1},
		"opposed, one weaker":   {[]float64{-0.9, 1}, 1},
		"left only":             {[]float64{1, 0}, 1},
		"right only":            {[]float64{0, 1}, 1},
		"the same on both":      {[]float64{1, 1}, 1},
		"one side half so loud": {[]float64{1, 0.5}, 0.75},
	}
	files := map[string][]byte{}
	for name, tt := range sounds {
		files[name] = sound{rate: 48000, frames: 96000, gains: tt.gains, passed: 1000}.wav()
	}
	page := openConverter(t, files)
	for name, tt := range sounds {
		samples := phoneSamples(t, page.convert(t, name, "{}").WAV)
		tone, _ := measure(samples[400:len(samples)/400*400-400], 1000)
		if change := decibels(tone, amplitude*tt.want); math.Abs(change) > 0.5 {
			t.Errorf("%s: the tone is %.1f dB off", name, change)
		}
	}
}
