package main

import "math"

// headroom is the loudest sample of a finished piece.
const headroom = 0.8

// mix plays all parts of a piece into two channels.
func mix(p piece) [2][]float64 {
	var channels [2][]float64
	for _, part := range p.parts {
		for _, n := range part.notes {
			samples := part.play(frequency(n.key), n.length*60/p.tempo)
			add(&channels, samples, int(n.at*60/p.tempo*sampleRate), n.loudness, part.pan)
		}
	}
	if p.reverb > 0 {
		channels[0] = room(channels[0], p.reverb, 0)
		channels[1] = room(channels[1], p.reverb, 23)
	}
	normalise(&channels)
	return channels
}

// add adds a note to both channels, with equal power wherever it sits.
func add(channels *[2][]float64, samples []float64, start int, loudness, pan float64) {
	angle := (pan + 1) * math.Pi / 4
	for c, gain := range []float64{loudness * math.Cos(angle), loudness * math.Sin(angle)} {
		if missing := start + len(samples) - len(channels[c]); missing > 0 {
			channels[c] = append(channels[c], make([]float64, missing)...)
		}
		for i, sample := range samples {
			channels[c][start+i] += gain * sample
		}
	}
}

// room adds the echoes of a small room, as M. R. Schroeder described it in
// "Natural Sounding Artificial Reverberation", 1962: combs beside each other,
// then all-passes one after another. The spread moves the channels apart.
func room(dry []float64, amount float64, spread int) []float64 {
	dry = append(dry, make([]float64, sampleRate)...)
	wet := make([]float64, len(dry))
	for _, delay := range []int{1557, 1617, 1491, 1422} {
		delay += spread
		comb := make([]float64, len(dry))
		for i := delay; i < len(dry); i++ {
			comb[i] = dry[i-delay] + 0.8*comb[i-delay]
			wet[i] += comb[i] / 4
		}
	}
	for _, delay := range []int{225, 556} {
		delay += spread
		passed := make([]float64, len(wet))
		for i := delay; i < len(wet); i++ {
			passed[i] = -0.5*wet[i] + wet[i-delay] + 0.5*passed[i-delay]
		}
		wet = passed
	}
	for i := range wet {
		wet[i] = dry[i] + amount*wet[i]
	}
	return wet
}

// normalise makes the loudest sample as loud as headroom allows.
func normalise(channels *[2][]float64) {
	peak := 0.0
	for _, channel := range channels {
		for _, sample := range channel {
			peak = max(peak, math.Abs(sample))
		}
	}
	if peak == 0 {
		return
	}
	for _, channel := range channels {
		for i := range channel {
			channel[i] *= headroom / peak
		}
	}
}
