package audio_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"testing"

	"github.com/plusofon-dashboard/dashboard/audio"
)

// wholePreview reads a preview from its first byte to its last.
func wholePreview(t testing.TB, file io.ReaderAt, info audio.Info) []byte {
	t.Helper()
	preview, err := audio.NewPreview(file, info)
	if err != nil {
		t.Fatal(err)
	}
	content := make([]byte, preview.Size()+1)
	n, err := preview.ReadAt(content, 0)
	if int64(n) != preview.Size() || err != io.EOF {
		t.Fatalf("ReadAt: %d of %d bytes, %v", n, preview.Size(), err)
	}
	return content[:n]
}

// A previewWAV is what a preview says of itself.
type previewWAV struct {
	tag, channels, sampleRate, bits int
	sound                           []byte
}

// parsePreview reads a preview as a WAV file, and fails if a field of it does not agree with the others.
func parsePreview(t testing.TB, content []byte) previewWAV {
	t.Helper()
	chunks := previewChunks(t, content)
	format, sound := chunks["fmt "], chunks["data"]
	if len(format) < 16 {
		t.Fatalf("a fmt chunk of %d bytes", len(format))
	}
	field := func(at int) int { return int(binary.LittleEndian.Uint16(format[at:])) }
	long := func(at int) int { return int(binary.LittleEndian.Uint32(format[at:])) }
	wav := previewWAV{tag: field(0), channels: field(2), sampleRate: long(4), bits: field(14), sound: sound}
	frame := wav.channels * wav.bits / 8
	if field(12) != frame || long(8) != frame*wav.sampleRate || len(sound)%frame != 0 {
		t.Errorf("block align %d, %d bytes a second, %d bytes of sound", field(12), long(8), len(sound))
	}
	fact, hasFact := chunks["fact"]
	switch {
	case wav.tag == 1 && (len(format) != 16 || hasFact):
		t.Errorf("PCM with a fmt chunk of %d bytes, fact: %t", len(format), hasFact)
	case wav.tag != 1 && (len(format) != 18 || field(16) != 0 || len(fact) != 4):
		t.Errorf("a fmt chunk of %d bytes, a fact chunk of %d bytes", len(format), len(fact))
	case wav.tag != 1 && int(binary.LittleEndian.Uint32(fact)) != len(sound)/frame:
		t.Errorf("fact says %d samples, want %d", binary.LittleEndian.Uint32(fact), len(sound)/frame)
	}
	return wav
}

func previewChunks(t testing.TB, content []byte) map[string][]byte {
	t.Helper()
	if len(content) < 12 || !bytes.HasPrefix(content, []byte("RIFF")) || string(content[8:12]) != "WAVE" {
		t.Fatalf("not a WAV file: %.16q", content)
	}
	if size := int(binary.LittleEndian.Uint32(content[4:])); size != len(content)-8 {
		t.Errorf("RIFF says %d bytes, want %d", size, len(content)-8)
	}
	chunks := map[string][]byte{}
	for rest := content[12:]; len(rest) > 0; {
		if len(rest) < 8 {
			t.Fatalf("%d bytes after the last chunk", len(rest))
		}
		size := int(binary.LittleEndian.Uint32(rest[4:]))
		if size+size%2 > len(rest)-8 {
			t.Fatalf("chunk %q of %d bytes, %d are left", rest[:4], size, len(rest)-8)
		}
		chunks[string(rest[:4])] = rest[8 : 8+size]
		rest = rest[8+size+size%2:]
	}
	return chunks
}
