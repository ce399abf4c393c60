package audio

import (
	"bytes"
	"encoding/binary"
	"io"
	"time"
)

// Ogg pages: RFC 3533 §6. A page has a header of 27 bytes, a table of segment
// sizes, and the segments; 65,307 bytes at most.
const (
	oggHeader   = 27
	oggMaxPage  = 27 + 255 + 255*255
	oggBeginsAt = 0x02 // flag of the first page of a stream
)

// oggPage is a page whose header has been read.
type oggPage struct {
	begins  bool
	granule int64
	serial  uint32
	content []byte // may be cut short
	size    int64  // of the whole page
}

// oggStreams is what the first pages of a file say of its streams.
type oggStreams struct {
	info    Info   // without duration
	serial  uint32 // of the stream of sound
	preSkip int64  // samples to drop at its beginning
}

// parseOgg reads the first pages, which name the codec of every stream, and
// the last, which tells the length.
func parseOgg(file io.ReaderAt, size int64) (Info, error) {
	head, err := readHead(file, size)
	if err != nil {
		return Info{}, err
	}
	streams, err := readOggStreams(head)
	if err != nil {
		return Info{}, err
	}
	last, err := lastGranule(file, size, streams.serial)
	if err != nil {
		return Info{}, err
	}
	info := streams.info
	info.Duration = info.granuleTime(last - streams.preSkip)
	return info, info.check()
}

// readOggStreams reads the pages with which streams begin: those of all
// streams stand before any other page.
func readOggStreams(head []byte) (streams oggStreams, err error) {
	streams.info.Format = OGG
	pages := 0
	for rest := head; len(rest) > 0; pages++ {
		page, ok := readOggPage(rest)
		if !ok || !page.begins {
			break
		}
		if isOggVideo(page.content) {
			return streams, refuse(ReasonVideo, "OGV")
		}
		if streams.info.Codec == "" {
			streams.serial = page.serial
			streams.preSkip = streams.info.readOggCodec(page.content)
		}
		rest = rest[min(page.size, int64(len(rest))):]
	}
	switch {
	case pages == 0:
		return streams, errNotThis
	case streams.info.Codec == "":
		return streams, refuse(ReasonOtherAudio, "OGG")
	}
	return streams, nil
}

func readOggPage(b []byte) (page oggPage, ok bool) {
	if len(b) < oggHeader || string(b[:4]) != "OggS" || b[4] != 0 {
		return page, false
	}
	segments := int(b[26])
	if len(b) < oggHeader+segments {
		return page, false
	}
	body := 0
	for _, n := range b[oggHeader : oggHeader+segments] {
		body += int(n)
	}
	start := oggHeader + segments
	return oggPage{
		begins:  b[5]&oggBeginsAt != 0,
		granule: int64(binary.LittleEndian.Uint64(b[6:])),
		serial:  binary.LittleEndian.Uint32(b[14:]),
		content: b[start:min(start+body, len(b))],
		size:    int64(start + body),
	}, true
}

// isOggVideo knows the pictures that are put into Ogg.
func isOggVideo(content []byte) bool {
	for _, magic := range []string{"\x80theora", "BBCD\x00", "OVP80", "\x01video", "YUV4Mpeg", "Dirac"} {
		if bytes.HasPrefix(content, []byte(magic)) {
			return true
		}
	}
	return false
}

// readOggCodec reads the first packet of a stream of sound. It gives the
// number of samples to drop at the beginning.
func (i *Info) readOggCodec(b []byte) (preSkip int64) {
	switch {
	case bytes.HasPrefix(b, []byte("\x01vorbis")) && len(b) >= 16: // Vorbis I, §4.2.2
		i.Codec, i.Channels = Vorbis, int(b[11])
		i.SampleRate = int(min(binary.LittleEndian.Uint32(b[12:]), maxRate+1))
	case bytes.HasPrefix(b, []byte("OpusHead")) && len(b) >= 16: // RFC 7845 §5.1
		i.Codec, i.Channels, i.SampleRate = Opus, int(b[9]), opusRate
		return int64(binary.LittleEndian.Uint16(b[10:]))
	case bytes.HasPrefix(b, []byte("Speex   ")) && len(b) >= 52: // the Speex manual, "Ogg file format"
		i.Codec, i.Channels = Speex, int(min(binary.LittleEndian.Uint32(b[48:]), maxChannels+1))
		i.SampleRate = int(min(binary.LittleEndian.Uint32(b[36:]), maxRate+1))
	case bytes.HasPrefix(b, []byte("\x7fFLAC")) && len(b) >= 13+4+18: // RFC 9639 §10.1 and §8.2
		stream := b[13+4:]
		bits := binary.BigEndian.Uint64(stream[10:])
		i.Codec = FLAC
		i.SampleRate = int(bits >> 44)
		i.Channels = int(bits>>41&7) + 1
		i.BitsPerSample = int(bits>>36&31) + 1
	}
	return 0
}

// opusRate is what Opus counts in, whatever was recorded: RFC 7845 §4.
const opusRate = 48000

func (i Info) granuleTime(granule int64) time.Duration {
	if granule <= 0 {
		return 0
	}
	return samplesLast(granule, i.SampleRate)
}

// lastGranule finds the position at the end of a stream: that of its last
// page, which begins within the largest size of a page from the end. Where
// pages of another stream stand last, it looks further back.
func lastGranule(file io.ReaderAt, size int64, serial uint32) (int64, error) {
	const furthest = 16 * oggMaxPage
	window := make([]byte, min(size, oggMaxPage))
	for end := size; end > 0 && end > size-furthest; end -= oggMaxPage - oggHeader {
		start := max(end-oggMaxPage, 0)
		tail := window[:end-start]
		if _, err := file.ReadAt(tail, start); err != nil && err != io.EOF {
			return 0, err
		}
		for at := bytes.LastIndex(tail, []byte("OggS")); at >= 0; at = bytes.LastIndex(tail[:at], []byte("OggS")) {
			b := tail[at:]
			if len(b) >= oggHeader && b[4] == 0 && binary.LittleEndian.Uint32(b[14:]) == serial {
				granule := int64(binary.LittleEndian.Uint64(b[6:]))
				if granule >= 0 { // -1 marks a page on which no packet ends
					return granule, checkLastPage(b, size-start-int64(at))
				}
			}
		}
	}
	return 0, refuse(ReasonNoSound, "")
}

// checkLastPage refuses a file that ends in the middle of a page.
func checkLastPage(b []byte, left int64) error {
	page, ok := readOggPage(b)
	if !ok || page.size > left {
		return refuse(ReasonCutOff, "")
	}
	return nil
}
