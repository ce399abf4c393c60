package audio_test

import (
	"bytes"
	"errors"
	"io"
	"math"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/audio"
)

// FuzzPreview makes previews of any bytes with any description, reads them in two ways, and wants the same of both.
func FuzzPreview(f *testing.F) {
	for _, c := range previewCases {
		file, info := c.open(f)
		content := make([]byte, min(file.Size(), info.DataOffset+600))
		if _, err := file.ReadAt(content, 0); err != nil {
			f.Fatal(err)
		}
		f.Add(content, string(info.Format), string(info.Codec), info.SampleRate, info.Channels, info.BitsPerSample,
			info.BigEndian, info.Signed, info.DataOffset, info.DataSize, info.BlockAlign, int64(info.Duration), uint16(100))
	}
	f.Fuzz(func(t *testing.T, content []byte, format, codec string, rate, channels, bits int, bigEndian, signed bool,
		offset, size int64, blockAlign int, duration int64, cut uint16) {
		info := audio.Info{Format: audio.Format(format), Codec: audio.Codec(codec), SampleRate: rate, Channels: channels,
			BitsPerSample: bits, BigEndian: bigEndian, Signed: signed, DataOffset: offset, DataSize: size,
			BlockAlign: blockAlign, Duration: time.Duration(duration)}
		checkPreview(t, content, info, int(cut))
	})
}

func checkPreview(t *testing.T, content []byte, info audio.Info, cut int) {
	t.Helper()
	preview, err := audio.NewPreview(bytes.NewReader(content), info)
	if err != nil {
		if !errors.Is(err, audio.ErrNotPlayable) {
			t.Fatalf("NewPreview: %v", err)
		}
		return
	}
	size := preview.Size()
	// At most: GSM, 33 bytes to 320; a block of IMA ADPCM, each byte to 4, less than its first samples.
	if size < 44 || size > math.MaxUint32+8 || float64(size) > 59+10*float64(info.DataSize) {
		t.Fatalf("%d bytes of sound become %d", info.DataSize, size)
	}
	whole := make([]byte, min(size, 1<<16))
	n, err := preview.ReadAt(whole, 0)
	if int64(n) > size || n > len(whole) || (n < len(whole)) != (err != nil) {
		t.Fatalf("ReadAt: %d of %d bytes, %v", n, len(whole), err)
	}
	cut = min(cut, n)
	window := make([]byte, n-cut)
	if got, err := preview.ReadAt(window, int64(cut)); got != len(window) || err != nil && err != io.EOF {
		t.Fatalf("ReadAt(%d bytes, %d): %d, %v", len(window), cut, got, err)
	}
	if !bytes.Equal(window, whole[cut:n]) {
		t.Fatalf("%d bytes from %d differ from those of the whole", len(window), cut)
	}
	if n == len(whole) && size == int64(len(whole)) {
		parsePreview(t, whole)
	}
}
