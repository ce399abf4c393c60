package audio

import (
	"io"
	"time"

	"github.com/plusofon-dashboard/dashboard/audio/gsm"
)

// rawRate is that of telephony, in Hz: nothing in a file without a header says
// another.
const rawRate = 8000

// byEnding describes a file that nothing but its name tells of; errNotThis is
// for all other endings.
func byEnding(file io.ReaderAt, size int64, ending string) (Info, error) {
	switch ending {
	case ".gsm":
		whole := size - size%gsm.FrameSize
		switch {
		case !looksLikeGSM(file, whole):
			return Info{}, refuse(ReasonUnknown, "")
		case whole < size:
			return Info{}, refuse(ReasonCutOff, "")
		}
		return gsmInfo(size), nil
	case ".raw", ".sln", ".pcm", ".ul", ".ulaw", ".mulaw", ".al", ".alaw":
		return rawInfo(size, ending)
	case ".sln16", ".g722", ".g729":
		return Info{}, refuse(ReasonOtherAudio, headerlessNames[ending])
	default:
		return Info{}, errNotThis
	}
}

// headerlessNames are of what Asterisk and its like keep without a header, and
// Plusofon does not take.
var headerlessNames = map[string]string{".sln16": "SLIN 16 kHz", ".g722": "G.722", ".g729": "G.729"}

// NeedsHeader reports whether nothing but an ending told the codec, as for µ-law
// and A-law without a header. Plusofon would take such a file for samples of 16
// bits, and callers hear noise: its preview, which is a WAV, goes up instead.
func (i Info) NeedsHeader() bool { return i.Format == RAW && i.Codec != PCM }

// looksLikeGSM checks for frames of GSM 06.10: at least ten, nothing left
// over, each beginning with the signature 0xD. Not every frame is looked at,
// but enough from all parts of the file: A-law silence begins the same way.
func looksLikeGSM(file io.ReaderAt, size int64) bool {
	const leastFrames, probes = 10, 200
	frames := size / gsm.FrameSize
	if size%gsm.FrameSize != 0 || frames < leastFrames {
		return false
	}
	differs := false
	frame := make([]byte, gsm.FrameSize)
	step := max(frames/probes, 1)
	for i := int64(0); i < frames; i += step {
		if _, err := file.ReadAt(frame, i*gsm.FrameSize); err != nil && err != io.EOF {
			return false
		}
		if frame[0]>>4 != 0xD {
			return false
		}
		differs = differs || frame[1] != frame[0] || frame[2] != frame[0]
	}
	return differs
}

func gsmInfo(size int64) Info {
	return Info{
		Format: GSM, Codec: GSM610, SampleRate: gsm.SampleRate, Channels: 1,
		Duration:   samplesLast(size/gsm.FrameSize*gsm.FrameSamples, gsm.SampleRate),
		DataOffset: 0, DataSize: size, BlockAlign: gsm.FrameSize,
	}
}

func rawInfo(size int64, ending string) (Info, error) {
	info := Info{Format: RAW, Codec: PCM, SampleRate: rawRate, Channels: 1, BitsPerSample: 16, Signed: true, DataSize: size}
	switch ending {
	case ".ul", ".ulaw", ".mulaw":
		info.Codec, info.BitsPerSample = MuLaw, 8
	case ".al", ".alaw":
		info.Codec, info.BitsPerSample = ALaw, 8
	}
	info.BlockAlign = info.BitsPerSample / 8
	info.Duration = samplesLast(size/int64(info.BlockAlign), rawRate)
	return info, info.check()
}

// samplesLast is how long so many samples of a channel last.
func samplesLast(samples int64, rate int) time.Duration {
	if rate <= 0 {
		return 0
	}
	whole, rest := samples/int64(rate), samples%int64(rate)
	if whole > int64(longest/time.Second) {
		return longest + 1
	}
	return time.Duration(whole)*time.Second + time.Duration(rest)*time.Second/time.Duration(rate)
}
