package gsm

const (
	order          = 8   // reflection coefficients, log area ratios
	segments       = 4   // sub-segments in a frame
	segmentSamples = 40  // samples in a sub-segment
	pulses         = 13  // RPE pulses in a sub-segment
	maxLag         = 120 // samples that the long term predictor looks back
)

// parameters are what a frame of 260 bits transmits, in the order and with the widths of Table 1.1.
type parameters struct {
	logArea  [order]int16 // LARc
	segments [segments]segment
}

// A segment is the part of a frame that is sent for each sub-segment of 5 ms: 56 bits.
type segment struct {
	lag     int16         // Nc, 7 bits
	gain    int16         // bc, 2 bits
	grid    int16         // Mc, 2 bits
	maximum int16         // xmaxc, 6 bits
	pulses  [pulses]int16 // xMc, 3 bits each
}

// logAreaBits are the widths of LARc[1..8]: 36 bits.
var logAreaBits = [order]uint{6, 6, 5, 5, 4, 4, 3, 3}

// unpack reads a frame of 33 bytes. Signature and log area ratios fill 5 bytes, each sub-segment 7.
func (p *parameters) unpack(b []byte) {
	head := mostSignificantFirst(b[:5])
	head.next(4)
	p.logAreaRatios(head)
	for j := range p.segments {
		p.segments[j].read(mostSignificantFirst(b[5+7*j:][:7]))
	}
}

// unpackFirst reads the first frame of a block of 65 bytes: its bits 0 to 259.
func (p *parameters) unpackFirst(b []byte) {
	p.logAreaRatios(leastSignificantFirst(b[:5], 0))
	for j := range p.segments {
		p.segments[j].read(leastSignificantFirst(b[4+7*j:][:8], 4))
	}
}

// unpackSecond reads the second frame of a block of 65 bytes: its bits 260 to 519.
func (p *parameters) unpackSecond(b []byte) {
	p.logAreaRatios(leastSignificantFirst(b[32:37], 4))
	for j := range p.segments {
		p.segments[j].read(leastSignificantFirst(b[37+7*j:][:7], 0))
	}
}

func (p *parameters) logAreaRatios(r bitReader) {
	for i, width := range logAreaBits {
		p.logArea[i] = r.next(width)
	}
}

func (s *segment) read(r bitReader) {
	s.lag = r.next(7)
	s.gain = r.next(2)
	s.grid = r.next(2)
	s.maximum = r.next(6)
	for i := range s.pulses {
		s.pulses[i] = r.next(3)
	}
}

// A bitReader hands out the fields of up to 64 bits, in either order of bits.
type bitReader struct {
	bits                  uint64
	leastSignificantFirst bool
}

func mostSignificantFirst(b []byte) bitReader {
	var bits uint64
	for _, c := range b {
		bits = bits<<8 | uint64(c)
	}
	return bitReader{bits: bits << (64 - 8*len(b))}
}

// leastSignificantFirst leaves out the first skip bits.
func leastSignificantFirst(b []byte, skip uint) bitReader {
	var bits uint64
	for i, c := range b {
		bits |= uint64(c) << (8 * i)
	}
	return bitReader{bits: bits >> skip, leastSignificantFirst: true}
}

func (r *bitReader) next(width uint) int16 {
	if r.leastSignificantFirst {
		field := r.bits & (1<<width - 1)
		r.bits >>= width
		return int16(field)
	}
	field := r.bits >> (64 - width)
	r.bits <<= width
	return int16(field)
}
