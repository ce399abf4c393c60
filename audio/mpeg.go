package audio

import (
	"bytes"
	"fmt"
	"io"
)

// parseMPEG reads MPEG audio: a tag may stand before it, then several frames
// must follow each other, so that noise which begins like one is not taken
// for it. Only layer III is MP3.
func parseMPEG(file io.ReaderAt, size int64) (Info, error) {
	stream := &mpegStream{window{file: file, size: size}}
	start, tagged := stream.afterID3(0)
	if tagged && start >= size {
		if start > size {
			return Info{}, refuse(ReasonCutOff, "")
		}
		return Info{}, refuse(ReasonNoSound, "")
	}
	first, at, ok := stream.find(start)
	switch {
	case !ok && tagged:
		return Info{}, stream.refuseAfterTag(start)
	case !ok:
		return Info{}, errNotThis
	case first.layer != 3:
		return Info{}, refuse(ReasonOtherAudio, fmt.Sprintf("MP%d", first.layer))
	}
	samples, err := stream.length(first, at)
	if err != nil {
		return Info{}, err
	}
	info := Info{
		Format: MP3, Codec: MPEG, SampleRate: first.rate, Channels: first.channels,
		Duration: samplesLast(samples, first.rate),
	}
	return info, info.check()
}

// parseMPEGAfterZeros reads MPEG audio that begins with zeros, as recorders leave them.
// Zeros are the silence of raw samples, too: so a tag, or frames in a row, must come
// right after them.
func parseMPEGAfterZeros(file io.ReaderAt, size int64) (Info, error) {
	const longest, inARow = 1 << 20, 3
	stream := &mpegStream{window{file: file, size: size}}
	for at := int64(0); at < longest; at++ {
		b := stream.at(at, 4)
		switch {
		case len(b) < 4:
			return Info{}, errNotThis
		case b[0] == 0:
			continue
		case at == 0:
			return Info{}, errNotThis
		}
		first, isFrame := readMPEGFrame(b)
		if string(b[:3]) != "ID3" && !(isFrame && stream.follow(first, at, inARow)) {
			return Info{}, errNotThis
		}
		info, err := parseMPEG(io.NewSectionReader(file, at, size-at), size-at)
		return info, err
	}
	return Info{}, errNotThis
}

// mpegStream is a file of frames.
type mpegStream struct{ window }

// afterID3 skips ID3v2 tags (id3.org, "ID3 tag version 2.4.0", §3.1): there
// may be several.
func (s *mpegStream) afterID3(at int64) (start int64, tagged bool) {
	const most = 16
	for range most {
		header := s.at(at, 10)
		if len(header) < 10 || string(header[:3]) != "ID3" {
			break
		}
		tagged = true
		length := int64(0)
		for _, b := range header[6:10] { // seven bits in each byte
			length = length<<7 | int64(b&0x7F)
		}
		at += 10 + length
		if header[5]&0x10 != 0 {
			at += 10 // a footer
		}
	}
	return at, tagged
}

// find looks for the first of several frames in a row. Zeros and a little
// rubbish may stand before it.
func (s *mpegStream) find(start int64) (first mpegFrame, at int64, ok bool) {
	const rubbish, zeros, inARow = 8 << 10, 1 << 20, 3
	end := min(start+rubbish, s.size)
	for at = start; at < end; at++ {
		b := s.at(at, 4)
		if len(b) > 0 && b[0] == 0 {
			end = min(end+1, start+rubbish+zeros, s.size) // padding does not count
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

// length is the number of samples of a channel: what a header in the place of
// the first frame says, or what all frames together hold.
func (s *mpegStream) length(first mpegFrame, at int64) (samples int64, err error) {
	header, hasHeader := readMPEGHeader(s.at(at, first.size), first)
	left := s.size - at
	switch {
	case !hasHeader:
		return s.count(first, at), nil
	case header.bytes > left+lackTolerated:
		return 0, refuse(ReasonConvertibleCutOff, "MP3")
	case header.describes(left):
		samples = header.frames * int64(first.samples)
	default:
		samples = s.count(first, at+int64(first.size))
	}
	if header.added < samples {
		samples -= header.added
	}
	return samples, nil
}

// count counts the samples of all frames to the end of the sound. It goes on
// after rubbish and tags, which stand where files were joined.
func (s *mpegStream) count(first mpegFrame, at int64) (samples int64) {
	for {
		f, ok := readMPEGFrame(s.at(at, 4))
		if !ok || !f.same(first) {
			at, _ = s.afterID3(at)
			if f, at, ok = s.find(at); !ok || !f.same(first) {
				return samples
			}
		}
		at += int64(f.size)
		if at > s.size+4 {
			return samples // the last frame is cut off
		}
		samples += int64(f.samples)
	}
}

// refuseAfterTag says what stands behind a tag in place of sound.
func (s *mpegStream) refuseAfterTag(start int64) error {
	const enough = 3 << 10
	skipped := s.at(start, windowSize-lookBack)
	behind := bytes.TrimLeft(skipped, "\x00")
	if len(behind) == 0 {
		return refuse(ReasonNoSound, "")
	}
	if err := refuseOtherSound(behind); err != nil {
		return err
	}
	kind := detectKind(behind[:min(len(behind), enough)])
	if kind.format == WAV {
		return refuse(ReasonConvertible, "WAV") // which browsers find behind a tag
	}
	if kind.unmarked || kind.format != "" {
		return refuse(ReasonNoSound, "")
	}
	from := start + int64(len(skipped)-len(behind))
	return refuseKind(kind, io.NewSectionReader(s.file, from, s.size-from), s.size-from)
}
