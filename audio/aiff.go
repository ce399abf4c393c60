package audio

import (
	"encoding/binary"
	"io"
	"math"
	"strings"
)

// aiffCodecs are the compression types of AIFF-C: "Audio Interchange File
// Format AIFF-C", Apple, 1991, and those that QuickTime added.
var aiffCodecs = map[string]struct {
	codec        Codec
	littleEndian bool
	unsigned     bool
	bits         int // where the type says it; else the file does
}{
	"NONE": {codec: PCM},
	"twos": {codec: PCM},
	"in24": {codec: PCM, bits: 24},
	"in32": {codec: PCM, bits: 32},
	"42ni": {codec: PCM, bits: 24, littleEndian: true},
	"23ni": {codec: PCM, bits: 32, littleEndian: true},
	"sowt": {codec: PCM, littleEndian: true},
	"raw ": {codec: PCM, unsigned: true, bits: 8},
	"fl32": {codec: Float, bits: 32},
	"FL32": {codec: Float, bits: 32},
	"fl64": {codec: Float, bits: 64},
	"FL64": {codec: Float, bits: 64},
	"alaw": {codec: ALaw, bits: 8},
	"ALAW": {codec: ALaw, bits: 8},
	"ulaw": {codec: MuLaw, bits: 8},
	"ULAW": {codec: MuLaw, bits: 8},
	"ima4": {codec: IMA4},
}

// parseAIFF reads AIFF and AIFF-C.
func parseAIFF(file io.ReaderAt, size int64) (Info, error) {
	info := Info{Format: AIFF}
	var frames, perFrame int64
	var sound chunk
	chunksOf(file, 12, size, binary.BigEndian, func(c chunk) bool {
		switch c.name {
		case "COMM":
			frames, perFrame = info.readCommon(c.content(file, size, 64))
		case "SSND":
			sound = c
		}
		return info.Codec == "" || sound.name == ""
	})
	start := sound.content(file, size, 8)
	nothing := frames == 0 && sound.size <= 8 && isWholeFile(file, size, binary.BigEndian)
	if info.Codec == "" || len(start) < 8 || nothing {
		return Info{}, refuse(ReasonNoSound, "")
	}
	skipped := int64(binary.BigEndian.Uint32(start))
	info.DataOffset = sound.offset + 8 + skipped
	announced := max(sound.size-8-skipped, 0)
	if inFrames := frames * int64(info.BlockAlign); inFrames > 0 && (announced == 0 || inFrames < announced) {
		announced = inFrames
	}
	var err error
	if info.DataSize, err = soundSize(announced, size-info.DataOffset); err != nil {
		return Info{}, err
	}
	if info.BlockAlign > 0 {
		frames = info.DataSize / int64(info.BlockAlign)
	}
	info.Duration = samplesLast(frames*perFrame, info.SampleRate)
	return info, info.check()
}

// readCommon reads the COMM chunk and gives the number of frames in the file,
// and of samples of a channel in a frame.
func (i *Info) readCommon(b []byte) (frames, perFrame int64) {
	if len(b) < 18 {
		return 0, 0
	}
	i.Channels = int(binary.BigEndian.Uint16(b))
	frames = int64(binary.BigEndian.Uint32(b[2:]))
	i.BitsPerSample = int(binary.BigEndian.Uint16(b[6:]))
	i.SampleRate = extendedRate(b[8:18])
	compression := "NONE"
	if len(b) >= 22 {
		compression = string(b[18:22])
	}
	found, known := aiffCodecs[compression]
	if !known {
		i.Codec = Codec("unknown (AIFF-C " + strings.TrimSpace(compression) + ")")
		i.BitsPerSample = 0
		return frames, 1
	}
	i.Codec, i.BigEndian, i.Signed = found.codec, !found.littleEndian, !found.unsigned
	if found.codec == IMA4 {
		i.BitsPerSample, i.BlockAlign = 0, i.Channels*ima4Packet
		return frames, ima4Samples
	}
	if found.bits > 0 {
		i.BitsPerSample = found.bits
	}
	i.BlockAlign = i.Channels * ((i.BitsPerSample + 7) / 8)
	return frames, 1
}

// A packet of QuickTime's IMA ADPCM holds so many samples of a channel in so
// many bytes; it is what the file counts as a frame: Apple, technical note
// TN1081.
const ima4Samples, ima4Packet = 64, 34

// extendedRate reads a number of 80 bits in IEEE 754 extended precision: a
// sign and an exponent of 15 bits with a bias of 16383, then a significand of
// 64 bits whose first bit stands before the point.
func extendedRate(b []byte) int {
	exponent := int(binary.BigEndian.Uint16(b)&0x7FFF) - 16383
	significand := binary.BigEndian.Uint64(b[2:])
	if b[0]&0x80 != 0 || exponent < 0 || exponent > 31 {
		return 0
	}
	rate := math.Ldexp(float64(significand), exponent-63)
	return int(math.Round(min(rate, maxRate+1)))
}
