package audio

import "time"

// Format is a file format, as the word that the Plusofon API has for it.
type Format string

// The formats that Plusofon takes.
const (
	MP3  Format = "mp3"
	WAV  Format = "wav"
	AU   Format = "au"
	AIFF Format = "aiff" // AIFF-C too
	GSM  Format = "gsm"  // frames of GSM 06.10 without a container
	OGG  Format = "ogg"
	RAW  Format = "raw" // samples without a container
)

// Extension is the ending of file names of this format, with its full stop.
func (f Format) Extension() string { return "." + string(f) }

// MediaType is the type of this format in HTTP.
func (f Format) MediaType() string {
	switch f {
	case MP3:
		return "audio/mpeg"
	case WAV:
		return "audio/wav"
	case AU:
		return "audio/basic"
	case AIFF:
		return "audio/aiff"
	case GSM:
		return "audio/x-gsm"
	case OGG:
		return "audio/ogg"
	default:
		return "application/octet-stream"
	}
}

// Codec is the way in which samples are coded.
type Codec string

// The codecs that matter. What else stands in a file has its name, or one that
// begins with "unknown".
const (
	PCM      Codec = "pcm"
	Float    Codec = "float"
	ALaw     Codec = "alaw"
	MuLaw    Codec = "mulaw"
	GSM610   Codec = "gsm610"
	IMAADPCM Codec = "ima-adpcm" // in the blocks of WAV
	IMA4     Codec = "ima4"      // the same in the packets of QuickTime, which AIFF-C has
	MSADPCM  Codec = "ms-adpcm"
	G726     Codec = "g726"
	MPEG     Codec = "mp3"
	Vorbis   Codec = "vorbis"
	Opus     Codec = "opus"
	Speex    Codec = "speex"
	FLAC     Codec = "flac"
)

// String is the name of the codec as its users write it.
func (c Codec) String() string {
	if name, ok := codecNames[c]; ok {
		return name
	}
	return string(c)
}

var codecNames = map[Codec]string{
	PCM: "PCM", Float: "PCM (float)", ALaw: "G.711 A-law", MuLaw: "G.711 µ-law", GSM610: "GSM 06.10",
	IMAADPCM: "IMA ADPCM", IMA4: "IMA ADPCM (QuickTime)", MSADPCM: "Microsoft ADPCM", G726: "G.726", MPEG: "MP3", Vorbis: "Vorbis", Opus: "Opus",
	Speex: "Speex", FLAC: "FLAC",
}

// Info is what is known of a sound file.
type Info struct {
	Format        Format
	Codec         Codec
	SampleRate    int // in Hz
	Channels      int
	BitsPerSample int // of PCM and float; 8 for A-law and µ-law; 0 where it has no meaning
	Duration      time.Duration

	// Where the sound itself stands in the file, in bytes. Both are 0 where it
	// is spread over pages or frames (Ogg, MP3).
	DataOffset, DataSize int64
	BlockAlign           int  // bytes of a block of an ADPCM or GSM codec, of a frame of PCM
	BigEndian            bool // order of the bytes of PCM and float samples
	Signed               bool // whether 8-bit PCM is signed, as in AIFF and AU but not in WAV
}

// MediaType is the type of the file in HTTP.
func (i Info) MediaType() string { return i.Format.MediaType() }

// PlaysInBrowser reports whether browsers play the file as it is.
func (i Info) PlaysInBrowser() bool {
	const slowest = 3000 // Hz; browsers refuse less
	if i.SampleRate > 0 && i.SampleRate < slowest {
		return false
	}
	switch i.Format {
	case MP3:
		return true
	case WAV:
		inBits := (i.Codec == PCM || i.Codec == Float) && i.BitsPerSample <= 32 && !i.padded()
		return inBits || i.Codec == ALaw || i.Codec == MuLaw || i.Codec == MPEG
	case OGG:
		return i.Codec == Vorbis || i.Codec == Opus || i.Codec == FLAC
	default:
		return false
	}
}

// padded reports whether samples stand in more bytes than they need, as 24 bits
// in four: browsers take the padding for sound.
func (i Info) padded() bool {
	return i.BlockAlign > i.Channels*((i.BitsPerSample+7)/8)
}

// Playable reports whether the sound can be played as it is or by its
// preview.
func (i Info) Playable() bool {
	if i.PlaysInBrowser() {
		return true
	}
	_, err := NewPreview(nothing{}, i)
	return err == nil
}

// nothing is a file of which only the description is of interest.
type nothing struct{}

func (nothing) ReadAt(p []byte, _ int64) (int, error) { return len(p), nil }
