package gsm

const (
	minLag     = 40
	initialLag = 40
)

// excite reconstructs the short term residual of one sub-segment. past holds the maxLag samples before it and room for
// its own behind them.
func (d *Decoder) excite(s *segment, past *[maxLag + segmentSamples]int16) {
	erp := s.decodePulses()

	// 5.3.2 Long term synthesis filtering: a lag that cannot be is replaced by the last good one.
	if s.lag >= minLag && s.lag <= maxLag {
		d.previousLag = s.lag
	} else if d.previousLag == 0 {
		d.previousLag = initialLag
	}
	gain := gainLevels[s.gain&3]
	predicted := past[maxLag-d.previousLag:]
	for k := range erp {
		past[maxLag+k] = int16(add(erp[k], multR(gain, int32(predicted[k]))))
	}
}

// decodePulses is the RPE decoding of clause 5.3.1: the pulses are dequantised and put on their grid, every third
// sample from s.grid on, with zeros between.
func (s *segment) decodePulses() (erp [segmentSamples]int32) {
	exponent, mantissa := s.scale()

	// 5.2.16 APCM inverse quantization. Shifts by a negative count go the other way (clause 5.1): with the largest
	// exponent the rounding term, 1 << -1, is 0.
	factor := mantissas[mantissa]
	shift := uint(6 - exponent)
	rounding := int32(1) << shift >> 1
	at := int(s.grid & 3) // 5.2.17 RPE grid positioning
	for _, pulse := range s.pulses {
		level := (int32(pulse)<<1 - 7) << 12
		erp[at] = add(multR(factor, level), rounding) >> shift
		at += 3
	}
	return erp
}

// scale gives exponent (-4 to 6) and mantissa (0 to 7) of the sub-segment's maximum: the second half of clause 5.2.15.
func (s *segment) scale() (exponent, mantissa int16) {
	if s.maximum > 15 {
		exponent = s.maximum>>3 - 1
	}
	mantissa = s.maximum - exponent<<3
	if mantissa == 0 {
		return -4, 7
	}
	for mantissa <= 7 {
		mantissa = mantissa<<1 | 1
		exponent--
	}
	return exponent, mantissa - 8
}
