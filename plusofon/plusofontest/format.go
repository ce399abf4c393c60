package plusofontest

import (
	"bytes"
	"encoding/binary"
)

// formats are the words for file_mime_type.
var formats = []string{"mp3", "wav", "au", "aiff", "gsm", "ogg", "raw"}

// plausible looks at the first bytes only: enough to catch a client that sends
// the wrong word.
func plausible(format string, content []byte) bool {
	switch format {
	case "wav":
		return bytes.HasPrefix(content, []byte("RIFF")) || bytes.HasPrefix(content, []byte("RF64"))
	case "au":
		return bytes.HasPrefix(content, []byte(".snd"))
	case "aiff":
		return bytes.HasPrefix(content, []byte("FORM"))
	case "ogg":
		return bytes.HasPrefix(content, []byte("OggS"))
	case "mp3":
		return bytes.HasPrefix(content, []byte("ID3")) || len(content) > 1 && content[0] == 0xFF && content[1]&0xE0 == 0xE0
	default:
		return true // gsm and raw have no magic
	}
}

// tone is half a second of a quiet tone as WAV, so that a preset can be
// played. Each seed gives another pitch.
func tone(seed string) []byte {
	const rate, samples = 8000, 4000
	period := 16 + int(seed[0]%4)*4
	var wav bytes.Buffer
	wav.WriteString("RIFF")
	for _, field := range []any{
		uint32(36 + 2*samples), []byte("WAVEfmt "), uint32(16), uint16(1), uint16(1),
		uint32(rate), uint32(2 * rate), uint16(2), uint16(16), []byte("data"), uint32(2 * samples),
	} {
		_ = binary.Write(&wav, binary.LittleEndian, field) // to memory, of fixed size: cannot fail
	}
	for i := range samples {
		sample := int16(4000)
		if i%period < period/2 {
			sample = -sample
		}
		_ = binary.Write(&wav, binary.LittleEndian, sample)
	}
	return wav.Bytes()
}
