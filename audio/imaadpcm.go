package audio

import "encoding/binary"

// IMA ADPCM, in the blocks of Microsoft's WAV files (format tag 0x11): each channel starts with its first sample and its
// index to the table of step sizes, four bytes in all; then come four-bit differences, for each channel in turn four
// bytes of them, the lower half of a byte first. A block stands alone. Microsoft, "New Multimedia Data Types and Data
// Techniques", 1994, "DVI ADPCM Wave Type"; the arithmetic is that of the IMA's "Recommended Practices for Enhancing
// Digital Audio Compatibility in Multimedia Systems" 3.0, 1992.

const (
	imaHeader = 4 // bytes before the differences of a block, for each channel
	imaGroup  = 4 // bytes of differences of one channel before those of the next
)

// imaSteps are the step sizes.
var imaSteps = [89]int32{
	7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97, 107, 118,
	130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796, 876, 963, 1060,
	1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484,
	7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767,
}

// imaAdjustments say how far a difference moves the index to imaSteps.
var imaAdjustments = [8]int{-1, -1, -1, -1, 2, 4, 6, 8}

// imaSamples is the number of samples of each channel in a block of the given size: 0 if it holds none.
func imaSamples(blockSize, channels int) int {
	if blockSize < imaHeader*channels {
		return 0
	}
	rounds := (blockSize - imaHeader*channels) / (imaGroup * channels)
	return 1 + rounds*imaGroup*2
}

// An imaChannel is the state of the decoder of one channel.
type imaChannel struct {
	predictor int32
	index     int
}

// decodeIMA decodes one block to imaSamples samples for each channel, interleaved.
func decodeIMA(block []byte, channels int, samples []int16) {
	groups := block[imaHeader*channels:]
	groups = groups[:len(groups)-len(groups)%(imaGroup*channels)]
	for c := range channels {
		header := block[imaHeader*c:]
		state := imaChannel{
			predictor: int32(int16(binary.LittleEndian.Uint16(header))),
			index:     min(int(header[2]), len(imaSteps)-1),
		}
		samples[c] = int16(state.predictor)
		at := channels + c
		for group := imaGroup * c; group < len(groups); group += imaGroup * channels {
			for _, pair := range groups[group : group+imaGroup] {
				samples[at] = state.next(pair & 15)
				samples[at+channels] = state.next(pair >> 4)
				at += 2 * channels
			}
		}
	}
}

// next applies one difference: a sign and three bits.
func (s *imaChannel) next(code byte) int16 {
	step := imaSteps[s.index]
	difference := step >> 3
	if code&4 != 0 {
		difference += step
	}
	if code&2 != 0 {
		difference += step >> 1
	}
	if code&1 != 0 {
		difference += step >> 2
	}
	if code&8 != 0 {
		difference = -difference
	}
	s.predictor = max(-1<<15, min(1<<15-1, s.predictor+difference))
	s.index = max(0, min(len(imaSteps)-1, s.index+imaAdjustments[code&7]))
	return int16(s.predictor)
}
