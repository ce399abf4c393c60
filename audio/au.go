package audio

import (
	"encoding/binary"
	"fmt"
	"io"
)

// auCodecs are the encodings of an AU file: Sun's header <audio/au.h>.
var auCodecs = map[uint32]struct {
	codec Codec
	bits  int
}{
	1: {MuLaw, 8}, 2: {PCM, 8}, 3: {PCM, 16}, 4: {PCM, 24}, 5: {PCM, 32}, 6: {Float, 32}, 7: {Float, 64}, 27: {ALaw, 8},
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
	encoding := number(3)
	found, known := auCodecs[encoding]
	if !known {
		found.codec = Codec(fmt.Sprintf("unknown (AU encoding %d)", encoding))
	}
	info.Codec, info.BitsPerSample = found.codec, found.bits
	info.BlockAlign = info.Channels * found.bits / 8
	var err error
	if info.DataSize, err = soundSize(int64(number(2)), size-info.DataOffset); err != nil {
		return Info{}, err
	}
	if info.BlockAlign > 0 {
		info.Duration = samplesLast(info.DataSize/int64(info.BlockAlign), info.SampleRate)
	} else {
		info.Duration = samplesLast(info.DataSize, rawRate)
	}
	return info, info.check()
}
