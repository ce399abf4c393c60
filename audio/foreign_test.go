package audio_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/plusofon-dashboard/dashboard/audio"
)

// What stands in a container is what counts, wherever it stands.
func TestForeignContainers(t *testing.T) {
	t.Parallel()
	sound, video, cover := track("soun", "mp4a"), track("vide", "avc1"), track("vide", "jpeg")
	whole := mp4(sound)
	for _, tt := range []struct {
		name    string
		content []byte
		reason  audio.Reason
		detail  string
	}{
		{"a sound", whole, audio.ReasonConvertible, "M4A"},
		{"a sound with a cover", mp4(cover, sound), audio.ReasonConvertible, "M4A"},
		{"a video", mp4(sound, video), audio.ReasonVideo, "MP4"},
		{"a codec that browsers lack", mp4(track("soun", "alac")), audio.ReasonOtherAudio, "ALAC"},
		{"a recording of an old phone", mp4(track("soun", "samr")), audio.ReasonOtherAudio, "AMR"},
		{"half a sound", whole[:len(whole)/2], audio.ReasonCutOff, "M4A"},
		{"boxes without end", mp4(bytes.Repeat(box("free"), 100_000), video), audio.ReasonCutOff, "M4A"},
		{"a picture of a phone", box("ftyp", []byte("heic\x00\x00\x00\x00heic")), audio.ReasonImage, "HEIC"},
	} {
		wantRefused(t, tt.content, tt.name, tt.reason, tt.detail)
	}
	webm := sample(t, "foreign-opus.webm")
	byChance := joined(webm, []byte{0x83, 0x81, 0x01}) // in the sound
	wantRefused(t, byChance, "a WebM sound", audio.ReasonConvertible, "WEBM")
	wantRefused(t, bytes.Replace(webm, []byte{0x83, 0x81, 0x02}, []byte{0x83, 0x81, 0x01}, 1), "a WebM video", audio.ReasonVideo, "WEBM")
}

// failing is a file that can be read up to an offset.
type failing struct {
	io.ReaderAt
	from int64
}

func (f failing) ReadAt(b []byte, off int64) (int, error) {
	if off+int64(len(b)) > f.from {
		return 0, iotest.ErrTimeout
	}
	return f.ReaderAt.ReadAt(b, off)
}

// A file that could not be read is not a bad one.
func TestReadingFails(t *testing.T) {
	t.Parallel()
	long := make([]byte, 200<<10)
	for name, content := range map[string][]byte{
		"WAV":  riff("RIFF", wavFormat(1, 1, 8000, 16), chunk("junk", long), chunk("data", long)),
		"MP3":  bytes.Repeat(sample(t, "mp3-bare-frames-mpeg1-44k.mp3"), 10),
		"Ogg":  bytes.Repeat(sample(t, "ogg-vorbis.ogg"), 10),
		"MP4":  mp4(track("vide", "avc1")),
		"AIFF": aifc("NONE", 16, 100, make([]byte, 200)),
	} {
		for _, from := range []int64{0, 64 << 10, 100} {
			if from >= int64(len(content)) || name == "AIFF" && from > 0 {
				continue
			}
			_, err := audio.Detect(failing{bytes.NewReader(content), from}, int64(len(content)), "a")
			if !errors.Is(err, iotest.ErrTimeout) || !strings.HasPrefix(err.Error(), "audio: ") {
				t.Errorf("%s that fails at %d: got %v", name, from, err)
			}
		}
	}
	wantRefused(t, nil, "no file", audio.ReasonEmpty, "")
	if _, err := audio.Detect(bytes.NewReader(nil), -1, "a"); err == nil {
		t.Error("a file of a negative size is taken")
	}
}
