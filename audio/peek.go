package audio

import (
	"bytes"

	"github.com/plusofon-dashboard/dashboard/audio/gsm"
)

// Peek tells format and codec by the head of a file, for a file that is on its
// way: all else of the description is left out. It is enough to know whether
// browsers play it. What no magic bytes mark is GSM if it has that form, else
// raw; ok is false for what is no sound.
func Peek(head []byte) (info Info, ok bool) {
	kind := detectKind(head)
	switch {
	case kind.format == WAV:
		return peekWAV(head), true
	case kind.format == OGG:
		streams, err := readOggStreams(head)
		return streams.info, err == nil
	case kind.format == MP3:
		return Info{Format: MP3, Codec: MPEG}, true
	case kind.format != "":
		return Info{Format: kind.format}, true
	case kind.unmarked && looksLikeGSM(bytes.NewReader(head), int64(len(head)/gsm.FrameSize*gsm.FrameSize)):
		return Info{Format: GSM, Codec: GSM610}, true
	default:
		return Info{Format: RAW}, kind.unmarked
	}
}
