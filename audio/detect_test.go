package audio_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/audio"
)

func sample(t testing.TB, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func detect(content []byte, name string) (audio.Info, error) {
	return audio.Detect(bytes.NewReader(content), int64(len(content)), name)
}

// The expected values are those of ffprobe and soxi; the lengths of the MP3
// files with a LAME header are of the sound that was coded, which is 2 s.
func TestDetect(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		file     string
		format   audio.Format
		codec    audio.Codec
		rate     int
		bits     int
		duration time.Duration
		plays    bool
	}{
		{"aifc-mulaw-8000.aifc", audio.AIFF, audio.MuLaw, 8000, 8, 2 * time.Second, false},
		{"aifc-sowt-44100.aifc", audio.AIFF, audio.PCM, 44100, 16, 2 * time.Second, false},
		{"aiff-pcm16-44100.aiff", audio.AIFF, audio.PCM, 44100, 16, 2 * time.Second, false},
		{"aiff-pcm16-8000.aif", audio.AIFF, audio.PCM, 8000, 16, 2 * time.Second, false},
		{"au-alaw-8000.au", audio.AU, audio.ALaw, 8000, 8, 2 * time.Second, false},
		{"au-mulaw-8000.au", audio.AU, audio.MuLaw, 8000, 8, 2 * time.Second, false},
		{"au-pcm16-44100.au", audio.AU, audio.PCM, 44100, 16, 2 * time.Second, false},
		{"gsm0610-raw-8000.gsm", audio.GSM, audio.GSM610, 8000, 0, 2 * time.Second, false},
		{"mp3-bare-frames-mpeg1-44k.mp3", audio.MP3, audio.MPEG, 44100, 0, 2037 * time.Millisecond, true},
		{"mp3-bare-frames-mpeg25-8k.mp3", audio.MP3, audio.MPEG, 8000, 0, 2160 * time.Millisecond, true},
		{"mp3-id3v2.mp3", audio.MP3, audio.MPEG, 44100, 0, 2 * time.Second, true},
		{"mp3-vbr-id3v24.mp3", audio.MP3, audio.MPEG, 44100, 0, 2 * time.Second, true},
		{"ogg-flac.ogg", audio.OGG, audio.FLAC, 8000, 16, 2 * time.Second, true},
		{"ogg-opus.ogg", audio.OGG, audio.Opus, 48000, 0, 2 * time.Second, true},
		{"ogg-speex.ogg", audio.OGG, audio.Speex, 8000, 0, 2 * time.Second, false},
		{"ogg-vorbis.ogg", audio.OGG, audio.Vorbis, 44100, 0, 2 * time.Second, true},
		{"raw-pcm16-8000.raw", audio.RAW, audio.PCM, 8000, 16, 2 * time.Second, false},
		{"wav-alaw-8000.wav", audio.WAV, audio.ALaw, 8000, 8, 2 * time.Second, true},
		{"wav-gsm-8000.wav", audio.WAV, audio.GSM610, 8000, 0, 2 * time.Second, false},
		{"wav-imaadpcm-8000.wav", audio.WAV, audio.IMAADPCM, 8000, 0, 2041 * time.Millisecond, false},
		{"wav-mulaw-8000.wav", audio.WAV, audio.MuLaw, 8000, 8, 2 * time.Second, true},
		{"wav-pcm16-44100.wav", audio.WAV, audio.PCM, 44100, 16, 2 * time.Second, true},
		{"wav-pcm16-8000.wav", audio.WAV, audio.PCM, 8000, 16, 2 * time.Second, true},
		{"wav-pcm8-8000.wav", audio.WAV, audio.PCM, 8000, 8, 2 * time.Second, true},
	} {
		t.Run(tt.file, func(t *testing.T) {
			t.Parallel()
			info, err := detect(sample(t, tt.file), tt.file)
			if err != nil {
				t.Fatal(err)
			}
			if info.Format != tt.format || info.Codec != tt.codec || info.SampleRate != tt.rate ||
				info.Channels != 1 || info.BitsPerSample != tt.bits {
				t.Errorf("got %+v", info)
			}
			if off := (info.Duration - tt.duration).Abs(); off > 20*time.Millisecond {
				t.Errorf("%s long, want %s", info.Duration, tt.duration)
			}
			if info.PlaysInBrowser() != tt.plays || info.Playable() != (tt.codec != audio.Speex) {
				t.Errorf("plays in browsers: %v; playable: %v", info.PlaysInBrowser(), info.Playable())
			}
		})
	}
}

