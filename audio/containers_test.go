package audio_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/audio"
)

// wantSound checks a sound of one channel.
func wantSound(t *testing.T, name string, content []byte, codec audio.Codec, bits int, length time.Duration) audio.Info {
	t.Helper()
	info, err := detect(content, "a")
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return info
	}
	if info.Codec != codec || info.BitsPerSample != bits || info.Channels != 1 || (info.Duration-length).Abs() > 20*time.Millisecond {
		t.Errorf("%s: got %+v, want %s of %d bits, %s", name, info, codec, bits, length)
	}
	return info
}

func TestWAV(t *testing.T) {
	t.Parallel()
	sound := chunk("data", make([]byte, 32000))
	for kind, bits := range map[string]int{"RIFF": 16, "RF64": 24, "BW64": 32} {
		wantSound(t, kind, riff(kind, wavFormat(1, 1, 8000, bits), sound), audio.PCM, bits, 32*time.Second/time.Duration(bits))
	}
	extensible := wantSound(t, "extensible", riff("RIFF", wavFormat(0xFFFE, 1, 8000, 32), sound), audio.Float, 32, time.Second)
	double := wantSound(t, "double", riff("RIFF", wavFormat(3, 1, 8000, 64), sound), audio.Float, 64, time.Second/2)
	mp3 := wantSound(t, "MP3 in WAV", riff("RIFF", wavFormat(0x55, 1, 8000, 8), sound), audio.MPEG, 0, 4*time.Second)
	slow := wantSound(t, "slow", riff("RIFF", wavFormat(1, 1, 2000, 16), sound), audio.PCM, 16, 8*time.Second)
	for want, infos := range map[bool][]audio.Info{true: {extensible, mp3}, false: {double, slow}} {
		for _, info := range infos { // what Chromium does
			if info.PlaysInBrowser() != want {
				t.Errorf("browsers play it: %v, want %v: %+v", !want, want, info)
			}
		}
	}
	for tag, name := range map[int]audio.Codec{2: audio.MSADPCM, 0x45: audio.G726, 0xFF: "AAC", 0x1234: "unknown (WAV tag 0x1234)"} {
		wantSound(t, string(name), riff("RIFF", wavFormat(tag, 1, 8000, 8), sound), name, 0, 4*time.Second)
	}
	tags := chunk("LIST", []byte("INFOISFT\x04\x00\x00\x00Lavf"))
	wantRefused(t, riff("RIFF", wavFormat(1, 1, 8000, 16), chunk("data", nil), tags), "no sound, but tags", audio.ReasonNoSound, "")
	wantRefused(t, riff("RF64", wavFormat(1, 1, 8000, 16), sound)[:16000], "half an RF64", audio.ReasonCutOff, "")
	wantRefused(t, riff("RIFF", wavFormat(1, 0, 8000, 16), sound), "no channel", audio.ReasonNoSound, "")
}

// aiffTypes are the compression types of AIFF-C: bits, and whether the samples
// are big-endian.
var aiffTypes = map[string]struct {
	codec     audio.Codec
	bits      int
	bigEndian bool
}{
	"NONE": {audio.PCM, 16, true}, "twos": {audio.PCM, 16, true}, "sowt": {audio.PCM, 16, false},
	"in24": {audio.PCM, 24, true}, "in32": {audio.PCM, 32, true}, "42ni": {audio.PCM, 24, false}, "23ni": {audio.PCM, 32, false},
	"raw ": {audio.PCM, 8, true}, "fl32": {audio.Float, 32, true}, "FL64": {audio.Float, 64, true},
	"alaw": {audio.ALaw, 8, true}, "ULAW": {audio.MuLaw, 8, true},
}

func TestAIFF(t *testing.T) {
	t.Parallel()
	for compression, want := range aiffTypes {
		frameSize := want.bits / 8
		content := aifc(compression, 16, 4000, make([]byte, 4000*frameSize))
		info := wantSound(t, compression, content, want.codec, want.bits, time.Second/2)
		if info.BigEndian != want.bigEndian || info.Signed == (compression == "raw ") || info.BlockAlign != frameSize ||
			info.DataSize != int64(4000*frameSize) || info.DataOffset+info.DataSize != int64(len(content)) {
			t.Errorf("%s: got %+v", compression, info)
		}
	}
	wantSound(t, "IMA ADPCM", aifc("ima4", 16, 100, make([]byte, 34*100)), audio.IMA4, 0, 64*100*time.Second/8000)
	wantSound(t, "unknown", aifc("QDM2", 16, 8000, make([]byte, 100)), "unknown (AIFF-C QDM2)", 0, time.Second)
	wantRefused(t, aifc("NONE", 16, 0, nil), "no sound", audio.ReasonNoSound, "")
	wantRefused(t, aifc("NONE", 16, 8000, make([]byte, 16000))[:9000], "half a sound", audio.ReasonCutOff, "")

	// SoX writes this to a pipe.
	streamed := aifc("NONE", 16, 0x7F000000/2, make([]byte, 16000))
	binary.BigEndian.PutUint32(streamed[bytes.Index(streamed, []byte("SSND"))+4:], 0x7F000008)
	wantSound(t, "streamed", streamed, audio.PCM, 16, time.Second)
}

func TestAU(t *testing.T) {
	t.Parallel()
	sound := make([]byte, 8000)
	for encoding, want := range map[int]struct {
		codec audio.Codec
		bits  int
	}{
		1: {audio.MuLaw, 8}, 2: {audio.PCM, 8}, 3: {audio.PCM, 16}, 4: {audio.PCM, 24}, 5: {audio.PCM, 32},
		6: {audio.Float, 32}, 7: {audio.Float, 64}, 27: {audio.ALaw, 8},
	} {
		for _, size := range []int{len(sound), -1, 0} { // as it is; not known
			name := fmt.Sprintf("encoding %d, size %d", encoding, size)
			info := wantSound(t, name, au(encoding, 8000, size, sound), want.codec, want.bits, 8*time.Second/time.Duration(want.bits))
			if !info.BigEndian || !info.Signed || info.DataOffset != 28 || info.DataSize != 8000 {
				t.Errorf("%s: got %+v", name, info)
			}
		}
	}
	wantSound(t, "G.726", au(23, 8000, len(sound), sound), audio.G726, 0, 2*time.Second)
	wantRefused(t, au(99, 8000, len(sound), sound), "unknown encoding", audio.ReasonOtherAudio, "AU")
	wantRefused(t, au(1, 8000, len(sound), sound[:4000]), "half a sound", audio.ReasonCutOff, "")
	wantRefused(t, au(1, 8000, 0, nil), "no sound", audio.ReasonNoSound, "")
}
