package audio_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/audio"
)

func TestOgg(t *testing.T) {
	t.Parallel()
	vorbis, speex := sample(t, "ogg-vorbis.ogg"), sample(t, "ogg-speex.ogg")
	wantSound(t, "joined", joined(vorbis, withSerial(speex, 7), withSerial(vorbis, 8)), audio.Vorbis, 0, 6*time.Second)

	other := withSerial(speex, 7)
	pages := bytes.LastIndex(vorbis, []byte("OggS"))
	atOnce := joined(vorbis[:58], other[:108], vorbis[58:pages], other[108:], vorbis[pages:])
	wantSound(t, "two sounds at once", atOnce, audio.Vorbis, 0, 2*time.Second)

	wantRefused(t, vorbis[:len(vorbis)-10], "cut off in the last page", audio.ReasonConvertibleCutOff, "OGG")
	endless := bytes.Clone(vorbis)
	copy(endless[pages+6:], "\xff\xff\xff\xff\xff\xff\xff\x7f")
	wantRefused(t, endless, "longer than anything", audio.ReasonNoSound, "")
	wantRefused(t, vorbis[:58], "a header alone", audio.ReasonNoSound, "")
	unknown := bytes.Replace(vorbis[:58], []byte("\x01vorbis"), []byte("\x01sirbov"), 1)
	wantRefused(t, unknown, "an unknown codec", audio.ReasonOtherAudio, "OGG")
	for _, magic := range []string{"\x80theora", "BBCD\x00..", "OVP80..", "\x01video."} {
		video := bytes.Replace(bytes.Clone(other[:108]), []byte("Speex  "), []byte(magic), 1)
		wantRefused(t, joined(vorbis[:58], video, vorbis[58:]), "a video", audio.ReasonVideo, "OGV")
	}
}
