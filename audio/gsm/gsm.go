// Package gsm decodes GSM 06.10 full-rate speech, the 13 kbit/s codec of telephony, to 16-bit PCM.
//
// It is written from ETSI EN 300 961 (GSM 06.10, "Full rate speech; Transcoding") and follows the fixed-point
// implementation of its clause 5 bit for bit; the comments name the clause of each step, and the names of the standard
// are given where ours differ.
//
// Two packings of the frames are in use: 33 bytes a frame, bits most significant first, behind a signature of four bits
// (.gsm files, RTP: RFC 3551 section 4.5.8.1), and Microsoft's 65 bytes for two frames, bits least significant first
// (format tag 0x31 of WAV files, also called WAV49).
package gsm

import (
	"errors"
	"fmt"
	"io"
)

const (
	// SampleRate is the sampling frequency of the codec, in hertz.
	SampleRate = 8000
	// FrameSamples is the number of samples in a frame: 20 ms.
	FrameSamples = 160
	// FrameSize is the number of bytes in a frame of a .gsm file.
	FrameSize = 33
	// WAV49Size is the number of bytes in a block of a WAV file, which holds two frames.
	WAV49Size = 65
	// WAV49Samples is the number of samples in a block of a WAV file: 40 ms.
	WAV49Samples = 2 * FrameSamples

	// Signature is the upper half of the first byte of each frame of a .gsm file.
	Signature = 0xD
)

// ErrFrame says that the bytes are not one frame, or one block, of GSM 06.10.
var ErrFrame = errors.New("gsm: not a frame")

// A Decoder turns frames to samples. Each frame is decoded with what the frames before it left behind, so one stream of
// frames needs one Decoder. The zero value is ready for the first frame (the home state of clause 5.3); a copy of a
// Decoder goes on from the same state, independently of it.
type Decoder struct {
	residual    [maxLag]int16 // drp[-120..-1]: reconstructed short term residual of the past 15 ms
	logArea     [order]int16  // LARpp(j-1): log area ratios of the frame before
	lattice     [order]int16  // v[0..7]: memory of the short term synthesis filter
	deemphasis  int16         // msr: memory of the de-emphasis filter
	previousLag int16         // nrp: the last valid lag; 0 stands for the initial 40
}

// Decode decodes one frame of FrameSize bytes to the first FrameSamples of samples. A frame without its signature is
// ErrFrame, becomes silence and leaves the Decoder as it was.
func (d *Decoder) Decode(frame []byte, samples []int16) error {
	if len(samples) < FrameSamples {
		return io.ErrShortBuffer
	}
	if len(frame) != FrameSize || frame[0]>>4 != Signature {
		clear(samples[:FrameSamples])
		return fmt.Errorf("%w: %d bytes without the signature", ErrFrame, len(frame))
	}
	var p parameters
	p.unpack(frame)
	d.synthesize(&p, (*[FrameSamples]int16)(samples))
	return nil
}

// DecodeWAV49 decodes one block of WAV49Size bytes to the first WAV49Samples of samples. A block of another size is
// ErrFrame, becomes silence and leaves the Decoder as it was.
func (d *Decoder) DecodeWAV49(block []byte, samples []int16) error {
	if len(samples) < WAV49Samples {
		return io.ErrShortBuffer
	}
	if len(block) != WAV49Size {
		clear(samples[:WAV49Samples])
		return fmt.Errorf("%w: a block of %d bytes", ErrFrame, len(block))
	}
	var p parameters
	p.unpackFirst(block)
	d.synthesize(&p, (*[FrameSamples]int16)(samples))
	p.unpackSecond(block)
	d.synthesize(&p, (*[FrameSamples]int16)(samples[FrameSamples:]))
	return nil
}

// synthesize is the decoder of clause 5.3: the excitation of the four sub-segments, then the filters.
func (d *Decoder) synthesize(p *parameters, out *[FrameSamples]int16) {
	// The past residual and the frame's own stand in one array, so that a lag is a mere distance in it.
	var residual [maxLag + FrameSamples]int16
	copy(residual[:], d.residual[:])
	for j := range p.segments {
		d.excite(&p.segments[j], (*[maxLag + segmentSamples]int16)(residual[j*segmentSamples:]))
	}
	copy(d.residual[:], residual[FrameSamples:])
	d.shortTermSynthesis(&p.logArea, (*[FrameSamples]int16)(residual[maxLag:]), out)
	d.postprocess(out)
}