// Content wins over ending; only what no magic bytes mark goes by its ending.
func TestContentWinsOverEnding(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"a.mp3", "a.gsm", "a.raw", "a", "a.txt", "A.WAV"} {
		if info, err := detect(sample(t, "wav-pcm16-8000.wav"), name); err != nil || info.Format != audio.WAV {
			t.Errorf("%s: %v, %v", name, info.Format, err)
		}
	}
	for name, want := range map[string]audio.Codec{
		"a.raw": audio.PCM, "a.SLN": audio.PCM, "a.pcm": audio.PCM, "a.ul": audio.MuLaw, "a.al": audio.ALaw,
	} {
		if info, err := detect(sample(t, "raw-pcm16-8000.raw"), name); err != nil || info.Format != audio.RAW || info.Codec != want {
			t.Errorf("%s: %+v, %v", name, info, err)
		}
	}
	for _, name := range []string{"a.wav", "a.gsm", "a"} {
		wantRefused(t, sample(t, "raw-pcm16-8000.raw"), name, audio.ReasonUnknown, "")
	}
	silence := bytes.Repeat([]byte{0xD5}, 33*100) // of A-law
	wantRefused(t, silence, "a.gsm", audio.ReasonUnknown, "")
	wantRefused(t, sample(t, "gsm0610-raw-8000.gsm")[:3000], "a.gsm", audio.ReasonCutOff, "")
	if info, err := detect(silence, "a.al"); err != nil || info.Codec != audio.ALaw {
		t.Errorf("A-law silence: %+v, %v", info, err)
	}
	if info, err := detect(make([]byte, 8000), "a.raw"); err != nil || info.Format != audio.RAW {
		t.Errorf("digital silence: %+v, %v", info, err)
	}
	beginsLikeMP3 := append([]byte{0xFF, 0xFB, 0x90, 0x00}, bytes.Repeat([]byte{0x7F, 0xFF, 0xFB}, 5000)...)
	if info, err := detect(beginsLikeMP3, "a.ul"); err != nil || info.Codec != audio.MuLaw {
		t.Errorf("µ-law that begins like MP3: %+v, %v", info, err)
	}
}

func TestStoredFilesNeedNoEnding(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]audio.Format{
		"gsm0610-raw-8000.gsm": audio.GSM, "raw-pcm16-8000.raw": audio.RAW, "ogg-opus.ogg": audio.OGG,
	} {
		content := sample(t, file)
		info, err := audio.DetectStored(bytes.NewReader(content), int64(len(content)))
		if err != nil || info.Format != want {
			t.Errorf("%s: %+v, %v", file, info, err)
		}
	}
}

func wantRefused(t *testing.T, content []byte, name string, reason audio.Reason, detail string) {
	t.Helper()
	_, err := detect(content, name)
	var refused *audio.RefusedError
	if !errors.As(err, &refused) || refused.Reason != reason || refused.Detail != detail {
		t.Errorf("%s: got %v, want %s (%s)", name, err, reason, detail)
	}
}

func TestForeignFilesAreRefused(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		file   string
		reason audio.Reason
		detail string
	}{
		{"foreign-aac.m4a", audio.ReasonConvertible, "M4A"},
		{"foreign-amrnb.amr", audio.ReasonOtherAudio, "AMR"},
		{"foreign-empty.wav", audio.ReasonEmpty, ""},
		{"foreign-flac.flac", audio.ReasonConvertible, "FLAC"},
		{"foreign-image.png", audio.ReasonImage, "PNG"},
		{"foreign-opus.webm", audio.ReasonConvertible, "WEBM"},
		{"foreign-page.html", audio.ReasonDocument, "HTML"},
		{"foreign-theora.ogv", audio.ReasonVideo, "OGV"},
		{"foreign-wma.wma", audio.ReasonOtherAudio, "WMA"},
	} {
		content := sample(t, tt.file)
		wantRefused(t, content, tt.file, tt.reason, tt.detail)
		wantRefused(t, content, "sound.wav", tt.reason, tt.detail)
	}
}

