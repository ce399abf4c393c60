package static_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"testing"
)

// amplitude is that of each tone in the sounds that are converted.
const amplitude = 0.4

// sound is a file with two tones, in each channel with a gain of its own.
type sound struct {
	rate    int // Hz
	frames  int
	gains   []float64 // one for each channel
	passed  float64   // Hz, a tone that must stay; 0: there is none
	stopped float64   // Hz, a tone that must go
}

// wav is the sound as a WAV file of 16-bit PCM.
func (s sound) wav() []byte {
	samples := make([]int16, 0, s.frames*len(s.gains))
	for i := range s.frames {
		phase := 2 * math.Pi * float64(i) / float64(s.rate)
		value := amplitude * (math.Sin(s.passed*phase) + math.Sin(s.stopped*phase))
		for _, gain := range s.gains {
			samples = append(samples, int16(math.Round(gain*value*32767)))
		}
	}
	return wavFile(s.rate, len(s.gains), samples)
}

// gain is that of the mean of all channels.
func (s sound) gain() float64 {
	sum := 0.0
	for _, gain := range s.gains {
		sum += gain
	}
	return sum / float64(len(s.gains))
}

func wavFile(rate, channels int, samples []int16) []byte {
	var file bytes.Buffer
	for _, part := range []any{
		[]byte("RIFF"), uint32(36 + 2*len(samples)), []byte("WAVEfmt "), uint32(16), uint16(1), uint16(channels),
		uint32(rate), uint32(2 * channels * rate), uint16(2 * channels), uint16(16),
		[]byte("data"), uint32(2 * len(samples)), samples,
	} {
		// A bytes.Buffer takes whatever has a fixed size.
		_ = binary.Write(&file, binary.LittleEndian, part)
	}
	return file.Bytes()
}

// phoneSamples are the samples of a WAV file, whose header must be the one of
// mono, 8 kHz, 16 bits, byte for byte.
func phoneSamples(t *testing.T, file []byte) []float64 {
	t.Helper()
	if len(file) < 44 || len(file)%2 != 0 {
		t.Fatalf("a file of %d bytes", len(file))
	}
	samples := make([]int16, (len(file)-44)/2)
	if want := wavFile(8000, 1, samples)[:44]; !bytes.Equal(file[:44], want) {
		t.Fatalf("header\n% x, want\n% x", file[:44], want)
	}
	if _, err := binary.Decode(file[44:], binary.LittleEndian, samples); err != nil {
		t.Fatal(err)
	}
	values := make([]float64, len(samples))
	for i, sample := range samples {
		values[i] = float64(sample) / 32768
	}
	return values
}

// measure splits samples at 8 kHz into the tone of a frequency, whose amplitude
// it gives, and the rest, of which it gives the amplitude that a tone of the
// same power would have. The samples must hold whole periods.
func measure(samples []float64, frequency float64) (tone, rest float64) {
	var sine, cosine float64
	for i, sample := range samples {
		phase := 2 * math.Pi * frequency * float64(i) / 8000
		sine += 2 * sample * math.Sin(phase) / float64(len(samples))
		cosine += 2 * sample * math.Cos(phase) / float64(len(samples))
	}
	power := 0.0
	for i, sample := range samples {
		phase := 2 * math.Pi * frequency * float64(i) / 8000
		difference := sample - sine*math.Sin(phase) - cosine*math.Cos(phase)
		power += difference * difference / float64(len(samples))
	}
	return math.Hypot(sine, cosine), math.Sqrt(2 * power)
}

// decibels is an amplitude in relation to another one.
func decibels(amplitude, reference float64) float64 {
	return 20 * math.Log10(amplitude/reference)
}
