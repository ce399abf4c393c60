package audio_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"github.com/plusofon-dashboard/dashboard/audio"
)

// A previewCase is a file and what its preview holds.
type previewCase struct {
	file     string // in testdata/preview or gsm/testdata
	tag      int
	channels int
	bits     int
	sha256   string // of the sound in the preview, as SoX, FFmpeg or libgsm make it
}

// SHA-256 of the sound of the previews: see testdata/preview and gsm/testdata.
const (
	sumPCM8      = "02c21bb1bbb21de3870cadc61e77bc4657b6b439004575571cb2008e9dd4ac03"
	sumPCM16     = "2bded40d0366b446cef9957ae1bcc1ec3d11e5725fde22f6dfb5c49150b9663e"
	sumPCM24     = "7bf42b0b812015ab1441a520ab3861fd2a656c870eb7b69eaa6404c99bfd3b7a"
	sumPCM32     = "85a6971859b60ad93d6a7d296ec558d4059ab40fac57beeacffcd17bae581808"
	sumFloat32   = "a10aebbeb001a7aac5e1e811dbd8b99c0bf7e6b95152aba9c7612181a29e5b4e"
	sumALaw      = "df2d3dc71fb1b0d3d77f78f672d179b5cffc5326e8bd080c8fac90564ed3e1a2"
	sumMuLaw     = "472de4b2cddc7515d1f7009bd054139a754ff3c9d187e87231cd05900ba623aa"
	sumShorter   = "39e8468c83f0c351afd8db43efa8242f1094a2793f6d42a71443425402852e9b" // speech, without what fills the last block
	sumSpeech    = "2e02d03e39bf6341311a608fafbfc5efebc21e643c872ab990d2772f83ec39cb"
	sumIMAMono   = "80d11d087b1a1eaf5d8a48e8bef202dcce7d41ac973bab85e3a5012450c6d6d3"
	sumMSMono    = "baf4e912898b57c7bc8c467ac2182f6f8780b0d077b28884d2780d09af135933"
	sumMSStereo  = "29fae2a64c0fdc2b9e7172320469edc01f7da2e30bfb7c7d1c8006d35640c89b"
	sumIMAStereo = "ab35e6d9624cfd7107945ee78aa39ffda6b2fe10a8fc2567871f25b1baae3a01"
)

var previewCases = []previewCase{
	{"pcm8.aiff", 1, 2, 8, sumPCM8},
	{"pcm16.aiff", 1, 2, 16, sumPCM16},
	{"pcm24.aiff", 1, 2, 24, sumPCM24},
	{"pcm32.aiff", 1, 2, 32, sumPCM32},
	{"sowt.aiff", 1, 2, 16, sumPCM16},
	{"float32.aiff", 3, 2, 32, sumFloat32},
	{"float64.aiff", 3, 2, 32, sumFloat32},
	{"alaw.aiff", 6, 2, 8, sumALaw},
	{"mulaw.aiff", 7, 2, 8, sumMuLaw},
	{"pcm8.au", 1, 2, 8, sumPCM8},
	{"pcm16.au", 1, 2, 16, sumPCM16},
	{"pcm24.au", 1, 2, 24, sumPCM24},
	{"pcm32.au", 1, 2, 32, sumPCM32},
	{"float32.au", 3, 2, 32, sumFloat32},
	{"float64.au", 3, 2, 32, sumFloat32},
	{"alaw.au", 6, 2, 8, sumALaw},
	{"mulaw.au", 7, 2, 8, sumMuLaw},
	{"ima-mono.wav", 1, 1, 16, sumIMAMono},
	{"ima-stereo.wav", 1, 2, 16, sumIMAStereo},
	{"speech.gsm", 1, 1, 16, sumSpeech},
	{"speech.wav", 1, 1, 16, sumShorter},
	{"speech.raw", 1, 1, 16, sumSpeech},
	{"ms-mono.wav", 1, 1, 16, sumMSMono},
	{"ms-stereo.wav", 1, 2, 16, sumMSStereo},
}

// open reads the file and recognises it.
func (c previewCase) open(t testing.TB) (*bytes.Reader, audio.Info) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", "preview", c.file))
	if os.IsNotExist(err) {
		content, err = os.ReadFile(filepath.Join("gsm", "testdata", c.file))
	}
	if err != nil {
		t.Fatal(err)
	}
	file := bytes.NewReader(content)
	info, err := audio.Detect(file, file.Size(), c.file)
	if err != nil {
		t.Fatal(err)
	}
	return file, info
}

func TestPreviewEqualsReference(t *testing.T) {
	t.Parallel()
	for _, c := range previewCases {
		t.Run(c.file, func(t *testing.T) {
			t.Parallel()
			file, info := c.open(t)
			wav := parsePreview(t, wholePreview(t, file, info))
			sum := sha256.Sum256(wav.sound)
			if got := hex.EncodeToString(sum[:]); got != c.sha256 {
				t.Errorf("SHA-256 of %d bytes of sound is %s, want %s", len(wav.sound), got, c.sha256)
			}
			if wav.tag != c.tag || wav.bits != c.bits || wav.channels != c.channels || wav.sampleRate != 8000 {
				t.Errorf("tag %d, %d bits, %d channels, %d Hz", wav.tag, wav.bits, wav.channels, wav.sampleRate)
			}
		})
	}
}
