package audio_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"testing"

	"github.com/plusofon-dashboard/dashboard/audio"
)

// Recorders leave zeros before an MP3: it is one all the same, stored or sent.
func TestZerosBeforeAnMP3(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"mp3-bare-frames-mpeg25-8k.mp3", "mp3-id3v2.mp3"} {
		mp3 := sample(t, name)
		want, err := detect(mp3, "a.mp3")
		if err != nil {
			t.Fatal(err)
		}
		for _, zeros := range []int{1, 417, 5000, 70_000} {
			content := append(make([]byte, zeros), mp3...)
			if got, err := detect(content, "a.mp3"); err != nil || got != want {
				t.Errorf("%s after %d zeros: %+v, %v", name, zeros, got, err)
			}
			stored, err := audio.DetectStored(bytes.NewReader(content), int64(len(content)))
			if err != nil || stored != want {
				t.Errorf("%s after %d zeros, stored: %+v, %v", name, zeros, stored, err)
			}
		}
	}
}

// Samples that begin with silence are not taken for an MP3.
func TestZerosBeforeSamples(t *testing.T) {
	t.Parallel()
	content := append(make([]byte, 5000), sample(t, "raw-pcm16-8000.raw")...)
	if got, err := detect(content, "a.raw"); err != nil || got.Format != audio.RAW {
		t.Errorf("%+v, %v", got, err)
	}
}

// A WAV whose data chunk alone has the size 0 was written by a program that did not
// know it beforehand; what follows is its sound, unless that is other chunks.
func TestADataChunkOfSizeZero(t *testing.T) {
	t.Parallel()
	content := sample(t, "wav-pcm16-8000.wav")
	want, err := detect(content, "a.wav")
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(content, []byte("data")) + 4
	binary.LittleEndian.PutUint32(content[at:], 0)
	if got, err := detect(content, "a.wav"); err != nil || got != want {
		t.Errorf("%+v, %v, want %+v", got, err, want)
	}
	empty := append(content[:at+4:at+4], "LIST\x04\x00\x00\x00INFO"...)
	binary.LittleEndian.PutUint32(empty[4:], uint32(len(empty)-8))
	_, err = detect(empty, "a.wav")
	if refused, ok := errors.AsType[*audio.RefusedError](err); !ok || refused.Reason != audio.ReasonNoSound {
		t.Errorf("without a sound: %v", err)
	}
}
