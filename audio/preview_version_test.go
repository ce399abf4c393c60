package audio_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"testing"

	"github.com/plusofon-dashboard/dashboard/audio"
)

// Browsers keep previews by their version. So whoever changes a byte of one raises
// PreviewVersion, and writes the new version and sum here.
func TestPreviewsOfAVersionStayWhatTheyAre(t *testing.T) {
	t.Parallel()
	const version, sum = "2", "e6258c5d90c0e1be"
	all := sha256.New()
	for _, name := range []string{
		"aifc-mulaw-8000.aifc", "aifc-sowt-44100.aifc", "aiff-pcm16-8000.aif", "au-alaw-8000.au", "au-pcm16-44100.au",
		"gsm0610-raw-8000.gsm", "raw-pcm16-8000.raw", "wav-gsm-8000.wav", "wav-imaadpcm-8000.wav",
	} {
		content := sample(t, name)
		info, err := audio.DetectStored(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			t.Fatal(err)
		}
		preview, err := audio.NewPreview(bytes.NewReader(content), info)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(all, io.NewSectionReader(preview, 0, preview.Size())); err != nil {
			t.Fatal(err)
		}
	}
	if got := hex.EncodeToString(all.Sum(nil)[:8]); got != sum || audio.PreviewVersion != version {
		t.Errorf("previews of version %s have the sum %s, want version %s with %s", audio.PreviewVersion, got, version, sum)
	}
}
