package audio

// mpegFrame is the header of a frame of MPEG audio: ISO/IEC 11172-3 §2.4.1.3
// and ISO/IEC 13818-3; MPEG-2.5 is Fraunhofer's extension to lower rates.
type mpegFrame struct {
	version  int // 1, 2, or 25 for 2.5
	layer    int
	rate     int
	channels int
	samples  int // of a channel in the frame
	size     int // in bytes, with the header
	sideInfo int // bytes of layer III's side information
}

var (
	// Bit rates in kbit/s by index: MPEG-1 layers I to III, then MPEG-2 layer
	// I, then MPEG-2 layers II and III.
	mpegBitRates = [5][15]int{
		{0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
		{0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
		{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
		{0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
		{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
	}
	mpegRates = map[int][3]int{
		1: {44100, 48000, 32000}, 2: {22050, 24000, 16000}, 25: {11025, 12000, 8000},
	}
)

// readMPEGFrame reads the four bytes of a header; ok is false for what is none.
func readMPEGFrame(b []byte) (f mpegFrame, ok bool) {
	if len(b) < 4 || b[0] != 0xFF || b[1]&0xE0 != 0xE0 {
		return f, false
	}
	f.version = [4]int{25, 0, 2, 1}[b[1]>>3&3]
	f.layer = [4]int{0, 3, 2, 1}[b[1]>>1&3]
	bitIndex, rateIndex, padding := int(b[2]>>4), int(b[2]>>2&3), int(b[2]>>1&1)
	if f.version == 0 || f.layer == 0 || bitIndex == 0 || bitIndex == 15 || rateIndex == 3 {
		return f, false
	}
	f.rate = mpegRates[f.version][rateIndex]
	f.channels = 2
	if b[3]>>6 == 3 {
		f.channels = 1
	}
	table := f.layer - 1
	if f.version != 1 {
		table = min(2+f.layer, 4)
	}
	f.measure(mpegBitRates[table][bitIndex]*1000, padding)
	return f, true
}

// measure finds the size of a frame: §2.4.3.1.
func (f *mpegFrame) measure(bitRate, padding int) {
	switch {
	case f.layer == 1:
		f.samples = 384
		f.size = (12*bitRate/f.rate + padding) * 4
		return
	case f.layer == 3 && f.version != 1:
		f.samples = 576
	default:
		f.samples = 1152
	}
	f.size = f.samples/8*bitRate/f.rate + padding
	switch {
	case f.version == 1 && f.channels == 2:
		f.sideInfo = 32
	case f.version != 1 && f.channels == 1:
		f.sideInfo = 9
	default:
		f.sideInfo = 17
	}
}

// same reports whether two frames can belong to one stream.
func (f mpegFrame) same(g mpegFrame) bool {
	return f.version == g.version && f.layer == g.layer && f.rate == g.rate
}
