package audio_test

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// Files that no sample is of, built from their parts.

func le16(n int) []byte { return binary.LittleEndian.AppendUint16(nil, uint16(n)) }
func le32(n int) []byte { return binary.LittleEndian.AppendUint32(nil, uint32(n)) }
func be16(n int) []byte { return binary.BigEndian.AppendUint16(nil, uint16(n)) }
func be32(n int) []byte { return binary.BigEndian.AppendUint32(nil, uint32(n)) }

func joined(parts ...[]byte) []byte { return slices.Concat(parts...) }

// chunk is one of RIFF.
func chunk(name string, content []byte) []byte {
	return joined([]byte(name), le32(len(content)), content, make([]byte, len(content)%2))
}

// riff is a WAV file, or one of RF64 or BW64: those have sizes of 64 bits.
func riff(kind string, chunks ...[]byte) []byte {
	content := joined(append([][]byte{[]byte("WAVE")}, chunks...)...)
	if kind == "RIFF" {
		return joined([]byte(kind), le32(len(content)), content)
	}
	at := bytes.Index(content, []byte("data")) + 4
	size := binary.LittleEndian.Uint32(content[at:])
	copy(content[at:], le32(-1))
	ds64 := chunk("ds64", joined(le32(len(content)), le32(0), le32(int(size)), make([]byte, 16)))
	return joined([]byte(kind), le32(-1), content[:4], ds64, content[4:])
}

// wavFormat is the chunk that describes the sound of a WAV file; with the tag
// 0xFFFE that of WAVE_FORMAT_EXTENSIBLE, for floating-point samples.
func wavFormat(tag, channels, rate, bits int) []byte {
	align := channels * bits / 8
	b := joined(le16(tag), le16(channels), le32(rate), le32(rate*align), le16(align), le16(bits))
	if tag == 0xFFFE {
		guid := "\x00\x00\x00\x00\x10\x00\x80\x00\x00\xaa\x00\x38\x9b\x71"
		b = joined(b, le16(22), le16(bits), le32(0), le16(3), []byte(guid))
	}
	return chunk("fmt ", b)
}

// aifc is an AIFF-C file at 8000 Hz with one channel.
func aifc(compression string, bits, frames int, sound []byte) []byte {
	common := joined(be16(1), be32(frames), be16(bits), []byte("\x40\x0b\xfa\x00\x00\x00\x00\x00\x00\x00"), []byte(compression), be16(0))
	content := joined([]byte("AIFC"), []byte("COMM"), be32(len(common)), common,
		[]byte("SSND"), be32(len(sound)+8), make([]byte, 8), sound)
	return joined([]byte("FORM"), be32(len(content)), content)
}

// au is an AU file of one channel.
func au(encoding, rate, size int, sound []byte) []byte {
	return joined([]byte(".snd"), be32(28), be32(size), be32(encoding), be32(rate), be32(1), make([]byte, 4), sound)
}

func box(name string, content ...[]byte) []byte {
	b := joined(content...)
	return joined(be32(len(b)+8), []byte(name), b)
}

// mp4 is a file as phones write it: the description stands behind the sound.
func mp4(tracks ...[]byte) []byte {
	return joined(box("ftyp", []byte("isom\x00\x00\x02\x00isom")), box("mdat", make([]byte, 100<<10)), box("moov", tracks...))
}

func track(handler, coding string) []byte {
	return box("trak", box("mdia",
		box("hdlr", make([]byte, 8), []byte(handler), make([]byte, 12)),
		box("minf",
			box("hdlr", []byte("\x00\x00\x00\x00dhlralis")), // QuickTime has this one
			box("stbl", box("stsd", be32(0), be32(1), box(coding))))))
}

// withSerial gives the streams of an Ogg file another serial number; the
// checksums are left wrong.
func withSerial(ogg []byte, serial int) []byte {
	ogg = bytes.Clone(ogg)
	for at := 0; ; at += 4 {
		next := bytes.Index(ogg[at:], []byte("OggS\x00"))
		if next < 0 || at+next+18 > len(ogg) {
			return ogg
		}
		at += next
		copy(ogg[at+14:], le32(serial))
	}
}
