package gsm

import "math"

// The operations of clause 5.1. A variable of the standard is 16 bits wide; ours are held in 32 bits with a value that
// fits 16, which spares the processor the extensions.

// saturate limits a result to 16 bits. Hardly any result needs it, so the test is one comparison.
func saturate(x int32) int32 {
	if x == int32(int16(x)) {
		return x
	}
	return math.MaxInt16 ^ x>>31
}

func add(a, b int32) int32 { return saturate(a + b) }

func sub(a, b int32) int32 { return saturate(a - b) }

// multR is mult_r: a*b with a factor of 2^-15, rounded. The one product that would overflow, -32768 times itself,
// cannot come up in the decoder: one factor is always an entry of a table or a reflection coefficient, which are limited
// to ±32767 (clause 5.2.9.2).
func multR(a, b int32) int32 { return (a*b + 1<<14) >> 15 }
