package audio_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/audio"
)

// faults are files that were answered wrongly once, with the right answer for
// an upload of that name.
var faults = map[string]struct {
	reason audio.Reason // empty if it is taken
	detail string
	codec  audio.Codec
	length time.Duration
}{
	"raw-dithered-silence.raw":            {codec: audio.PCM, length: 1100 * time.Millisecond},
	"raw-starts-like-mpeg.raw":            {codec: audio.PCM, length: time.Second},
	"mulaw-quiet.ul":                      {codec: audio.MuLaw, length: time.Second},
	"tone.ulaw":                           {codec: audio.MuLaw, length: time.Second},
	"tone.alaw":                           {codec: audio.ALaw, length: time.Second},
	"wav-pcm24-in-4-bytes.wav":            {codec: audio.PCM, length: time.Second},
	"webm-video-cluster-in-seekhead.webm": {reason: audio.ReasonVideo, detail: "WEBM"},
	"flac-one-metadata-block.flac":        {reason: audio.ReasonConvertible, detail: "FLAC"},
	"ogg-bad-crc-in-header.ogg":           {reason: audio.ReasonDamaged, detail: "OGG"},
	"id3-then-wav.wav":                    {reason: audio.ReasonConvertible, detail: "WAV"},
	"mp3-shortened-old-header.mp3":        {reason: audio.ReasonConvertibleCutOff, detail: "MP3"},
	"sound.wv":                            {reason: audio.ReasonOtherAudio, detail: "WavPack"},
	"sound.tta":                           {reason: audio.ReasonOtherAudio, detail: "TTA"},
	"sound.ac3":                           {reason: audio.ReasonOtherAudio, detail: "AC-3"},
	"sound.w64":                           {reason: audio.ReasonOtherAudio, detail: "Wave64"},
	"sound.g722":                          {reason: audio.ReasonOtherAudio, detail: "G.722"},
	"sound-latm.aac":                      {reason: audio.ReasonOtherAudio, detail: "AAC (LATM)"},
	"sound-only.flv":                      {reason: audio.ReasonOtherAudio, detail: "FLV"},
	"sound-alac.mka":                      {reason: audio.ReasonOtherAudio, detail: "MKA"},
	"mpeg-layer1.mp1":                     {reason: audio.ReasonOtherAudio, detail: "MPEG Layer I"},
}

func TestFaults(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/faults/*")
	if err != nil || len(paths) != len(faults) {
		t.Fatalf("%d files for %d answers: %v", len(paths), len(faults), err)
	}
	for _, path := range paths {
		name := filepath.Base(path)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			want := faults[name]
			info, err := audio.Detect(bytes.NewReader(content), int64(len(content)), name)
			if want.reason != "" {
				refused, ok := errors.AsType[*audio.RefusedError](err)
				if !ok || refused.Reason != want.reason || refused.Detail != want.detail {
					t.Errorf("got %+v, %v, want it refused: %s (%s)", info, err, want.reason, want.detail)
				}
				return
			}
			if err != nil || info.Codec != want.codec || info.Duration != want.length {
				t.Errorf("got %+v, %v, want %s of %s", info, err, want.codec, want.length)
			}
		})
	}
}

// Of what Plusofon has taken, a weak mark says nothing.
func TestStoredSamplesAreNoPictures(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"raw-dithered-silence.raw", "raw-starts-like-mpeg.raw"} {
		content, err := os.ReadFile(filepath.Join("testdata/faults", name))
		if err != nil {
			t.Fatal(err)
		}
		info, err := audio.DetectStored(bytes.NewReader(content), int64(len(content)))
		if err != nil || info.Format != audio.RAW || info.Duration != faults[name].length {
			t.Errorf("%s: %+v, %v", name, info, err)
		}
	}
}

// 24 bits in four bytes are not played as what they are not.
func TestPaddedSamplesAreNotPlayed(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile("testdata/faults/wav-pcm24-in-4-bytes.wav")
	if err != nil {
		t.Fatal(err)
	}
	info, err := audio.Detect(bytes.NewReader(content), int64(len(content)), "a.wav")
	if err != nil {
		t.Fatal(err)
	}
	if info.PlaysInBrowser() || info.Playable() {
		t.Errorf("%+v is to be played", info)
	}
}

// Samples without a header become a WAV that says how they are coded.
func TestHeaderlessCodesGetAHeader(t *testing.T) {
	t.Parallel()
	for name, tag := range map[string]byte{"tone.ulaw": 7, "tone.alaw": 6, "mulaw-quiet.ul": 7} {
		content, err := os.ReadFile(filepath.Join("testdata/faults", name))
		if err != nil {
			t.Fatal(err)
		}
		info, err := audio.Detect(bytes.NewReader(content), int64(len(content)), name)
		if err != nil || !info.NeedsHeader() {
			t.Fatalf("%s: %+v, %v", name, info, err)
		}
		wav := wholePreview(t, bytes.NewReader(content), info)
		if wav[20] != tag || !bytes.Contains(wav, content) {
			t.Errorf("%s: a WAV with format %d", name, wav[20])
		}
		again, err := audio.Detect(bytes.NewReader(wav), int64(len(wav)), "a.wav")
		if err != nil || again.Codec != info.Codec || again.Duration != time.Second {
			t.Errorf("%s as WAV: %+v, %v", name, again, err)
		}
	}
}