func TestDamagedFilesAreRefused(t *testing.T) {
	t.Parallel()
	wav, page := sample(t, "wav-pcm16-8000.wav"), sample(t, "foreign-page.html")
	id3 := append([]byte("ID3\x04\x00\x00\x00\x00\x00\x0a"), make([]byte, 10)...)
	theora, vorbis := sample(t, "foreign-theora.ogv"), sample(t, "ogg-vorbis.ogg")
	for _, tt := range []struct {
		name    string
		content []byte
		reason  audio.Reason
		detail  string
	}{
		{"half a WAV", wav[:len(wav)/2], audio.ReasonCutOff, ""},
		{"half an AIFF", sample(t, "aiff-pcm16-8000.aif")[:16000], audio.ReasonCutOff, ""},
		{"half an AU", sample(t, "au-mulaw-8000.au")[:8000], audio.ReasonCutOff, ""},
		{"half an MP3", sample(t, "mp3-vbr-id3v24.mp3")[:9000], audio.ReasonConvertibleCutOff, "MP3"},
		{"half an Ogg", vorbis[:len(vorbis)/2], audio.ReasonConvertibleCutOff, "OGG"},
		{"the header of a WAV", wav[:44], audio.ReasonNoSound, ""},
		{"a header with a page behind it", append(append([]byte{}, wav[:12]...), page...), audio.ReasonNoSound, ""},
		{"an ID3 tag with a page behind it", append(append([]byte{}, id3...), page...), audio.ReasonDocument, "HTML"},
		{"an ID3 tag alone", id3, audio.ReasonNoSound, ""},
		{"sound first, then a video", interleave(vorbis, theora), audio.ReasonVideo, "OGV"},
		{"one byte", []byte{0}, audio.ReasonUnknown, ""},
		{"old text", []byte("\xcf\xf0\xe8\xe2\xe5\xf2, \xec\xe8\xf0"), audio.ReasonDocument, "TXT"}, // Windows-1251
	} {
		wantRefused(t, tt.content, tt.name+".wav", tt.reason, tt.detail)
	}
	wantRefused(t, []byte{0x80}, "half a sample.raw", audio.ReasonNoSound, "")
}

// interleave puts the first page of the one file before the other file.
func interleave(first, second []byte) []byte {
	end := bytes.Index(first[4:], []byte("OggS")) + 4
	return append(append([]byte{}, first[:end]...), second...)
}

// A program that streams does not know the length beforehand.
func TestWAVOfUnknownLength(t *testing.T) {
	t.Parallel()
	wav := sample(t, "wav-pcm16-8000.wav")
	at := bytes.Index(wav, []byte("data")) + 4
	for _, length := range []uint32{0, 0xFFFFFFFF, 0x7FFFFFFF} {
		streamed := bytes.Clone(wav)
		binary.LittleEndian.PutUint32(streamed[at:], length)
		binary.LittleEndian.PutUint32(streamed[4:], length)
		info, err := detect(streamed, "a.wav")
		if err != nil || info.Duration != 2*time.Second {
			t.Errorf("length %#x: %+v, %v", length, info, err)
		}
	}
}

func TestPeek(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]audio.Info{
		"aifc-sowt-44100.aifc": {Format: audio.AIFF}, "au-alaw-8000.au": {Format: audio.AU},
		"mp3-id3v2.mp3": {Format: audio.MP3, Codec: audio.MPEG}, "ogg-speex.ogg": {Format: audio.OGG, Codec: audio.Speex},
		"wav-gsm-8000.wav": {Format: audio.WAV, Codec: audio.GSM610}, "raw-pcm16-8000.raw": {Format: audio.RAW},
		"gsm0610-raw-8000.gsm": {Format: audio.GSM, Codec: audio.GSM610},
	} {
		got, ok := audio.Peek(sample(t, file)[:512])
		if !ok || got.Format != want.Format || got.Codec != want.Codec {
			t.Errorf("%s: %+v, %v", file, got, ok)
		}
	}
	for _, file := range []string{"foreign-page.html", "foreign-theora.ogv", "foreign-image.png"} {
		if got, ok := audio.Peek(sample(t, file)); ok {
			t.Errorf("%s is taken for %+v", file, got)
		}
	}
}
