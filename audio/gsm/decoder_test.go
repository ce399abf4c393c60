package gsm_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/plusofon-dashboard/dashboard/audio/gsm"
)

// wavHeader is the length of the header that SoX writes before the blocks of speech.wav.
const wavHeader = 60

func TestDecodeEqualsReference(t *testing.T) {
	t.Parallel()
	tests := []struct{ file, sha256 string }{
		{"speech.gsm", "2e02d03e39bf6341311a608fafbfc5efebc21e643c872ab990d2772f83ec39cb"},
		{"random.gsm", "203dfa665c6eb847fa4b3f59947619ab4c65aa731c7cc86ab3b88fc4a405237c"},
		{"extremes.gsm", "b013efeaa225dce8ecff6a75d7a6d72ce08d04d25d43d59a06cf7f24f878e59e"},
	}
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			t.Parallel()
			sum := sha256.Sum256(decodeFrames(t, testdata(t, test.file)))
			if got := hex.EncodeToString(sum[:]); got != test.sha256 {
				t.Errorf("SHA-256 of the samples is %s, want %s", got, test.sha256)
			}
		})
	}
}

func TestDecodeSpeechSampleBySample(t *testing.T) {
	t.Parallel()
	want := testdata(t, "speech.raw")
	for name, got := range map[string][]byte{
		"33-byte frames": decodeFrames(t, testdata(t, "speech.gsm")),
		"65-byte blocks": decodeBlocks(t, testdata(t, "speech.wav")[wavHeader:]),
	} {
		if len(got) != len(want) {
			t.Errorf("%s: %d bytes of samples, want %d", name, len(got), len(want))
		}
		for i := range min(len(got), len(want)) {
			if got[i] != want[i] {
				t.Errorf("%s: frame %d, sample %d differs", name, i/2/gsm.FrameSamples, i/2%gsm.FrameSamples)
				break
			}
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	frame := testdata(t, "speech.gsm")[:gsm.FrameSize]
	unsigned := append([]byte{0x0D}, frame[1:]...)
	tests := []struct {
		name    string
		frame   []byte
		samples int
		want    error
	}{
		{"no signature", unsigned, gsm.FrameSamples, gsm.ErrFrame},
		{"short frame", frame[:32], gsm.FrameSamples, gsm.ErrFrame},
		{"empty frame", nil, gsm.FrameSamples, gsm.ErrFrame},
		{"no room", frame, gsm.FrameSamples - 1, io.ErrShortBuffer},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var decoder gsm.Decoder
			if err := decoder.Decode(test.frame, make([]int16, test.samples)); !errors.Is(err, test.want) {
				t.Errorf("Decode: %v, want %v", err, test.want)
			}
			if decoder != (gsm.Decoder{}) {
				t.Error("Decode changed the state of the decoder")
			}
		})
	}
}

func TestDecodeWAV49Refuses(t *testing.T) {
	t.Parallel()
	var decoder gsm.Decoder
	if err := decoder.DecodeWAV49(make([]byte, 64), make([]int16, gsm.WAV49Samples)); !errors.Is(err, gsm.ErrFrame) {
		t.Errorf("a block of 64 bytes: %v, want %v", err, gsm.ErrFrame)
	}
	block := make([]byte, gsm.WAV49Size)
	if err := decoder.DecodeWAV49(block, make([]int16, gsm.FrameSamples)); !errors.Is(err, io.ErrShortBuffer) {
		t.Errorf("room for one frame: %v, want %v", err, io.ErrShortBuffer)
	}
}

func TestCopyOfDecoderGoesOnAlike(t *testing.T) {
	t.Parallel()
	frames := testdata(t, "speech.gsm")
	half := len(frames) / gsm.FrameSize / 2 * gsm.FrameSize
	var decoder gsm.Decoder
	appendFrames(t, nil, &decoder, frames[:half])
	other := decoder
	if !bytes.Equal(appendFrames(t, nil, &decoder, frames[half:]), appendFrames(t, nil, &other, frames[half:])) {
		t.Error("a copied decoder gives other samples")
	}
}

func testdata(t testing.TB, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func decodeFrames(t testing.TB, frames []byte) []byte {
	t.Helper()
	return appendFrames(t, nil, new(gsm.Decoder), frames)
}

func appendFrames(t testing.TB, pcm []byte, decoder *gsm.Decoder, frames []byte) []byte {
	t.Helper()
	var samples [gsm.FrameSamples]int16
	for ; len(frames) > 0; frames = frames[gsm.FrameSize:] {
		if err := decoder.Decode(frames[:gsm.FrameSize], samples[:]); err != nil {
			t.Fatal(err)
		}
		pcm = appendSamples(pcm, samples[:])
	}
	return pcm
}

func decodeBlocks(t testing.TB, blocks []byte) (pcm []byte) {
	t.Helper()
	var decoder gsm.Decoder
	var samples [gsm.WAV49Samples]int16
	for ; len(blocks) > 0; blocks = blocks[gsm.WAV49Size:] {
		if err := decoder.DecodeWAV49(blocks[:gsm.WAV49Size], samples[:]); err != nil {
			t.Fatal(err)
		}
		pcm = appendSamples(pcm, samples[:])
	}
	return pcm
}

func appendSamples(pcm []byte, samples []int16) []byte {
	for _, sample := range samples {
		pcm = binary.LittleEndian.AppendUint16(pcm, uint16(sample))
	}
	return pcm
}
