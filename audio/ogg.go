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
	info    Info            // without duration
	serial  uint32          // of the stream of sound
	preSkip int64           // samples to drop at its beginning
	serials map[uint32]bool // of all streams; only for those that begin the file
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
	info := streams.info
	granule, chained, err := oggEnd(file, size, streams)
	if err != nil {
		return Info{}, err
	}
	info.Duration = streams.duration(granule)
	if chained {
		info.Duration = chainedDuration(file, size)
	}
	return info, info.check()
}

// duration is how long the sound lasts up to a position in its stream.
func (s oggStreams) duration(granule int64) time.Duration {
	return samplesLast(max(granule-s.preSkip, 0), s.info.SampleRate)
}

// readOggStreams reads the pages with which streams begin: those of all
// streams stand before any other page.
func readOggStreams(head []byte) (oggStreams, error) {
	streams := oggStreams{info: Info{Format: OGG}, serials: map[uint32]bool{}}
	for rest := head; len(rest) > 0; {
		page, ok := readOggPage(rest)
		if !ok || !page.begins {
			break
		}
		if isOggVideo(page.content) {
			return streams, refuse(ReasonVideo, "OGV")
		}
		streams.serials[page.serial] = true
		streams.add(page)
		rest = rest[min(page.size, int64(len(rest))):]
	}
	if streams.info.Codec == Vorbis && oggHeadersDamaged(head, streams.serial) {
		return streams, refuse(ReasonDamaged, "OGG")
	}
	switch {
	case len(streams.serials) == 0:
		return streams, errNotThis
	case streams.info.Codec == "":
		return streams, refuse(ReasonOtherAudio, "OGG")
	}
	return streams, nil
}

// oggHeadersDamaged checks the pages with the second and third header of Vorbis,
// without which nothing can be decoded: those before the first with sound.
func oggHeadersDamaged(head []byte, serial uint32) bool {
	for rest := head; len(rest) > 0; {
		page, ok := readOggPage(rest)
		if !ok || int64(len(rest)) < page.size || page.granule > 0 {
			return false
		}
		if page.serial == serial && oggChecksum(rest[:page.size]) != binary.LittleEndian.Uint32(rest[22:26]) {
			return true
		}
		rest = rest[page.size:]
	}
	return false
}

// oggTable is for the checksum of pages: RFC 3533 §6, the polynomial 0x04C11DB7,
// not reflected as that of hash/crc32 is.
var oggTable = func() (table [256]uint32) {
	for i := range table {
		sum := uint32(i) << 24
		for range 8 {
			if sum&(1<<31) != 0 {
				sum = sum<<1 ^ 0x04C11DB7
			} else {
				sum <<= 1
			}
		}
		table[i] = sum
	}
	return table
}()

// oggChecksum is that of a page, in which the checksum itself counts as zeros.
func oggChecksum(page []byte) (sum uint32) {
	for i, b := range page {
		if 22 <= i && i < 26 {
			b = 0
		}
		sum = sum<<8 ^ oggTable[byte(sum>>24)^b]
	}
	return sum
}

// add takes the first page of a stream; the first stream of sound counts.
func (s *oggStreams) add(page oggPage) {
	if s.info.Codec == "" {
		s.serial = page.serial
		s.preSkip = s.info.readOggCodec(page.content)
	}
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
