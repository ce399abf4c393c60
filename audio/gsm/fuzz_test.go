package gsm_test

import (
	"testing"

	"github.com/plusofon-dashboard/dashboard/audio/gsm"
)

// guard is no multiple of 8, so no decoder writes it: samples are truncated to 13 bits.
const guard = 0x5555

func FuzzDecode(f *testing.F) {
	f.Add(testdata(f, "random.gsm")[:10*gsm.FrameSize])
	f.Add(testdata(f, "extremes.gsm")[:10*gsm.FrameSize])
	f.Add(testdata(f, "speech.wav")[wavHeader:][:4*gsm.WAV49Size])
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, input []byte) {
		var frames, blocks gsm.Decoder
		for at := 0; at < len(input); at += gsm.FrameSize {
			frame := input[at:min(at+gsm.FrameSize, len(input))]
			checkWritten(t, gsm.FrameSamples, func(samples []int16) { _ = frames.Decode(frame, samples) })
		}
		for at := 0; at < len(input); at += gsm.WAV49Size {
			block := input[at:min(at+gsm.WAV49Size, len(input))]
			checkWritten(t, gsm.WAV49Samples, func(samples []int16) { _ = blocks.DecodeWAV49(block, samples) })
		}
	})
}

// checkWritten fails unless decode writes the first n samples, all 13 bits wide, and no more.
func checkWritten(t *testing.T, n int, decode func(samples []int16)) {
	t.Helper()
	samples := make([]int16, n+8)
	for i := range samples {
		samples[i] = guard
	}
	decode(samples)
	for i, sample := range samples {
		if written := sample != guard; written != (i < n) {
			t.Fatalf("sample %d of %d: written %t", i, n, written)
		}
		if i < n && sample&7 != 0 {
			t.Fatalf("sample %d is %d: more than 13 bits", i, sample)
		}
	}
}

// BenchmarkDecode decodes 1 MiB, that is 635 s of speech.
func BenchmarkDecode(b *testing.B) {
	speech := testdata(b, "speech.gsm")
	samples := make([]int16, gsm.FrameSamples)
	const frames = 1 << 20 / gsm.FrameSize
	b.SetBytes(1 << 20)
	b.ReportAllocs()
	for b.Loop() {
		var decoder gsm.Decoder
		for i := range frames {
			at := i * gsm.FrameSize % len(speech)
			if err := decoder.Decode(speech[at:at+gsm.FrameSize], samples); err != nil {
				b.Fatal(err)
			}
		}
	}
}
