package audio

import "encoding/binary"

// Microsoft ADPCM (format tag 2), as the telephony of Windows writes it: each block begins with the number of a predictor,
// a step and two samples of each channel; then come four-bit differences, the upper half of a byte first, for the channels
// in turn. A block stands alone. Microsoft, "Multimedia Data Standards Update", 1994, "Microsoft ADPCM".

// msHeader is what comes before the differences of a block, for each channel, in bytes.
const msHeader = 7

// msMinStep is the smallest step.
const msMinStep = 16

// msPredictors weigh the last sample and the one before it, in parts of 256. A file lists them in its header, where more
// may follow; nobody is known to have used others.
var msPredictors = [7][2]int32{{256, 0}, {512, -256}, {0, 0}, {192, 64}, {240, 0}, {460, -208}, {392, -232}}

// msAdjustments say by how much a difference changes the step, in parts of 256.
var msAdjustments = [16]int32{230, 230, 230, 230, 307, 409, 512, 614, 768, 614, 512, 409, 307, 230, 230, 230}

// msSamples is the number of samples of each channel in a block of the given size: 0 if it holds none.
func msSamples(blockSize, channels int) int {
	if channels < 1 || channels > 2 || blockSize < msHeader*channels {
		return 0
	}
	return 2 + (blockSize-msHeader*channels)*2/channels
}

// An msChannel is the state of the decoder of one channel.
type msChannel struct {
	weights      [2]int32
	step         int32
	last, before int32
}

// decodeMS decodes one block to msSamples samples for each channel, interleaved.
func decodeMS(block []byte, channels int, samples []int16) {
	var states [2]msChannel
	field := func(number, channel int) int32 {
		return int32(int16(binary.LittleEndian.Uint16(block[channels+2*(number*channels+channel):])))
	}
	for c := range channels {
		states[c] = msChannel{
			weights: msPredictors[min(int(block[c]), len(msPredictors)-1)],
			step:    field(0, c), last: field(1, c), before: field(2, c),
		}
		samples[c], samples[channels+c] = int16(states[c].before), int16(states[c].last)
	}
	at := 2 * channels
	for _, pair := range block[msHeader*channels:] {
		for _, code := range [2]byte{pair >> 4, pair & 15} {
			if at < len(samples) {
				samples[at] = states[at%channels].next(code)
				at++
			}
		}
	}
}

// next applies one difference of four bits with a sign.
func (s *msChannel) next(code byte) int16 {
	difference := int32(code)
	if code >= 8 {
		difference -= 16
	}
	predicted := (s.last*s.weights[0]+s.before*s.weights[1])/256 + difference*s.step
	s.before, s.last = s.last, max(-1<<15, min(1<<15-1, predicted))
	// A damaged file must not make steps beyond all numbers.
	s.step = max(msMinStep, min(1<<20, s.step*msAdjustments[code]>>8))
	return int16(s.last)
}
