package gsm

// reflection is rp[1..8] of the standard.
type reflection [order]int32

// shortTermSynthesis is clause 5.3.4: the residual goes through a lattice filter, whose coefficients glide from those of
// the frame before to this frame's in four steps (clause 5.2.9.1).
func (d *Decoder) shortTermSynthesis(coded *[order]int16, residual, out *[FrameSamples]int16) {
	last := d.logArea
	d.logArea = decodeLogArea(coded)

	var steps [4]reflection
	for i := range order {
		a, b := int32(last[i]), int32(d.logArea[i])
		steps[0][i] = reflectionCoefficient(add(add(a>>2, b>>2), a>>1))
		steps[1][i] = reflectionCoefficient(add(a>>1, b>>1))
		steps[2][i] = reflectionCoefficient(add(add(a>>2, b>>2), b>>1))
		steps[3][i] = reflectionCoefficient(b)
	}
	d.filter(&steps[0], residual[:13], out[:13])
	d.filter(&steps[1], residual[13:27], out[13:27])
	d.filter(&steps[2], residual[27:40], out[27:40])
	d.filter(&steps[3], residual[40:], out[40:])
}

// decodeLogArea is clause 5.2.8, which 5.3.3 refers to.
func decodeLogArea(coded *[order]int16) (ratios [order]int16) {
	for i, c := range coded {
		x := add(int32(c), logAreaMinimum[i]) << 10
		x = multR(inverseA[i], sub(x, logAreaOffset[i]<<1))
		ratios[i] = int16(add(x, x))
	}
	return ratios
}

// reflectionCoefficient is clause 5.2.9.2: three straight lines stand for the hyperbolic tangent.
func reflectionCoefficient(ratio int32) int32 {
	if ratio < 0 {
		return -reflectionCoefficient(sub(0, ratio))
	}
	switch {
	case ratio < 11059:
		return ratio << 1
	case ratio < 20070:
		return ratio + 11059
	default:
		return add(ratio>>2, 26112)
	}
}

// filter is the lattice of clause 5.3.4, unrolled and kept in registers: nearly all of the decoder's time goes here.
// v[8] of the standard is never read, so it is not computed.
func (d *Decoder) filter(r *reflection, in, out []int16) {
	v := &d.lattice
	v0, v1, v2, v3 := int32(v[0]), int32(v[1]), int32(v[2]), int32(v[3])
	v4, v5, v6, v7 := int32(v[4]), int32(v[5]), int32(v[6]), int32(v[7])
	r1, r2, r3, r4, r5, r6, r7, r8 := r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7]
	out = out[:len(in)]
	for k, sample := range in {
		s := sub(int32(sample), multR(r8, v7))
		s = sub(s, multR(r7, v6))
		v7 = add(v6, multR(r7, s))
		s = sub(s, multR(r6, v5))
		v6 = add(v5, multR(r6, s))
		s = sub(s, multR(r5, v4))
		v5 = add(v4, multR(r5, s))
		s = sub(s, multR(r4, v3))
		v4 = add(v3, multR(r4, s))
		s = sub(s, multR(r3, v2))
		v3 = add(v2, multR(r3, s))
		s = sub(s, multR(r2, v1))
		v2 = add(v1, multR(r2, s))
		s = sub(s, multR(r1, v0))
		v1 = add(v0, multR(r1, s))
		v0 = s
		out[k] = int16(s)
	}
	*v = [order]int16{int16(v0), int16(v1), int16(v2), int16(v3), int16(v4), int16(v5), int16(v6), int16(v7)}
}

// postprocess is clauses 5.3.5 to 5.3.7: de-emphasis, upscaling, and truncation to the 13 bits that are significant.
func (d *Decoder) postprocess(out *[FrameSamples]int16) {
	const beta = 28180 // 0.86
	memory := int32(d.deemphasis)
	for k, sample := range out {
		memory = add(int32(sample), multR(memory, beta))
		out[k] = int16(add(memory, memory) &^ 7)
	}
	d.deemphasis = int16(memory)
}
