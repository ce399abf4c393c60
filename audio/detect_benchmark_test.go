package audio_test

import (
	"bytes"
	"testing"
)

// BenchmarkDetect also has the slowest case: MP3 of which no header tells the
// length, so that every frame of it is looked at.
func BenchmarkDetect(b *testing.B) {
	frames := sample(b, "mp3-bare-frames-mpeg1-44k.mp3")
	for name, content := range map[string][]byte{
		"wav":                         sample(b, "wav-pcm16-8000.wav"),
		"ogg":                         sample(b, "ogg-vorbis.ogg"),
		"gsm":                         bytes.Repeat(sample(b, "gsm0610-raw-8000.gsm"), 300),
		"mp3":                         sample(b, "mp3-vbr-id3v24.mp3"),
		"mp3 without a header, 32 MB": bytes.Repeat(frames, 32<<20/len(frames)),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := detect(content, "a.gsm"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
