package audio_test

import (
	"bytes"
	"encoding/binary"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/audio"
)

func TestMP3(t *testing.T) {
	t.Parallel()
	frames, tagged := sample(t, "mp3-bare-frames-mpeg1-44k.mp3"), sample(t, "mp3-vbr-id3v24.mp3")
	bare := 78 * 1152 * time.Second / 44100
	zeros := make([]byte, 5000)
	id3 := joined([]byte("ID3\x04\x00\x00\x00\x00\x10\x00"), make([]byte, 2<<10))
	rubbish := bytes.Repeat([]byte("rubbish "), 100)
	for name, tt := range map[string]struct {
		content []byte
		length  time.Duration
	}{
		"two tags and zeros":  {joined(id3, id3, zeros, frames), bare},
		"tags at the end":     {joined(frames, []byte("APETAGEX"), zeros, []byte("TAG"), make([]byte, 125)), bare},
		"from the middle":     {frames[1000:], bare * time.Duration(len(frames)-1000) / time.Duration(len(frames))},
		"rubbish in between":  {joined(frames, rubbish, frames), 2 * bare},
		"joined, with tags":   {joined(frames, id3, frames, id3, frames), 3 * bare},
		"header, then a join": {joined(tagged, frames), 2*time.Second + bare},
		"a false header":      {withFrames(tagged, 1<<31), 2 * time.Second},
		"a header of nothing": {withFrames(tagged, 0), 2 * time.Second},
		"32 MB of frames":     {bytes.Repeat(frames, 2058), 2058 * 78 * 1152 * time.Second / 44100},
	} {
		wantSound(t, name, tt.content, audio.MPEG, 0, tt.length)
	}
	wantRefused(t, id3[:1000], "cut off in the tag", audio.ReasonCutOff, "")
	wantRefused(t, bytes.Repeat([]byte("ID3\x04\x00\x00\x00\x00\x00\x01\x00"), 10000), "tags alone", audio.ReasonNoSound, "")
	wantRefused(t, joined(id3, sample(t, "foreign-flac.flac")), "FLAC behind a tag", audio.ReasonConvertible, "FLAC")
	layer2 := joined([]byte("\xff\xfd\x80\xc4"), make([]byte, 413)) // 128 kbit/s, 44100 Hz
	wantRefused(t, bytes.Repeat(layer2, 10), "layer II", audio.ReasonOtherAudio, "MP2")
}

// withFrames changes the number of frames that a Xing header says, and leaves
// out the number of bytes.
func withFrames(mp3 []byte, frames int) []byte {
	mp3 = bytes.Clone(mp3)
	at := max(bytes.Index(mp3, []byte("Xing")), bytes.Index(mp3, []byte("Info")))
	binary.BigEndian.PutUint32(mp3[at+8:], uint32(frames))
	binary.BigEndian.PutUint32(mp3[at+12:], 0)
	return mp3
}
