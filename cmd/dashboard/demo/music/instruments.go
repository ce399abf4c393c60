package main

import (
	"math"
	"math/rand/v2"
)

// instrument plays one note: a frequency in hertz held for so many seconds. It
// gives samples from about -1 to 1, with whatever still sounds after that.
type instrument func(frequency, seconds float64) []float64

// rise is how many samples a note takes to begin: fewer are a click.
const rise = sampleRate / 250

// guitar is a plucked string after Karplus and Strong, "Digital Synthesis of
// Plucked-String and Drum Timbres", 1983: noise goes round in a delay as long
// as the period, and a little of its treble is lost on each round.
func guitar(frequency, seconds float64) []float64 {
	random := rand.New(rand.NewPCG(1983, uint64(frequency)))
	period := sampleRate/frequency - 0.5 // the average below delays by half a sample
	whole := int(period)
	fraction := period - float64(whole)
	samples := make([]float64, int((seconds+0.6)*sampleRate))
	previous := 0.0
	for i := range samples {
		if i < whole+3 {
			previous += 0.45 * (random.Float64()*2 - 1 - previous) // a finger, not a plectrum
			samples[i] = previous
			continue
		}
		late := samples[i-whole-1]*(1-fraction) + samples[i-whole-2]*fraction
		next := samples[i-whole]*(1-fraction) + samples[i-whole-1]*fraction
		samples[i] = 0.4985 * (late + next)
	}
	return release(samples, seconds, 0.5)
}

// partial is one sine of a struck bar or bell.
type partial struct {
	ratio    float64 // to the frequency of the note
	strength float64
	decay    float64 // seconds until it is down to 1/e
}

// struck is something that is hit and rings: the sum of its partials.
func struck(ringing float64, partials ...partial) instrument {
	return func(frequency, seconds float64) []float64 {
		samples := make([]float64, int((seconds+ringing)*sampleRate))
		for _, p := range partials {
			step := 2 * math.Pi * frequency * p.ratio / sampleRate
			if step > math.Pi*0.9 {
				continue // above what can be sampled
			}
			for i := range samples {
				samples[i] += p.strength * math.Sin(step*float64(i)) * math.Exp(-float64(i)/sampleRate/p.decay)
			}
		}
		return release(samples, seconds+ringing-0.3, 0.3)
	}
}

var (
	musicBox = struck(1.5, partial{1, 0.7, 0.9}, partial{2, 0.12, 0.5}, partial{5.4, 0.12, 0.12}, partial{8.9, 0.05, 0.04})
	marimba  = struck(0.5, partial{1, 0.8, 0.28}, partial{3.9, 0.2, 0.08}, partial{9.2, 0.06, 0.03})
	bell     = struck(2, partial{0.5, 0.2, 1.4}, partial{1, 0.5, 1.1}, partial{1.19, 0.15, 0.8}, partial{2, 0.2, 0.6}, partial{2.74, 0.1, 0.3})
	bass     = struck(0.2, partial{1, 0.8, 0.9}, partial{2, 0.25, 0.4}, partial{3, 0.1, 0.2})
)

// electricPiano modulates the frequency of one sine by another, as the
// keyboards of the eighties did; the harder part fades first.
func electricPiano(frequency, seconds float64) []float64 {
	samples := make([]float64, int((seconds+0.4)*sampleRate))
	step := 2 * math.Pi * frequency / sampleRate
	for i := range samples {
		at := float64(i) / sampleRate
		tine := 0.5 * math.Exp(-at/0.08) * math.Sin(14*step*float64(i))
		body := 1.1 * math.Exp(-at/0.7) * math.Sin(step*float64(i))
		samples[i] = 0.7 * math.Exp(-at/1.4) * math.Sin(step*float64(i)+body+tine*0.4)
	}
	return release(samples, seconds, 0.35)
}

// stringSection is violins and violas: a few slightly detuned voices that swell.
func stringSection(frequency, seconds float64) []float64 {
	samples := make([]float64, int((seconds+0.9)*sampleRate))
	for voice, detune := range []float64{0.9965, 1, 1.0031} {
		step := 2 * math.Pi * frequency * detune / sampleRate
		for i := range samples {
			phase := step*float64(i) + float64(voice)
			samples[i] += 0.22 * (math.Sin(phase) + 0.4*math.Sin(2*phase) + 0.2*math.Sin(3*phase) + 0.08*math.Sin(4*phase))
		}
	}
	for i := range min(len(samples), sampleRate/2) {
		samples[i] *= float64(i) / (sampleRate / 2)
	}
	return release(samples, seconds, 0.85)
}

// exchange is the sine that an exchange in Russia signals with, at 425 Hz
// whatever the note.
func exchange(_, seconds float64) []float64 {
	const frequency = 425.0
	samples := make([]float64, int((seconds+0.02)*sampleRate))
	for i := range samples {
		samples[i] = 0.7 * math.Sin(2*math.Pi*frequency*float64(i)/sampleRate)
	}
	return release(samples, seconds, 0.02)
}

// release lets a note begin without a click, and fade out from a time on.
func release(samples []float64, from, fade float64) []float64 {
	for i := range min(len(samples), rise) {
		samples[i] *= float64(i) / rise
	}
	for i := int(from * sampleRate); i < len(samples); i++ {
		samples[i] *= max(0, 1-(float64(i)/sampleRate-from)/fade)
	}
	return samples
}
