package audio

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"time"

	"github.com/plusofon-dashboard/dashboard/audio/gsm"
)

// Format tags of WAV: RFC 2361, and Microsoft's mmreg.h.
const (
	wavPCM        = 0x0001
	wavMSADPCM    = 0x0002
	wavFloat      = 0x0003
	wavALaw       = 0x0006
	wavMuLaw      = 0x0007
	wavIMAADPCM   = 0x0011
	wavGSM610     = 0x0031
	wavMPEG       = 0x0055
	wavG726       = 0x0045
	wavExtensible = 0xFFFE
)

var wavCodecs = map[uint16]Codec{
	wavPCM: PCM, wavFloat: Float, wavALaw: ALaw, wavMuLaw: MuLaw, wavIMAADPCM: IMAADPCM,
	wavMSADPCM: MSADPCM, wavGSM610: GSM610, wavMPEG: MPEG, wavG726: G726,
	// Only their names are of use.
	0x0014: "G.723", 0x0022: "TrueSpeech", 0x0040: "G.721", 0x0042: "G.723.1", 0x0050: "MP2", 0x0064: G726,
	0x0065: "G.722", 0x0083: "G.729", 0x00FF: "AAC", 0x0161: "WMA", 0x028F: "G.722", 0x1610: "AAC", 0x2000: "AC-3",
}

// wavFile is what the chunks of a WAV file say.
type wavFile struct {
	info        Info
	hasFormat   bool
	hasSound    bool
	bytesPerSec int64
	perBlock    int64 // samples of a channel in a block, 0 if not said
	samples     int64 // samples of a channel in the file, 0 if not said
	announced   int64 // size of the sound in the ds64 chunk of RF64
	data        chunk
}

// parseWAV reads RIFF/WAVE, and RF64 and BW64 (ITU-R BS.2088), whose sizes are
// of 64 bits.
func parseWAV(file io.ReaderAt, size int64) (Info, error) {
	w := &wavFile{info: Info{Format: WAV}}
	chunksOf(file, 12, size, binary.LittleEndian, func(c chunk) bool {
		return w.read(c, file, size)
	})
	switch {
	case !w.hasFormat, w.data.size == 0 && w.hasSound && endsInChunks(file, w.data.offset, size):
		return Info{}, refuse(ReasonNoSound, "")
	case !w.hasSound:
		if w.data.offset > size {
			return Info{}, refuse(ReasonCutOff, "")
		}
		return Info{}, refuse(ReasonNoSound, "")
	}
	announced := w.data.size
	if w.announced > 0 && announced == 0xFFFFFFFF {
		announced = w.announced
	}
	available := size - w.data.offset
	var err error
	if w.info.DataSize, err = soundSize(announced, available); err != nil {
		return Info{}, err
	}
	w.info.DataOffset = w.data.offset
	w.info.Duration = w.duration()
	return w.info, w.info.check()
}

// peekWAV reads the format chunk, if it stands in the head of a file.
func peekWAV(head []byte) Info {
	w := &wavFile{info: Info{Format: WAV}}
	size := int64(len(head))
	chunksOf(bytes.NewReader(head), 12, size, binary.LittleEndian, func(c chunk) bool {
		return w.read(c, bytes.NewReader(head), size)
	})
	return w.info
}

// read takes what it needs of a chunk; it reports whether to go on.
func (w *wavFile) read(c chunk, file io.ReaderAt, size int64) bool {
	switch c.name {
	case "ds64":
		if b := c.content(file, size, 28); len(b) >= 16 {
			w.announced = int64(binary.LittleEndian.Uint64(b[8:]) & (1<<62 - 1))
		}
	case "fmt ":
		w.hasFormat = w.readFormat(c.content(file, size, 64))
	case "fact":
		if b := c.content(file, size, 4); len(b) == 4 {
			w.samples = int64(binary.LittleEndian.Uint32(b))
		}
	case "data":
		w.data, w.hasSound = c, c.offset < size
		return false
	}
	return true
}

func (w *wavFile) readFormat(b []byte) bool {
	if len(b) < 16 {
		return false
	}
	tag := binary.LittleEndian.Uint16(b)
	w.info.Channels = int(binary.LittleEndian.Uint16(b[2:]))
	w.info.SampleRate = int(min(binary.LittleEndian.Uint32(b[4:]), maxRate+1))
	w.bytesPerSec = int64(binary.LittleEndian.Uint32(b[8:]))
	w.info.BlockAlign = int(binary.LittleEndian.Uint16(b[12:]))
	w.info.BitsPerSample = int(binary.LittleEndian.Uint16(b[14:]))
	if tag == wavExtensible && len(b) >= 26 {
		tag = binary.LittleEndian.Uint16(b[24:]) // the subformat begins with the tag
	}
	if len(b) >= 20 && (tag == wavIMAADPCM || tag == wavGSM610 || tag == wavMSADPCM) {
		w.perBlock = int64(binary.LittleEndian.Uint16(b[18:]))
	}
	codec, known := wavCodecs[tag]
	if !known {
		codec = Codec(fmt.Sprintf("unknown (WAV tag 0x%04X)", tag))
	}
	w.info.Codec = codec
	w.info.Signed = codec == PCM && w.info.BitsPerSample > 8
	switch codec {
	case ALaw, MuLaw:
		w.info.BitsPerSample = 8
	case PCM, Float:
	default:
		w.info.BitsPerSample = 0
	}
	if w.info.BlockAlign == 0 {
		w.info.BlockAlign = w.info.Channels * ((w.info.BitsPerSample + 7) / 8)
	}
	return true
}

// duration counts samples where their number is known, and else divides.
func (w *wavFile) duration() time.Duration {
	info := w.info
	perBlock := w.perBlock
	switch info.Codec {
	case PCM, Float, ALaw, MuLaw:
		perBlock = 1
	case GSM610:
		perBlock = 2 * gsm.FrameSamples // in blocks of 65 bytes
	}
	if perBlock > 0 && info.BlockAlign > 0 {
		samples := info.DataSize / int64(info.BlockAlign) * perBlock
		if perBlock > 1 && w.samples > 0 && w.samples < samples {
			samples = w.samples // the last block is not full
		}
		return samplesLast(samples, info.SampleRate)
	}
	if w.samples > 0 && info.SampleRate > 0 {
		return samplesLast(w.samples, info.SampleRate)
	}
	return samplesLast(info.DataSize, int(min(w.bytesPerSec, 1<<30)))
}
