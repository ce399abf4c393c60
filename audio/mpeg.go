package audio

import (
	"bytes"
	"encoding/binary"
	"io"
)

// parseMPEG reads MPEG audio: a tag may stand before it, then several frames
// must follow each other, so that noise which begins like one is not taken
// for it.
func parseMPEG(file io.ReaderAt, size int64) (Info, error) {
	start, tagged, err := afterID3(file, size)
	if err != nil {
		return Info{}, err
	}
	stream := &mpegStream{file: file, size: size}
	first, at, ok := stream.find(start)
	if !ok {
		switch {
		case tagged && start >= size:
			return Info{}, refuse(ReasonNoSound, "")
		case tagged:
			return Info{}, stream.refuseAfterTag(start)
		}
		return Info{}, errNotThis
	}
	info := Info{Format: MP3, Codec: MPEG, SampleRate: first.rate, Channels: first.channels}
	samples, announced := stream.announced(first, at)
	if announced > 0 && at+announced > size+lackTolerated {
		return Info{}, refuse(ReasonCutOff, "")
	}
	if samples == 0 {
		samples = stream.count(first, at)
	}
	info.Duration = samplesLast(samples, first.rate)
	return info, info.check()
}

// afterID3 skips ID3v2 tags (id3.org, "ID3 tag version 2.4.0", §3.1): there
// may be several, and zeros behind them.
func afterID3(file io.ReaderAt, size int64) (start int64, tagged bool, err error) {
	header := make([]byte, 10)
	for start+10 <= size {
		if _, err := file.ReadAt(header, start); err != nil && err != io.EOF {
			return 0, false, err
		}
		if string(header[:3]) != "ID3" {
			break
		}
		tagged = true
		length := int64(0)
		for _, b := range header[6:10] { // seven bits in each byte
			length = length<<7 | int64(b&0x7F)
		}
		start += 10 + length
		if header[5]&0x10 != 0 {
			start += 10 // a footer
		}
	}
	return start, tagged, nil
}

// mpegStream reads frames through a window, since a read for each would be
// slow.
type mpegStream struct {
	file   io.ReaderAt
	size   int64
	window []byte
	offset int64 // of the window in the file
}

// at gives up to n bytes at an offset.
func (s *mpegStream) at(offset int64, n int) []byte {
	if offset < 0 || offset >= s.size {
		return nil
	}
	if offset < s.offset || offset+int64(n) > s.offset+int64(len(s.window)) {
		if s.window == nil {
			s.window = make([]byte, 64<<10)
		}
		read, err := s.file.ReadAt(s.window[:min(int64(cap(s.window)), s.size-offset)], offset)
		if err != nil && err != io.EOF {
			return nil
		}
		s.window, s.offset = s.window[:read], offset
	}
	from := int(offset - s.offset)
	if from >= len(s.window) {
		return nil
	}
	return s.window[from:min(from+n, len(s.window))]
}

// find looks for the first of several frames in a row. Zeros and a little
// rubbish may stand before it.
func (s *mpegStream) find(start int64) (first mpegFrame, at int64, ok bool) {
	const rubbish, inARow = 8 << 10, 3
	for at = start; at < s.size && at < start+rubbish; at++ {
		b := s.at(at, 4)
		if len(b) > 0 && b[0] == 0 {
			start++ // padding does not count
			if start > 1<<20 {
				return first, 0, false
			}
		}
		if first, ok = readMPEGFrame(b); ok && s.follow(first, at, inARow) {
			return first, at, true
		}
	}
	return first, 0, false
}

// follow reports whether so many frames of one kind stand in a row, or as many
// as the file has room for, two at least.
func (s *mpegStream) follow(first mpegFrame, at int64, want int) bool {
	for found, f := 1, first; ; found++ {
		at += int64(f.size)
		if found >= want || at >= s.size && found >= 2 {
			return true
		}
		next, ok := readMPEGFrame(s.at(at, 4))
		if !ok || !next.same(first) {
			return false
		}
		f = next
	}
}

// announced reads the Xing, Info or VBRI header that stands in the place of
// the first frame: the number of samples and of bytes, 0 where it says none.
func (s *mpegStream) announced(first mpegFrame, at int64) (samples, size int64) {
	b := s.at(at, first.size)
	if i := 4 + first.sideInfo; len(b) >= i+16 && (string(b[i:i+4]) == "Xing" || string(b[i:i+4]) == "Info") {
		return readXing(b[i:], first)
	}
	if i := 4 + 32; len(b) >= i+18 && string(b[i:i+4]) == "VBRI" {
		frames := int64(binary.BigEndian.Uint32(b[i+14:]))
		return frames * int64(first.samples), int64(binary.BigEndian.Uint32(b[i+10:]))
	}
	return 0, 0
}

// readXing reads Xing's header and, within it, what LAME says of the samples
// that the coder added before and after the sound: LAME's "MP3 Info Tag", rev. 1.
func readXing(b []byte, first mpegFrame) (samples, size int64) {
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
		samples = int64(binary.BigEndian.Uint32(frames)) * int64(first.samples)
	}
	if bytes := next(2, 4); bytes != nil {
		size = int64(binary.BigEndian.Uint32(bytes))
	}
	next(4, 100)
	next(8, 4)
	if len(b) >= at+24 && samples > 0 && b[at] >= 'A' {
		delays := b[at+21:]
		before, after := int64(delays[0])<<4|int64(delays[1]>>4), int64(delays[1]&0xF)<<8|int64(delays[2])
		if before+after < samples {
			samples -= before + after
		}
	}
	return samples, size
}

// count counts the samples of all frames to the end of the sound.
func (s *mpegStream) count(first mpegFrame, at int64) (samples int64) {
	for {
		f, ok := readMPEGFrame(s.at(at, 4))
		if !ok || !f.same(first) || at+int64(f.size) > s.size+4 {
			return samples
		}
		samples += int64(f.samples)
		at += int64(f.size)
	}
}

// refuseAfterTag says what stands behind a tag in place of sound.
func (s *mpegStream) refuseAfterTag(start int64) error {
	behind := bytes.TrimLeft(s.at(start, 3072), "\x00")
	if len(behind) == 0 {
		return refuse(ReasonNoSound, "")
	}
	kind := detectKind(behind)
	if kind.unmarked || kind.format != "" {
		return refuse(ReasonNoSound, "")
	}
	return refuseKind(kind, behind)
}
