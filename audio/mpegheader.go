package audio

import "encoding/binary"

// mpegHeader is what coders of a varying bit rate write in the place of the
// first frame. What it does not say is 0.
type mpegHeader struct {
	frames, bytes int64
	added         int64 // samples that the coder put before and after the sound
}

// readMPEGHeader reads the Xing, Info or VBRI header in a frame.
func readMPEGHeader(b []byte, frame mpegFrame) (h mpegHeader, ok bool) {
	if i := 4 + frame.sideInfo; len(b) >= i+16 && (string(b[i:i+4]) == "Xing" || string(b[i:i+4]) == "Info") {
		return readXing(b[i:]), true
	}
	if i := 4 + 32; len(b) >= i+18 && string(b[i:i+4]) == "VBRI" {
		return mpegHeader{
			bytes:  int64(binary.BigEndian.Uint32(b[i+10:])),
			frames: int64(binary.BigEndian.Uint32(b[i+14:])),
		}, true
	}
	return h, false
}

// readXing reads Xing's header and, within it, what LAME says of the samples
// that the coder added: LAME's "MP3 Info Tag", rev. 1.
func readXing(b []byte) (h mpegHeader) {
	flags := binary.BigEndian.Uint32(b[4:])
	at := 8
	next := func(flag uint32, n int) []byte {
		if flags&flag == 0 || len(b) < at+n {
			return nil
		}
		at += n
		return b[at-n : at]
	}
	if frames := next(1, 4); frames != nil {
		h.frames = int64(binary.BigEndian.Uint32(frames))
	}
	if bytes := next(2, 4); bytes != nil {
		h.bytes = int64(binary.BigEndian.Uint32(bytes))
	}
	next(4, 100) // the table for seeking
	next(8, 4)   // the quality
	if len(b) >= at+24 && b[at] >= 'A' {
		delays := b[at+21:]
		before, after := int64(delays[0])<<4|int64(delays[1]>>4), int64(delays[1]&0xF)<<8|int64(delays[2])
		h.added = before + after
	}
	return h
}

// describes reports whether the header can be believed for so many bytes: a
// frame is never shorter than 24, and where much follows the sound that it
// means, files were joined.
func (h mpegHeader) describes(size int64) bool {
	const shortest, tags = 24, 4 << 10
	return h.frames > 0 && h.frames <= size/shortest && (h.bytes == 0 || size-h.bytes <= tags)
}
