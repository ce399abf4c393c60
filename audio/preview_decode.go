package audio

import (
	"fmt"
	"io"
	"math"

	"github.com/plusofon-dashboard/dashboard/audio/gsm"
)

// decode is the way of GSM and ADPCM to a WAV file.
func decode(file io.ReaderAt, info Info) (wavFormat, sound, error) {
	format := wavFormat{tag: wavPCM, channels: info.Channels, sampleRate: info.SampleRate, bytesOfSample: 2}
	if err := format.check(); err != nil {
		return wavFormat{}, nil, err
	}
	d := &decoded{file: file, offset: info.DataOffset, held: -1}
	samples := 0
	switch {
	case info.Codec == GSM610 && info.Channels == 1 && info.Format == GSM:
		d.decoder, d.blockSize, samples = new(gsmFrames), gsm.FrameSize, gsm.FrameSamples
	case info.Codec == GSM610 && info.Channels == 1 && info.Format == WAV:
		d.decoder, d.blockSize, samples = new(gsmBlocks), gsm.WAV49Size, gsm.WAV49Samples
	case info.Codec == IMAADPCM && info.Format == WAV && info.BlockAlign <= math.MaxUint16:
		d.decoder, d.blockSize, d.independent = imaBlocks{info.Channels}, int64(info.BlockAlign), true
		samples = imaSamples(info.BlockAlign, info.Channels) * info.Channels
	case info.Codec == MSADPCM && info.Format == WAV && info.BlockAlign <= math.MaxUint16:
		d.decoder, d.blockSize, d.independent = msBlocks{info.Channels}, int64(info.BlockAlign), true
		samples = msSamples(info.BlockAlign, info.Channels) * info.Channels
	}
	if samples == 0 {
		return wavFormat{}, nil, fmt.Errorf("%w: %s in %s, %d channels in blocks of %d bytes",
			ErrNotPlayable, info.Codec, info.Format, info.Channels, info.BlockAlign)
	}
	d.samples = make([]int16, samples)
	blocks := info.DataSize / d.blockSize
	if blocks > math.MaxUint32/d.bytesOfBlock() {
		return wavFormat{}, nil, fmt.Errorf("%w: %d blocks of sound are too many for WAV", ErrNotPlayable, blocks)
	}
	d.length = blocks*d.bytesOfBlock() - unused(info, blocks, samples/info.Channels)*format.frameSize()
	d.spacing = max(minSpacing, blocks/maxCheckpoints+1)
	return format, d, nil
}

// unused is the number of samples of each channel that fill the last block of a file that lasts less than its blocks do.
// A shorter duration than that is not believed.
func unused(info Info, blocks int64, perBlock int) int64 {
	lasts := int64(math.Round(info.Duration.Seconds() * float64(info.SampleRate)))
	if filling := blocks*int64(perBlock) - lasts; filling > 0 && filling < int64(perBlock) {
		return filling
	}
	return 0
}

// A blockDecoder turns one block after the other to samples, as many for each block.
type blockDecoder interface {
	// decode fills samples from a block that is whole. A damaged block gives silence.
	decode(block []byte, samples []int16)
	// copy goes on from the same state, independently.
	copy() blockDecoder
}

// gsmFrames decodes the 33-byte frames of .gsm files.
type gsmFrames struct{ gsm.Decoder }

func (g *gsmFrames) decode(block []byte, samples []int16) {
	// A frame without its signature is 20 ms of silence: the sound around it is still worth hearing.
	_ = g.Decode(block, samples)
}

func (g *gsmFrames) copy() blockDecoder {
	state := *g
	return &state
}

// gsmBlocks decodes the 65-byte blocks of WAV files.
type gsmBlocks struct{ gsm.Decoder }

func (g *gsmBlocks) decode(block []byte, samples []int16) {
	_ = g.DecodeWAV49(block, samples) // the sizes are right, and nothing else can be wrong
}

func (g *gsmBlocks) copy() blockDecoder {
	state := *g
	return &state
}

// imaBlocks decodes the blocks of IMA ADPCM. It has no state.
type imaBlocks struct{ channels int }

func (i imaBlocks) decode(block []byte, samples []int16) { decodeIMA(block, i.channels, samples) }

func (i imaBlocks) copy() blockDecoder { return i }

// msBlocks decodes the blocks of Microsoft ADPCM. It has no state.
type msBlocks struct{ channels int }

func (m msBlocks) decode(block []byte, samples []int16) { decodeMS(block, m.channels, samples) }

func (m msBlocks) copy() blockDecoder { return m }
