package audio

import (
	"encoding/binary"
	"io"
)

// auCodecs are the encodings of an AU file: Sun's header <audio/au.h>.
var auCodecs = map[uint32]struct {
	codec Codec
	bits  int // of a sample in the file
}{
	1: {MuLaw, 8}, 2: {PCM, 8}, 3: {PCM, 16}, 4: {PCM, 24}, 5: {PCM, 32}, 6: {Float, 32}, 7: {Float, 64}, 27: {ALaw, 8},
	23: {G726, 4}, 25: {G726, 3}, 26: {G726, 5},
}

// parseAU reads Sun's AU: six numbers of 32 bits, big-endian, then a remark,
// then the sound.
func parseAU(file io.ReaderAt, size int64) (Info, error) {
	header := chunk{offset: 0, size: 24}.content(file, size, 24)
	if len(header) < 24 {
		return Info{}, refuse(ReasonNoSound, "")
	}
	number := func(i int) uint32 { return binary.BigEndian.Uint32(header[4*i:]) }
	info := Info{
		Format: AU, DataOffset: int64(number(1)),
		SampleRate: int(min(number(4), maxRate+1)), Channels: int(min(number(5), maxChannels+1)),
		BigEndian: true, Signed: true,
	}
	if info.DataOffset < 24 {
		return Info{}, errNotThis
	}
	found, known := auCodecs[number(3)]
	if !known {
		return Info{}, refuse(ReasonOtherAudio, "AU")
	}
	info.Codec = found.codec
	if found.bits >= 8 {
		info.BitsPerSample, info.BlockAlign = found.bits, info.Channels*found.bits/8
	}
	var err error
	if info.DataSize, err = soundSize(int64(number(2)), size-info.DataOffset); err != nil {
		return Info{}, err
	}
	if bits := int64(found.bits * info.Channels); bits > 0 {
		info.Duration = samplesLast(info.DataSize*8/bits, info.SampleRate)
	}
	return info, info.check()
}
