package audio

import (
	"bytes"
	"encoding/binary"
)

// A sound in a format that Plusofon does not take is told by its name, so that
// nobody is told that a recording is none. mimetype knows few of these.

// otherSound is the mark of a format at the beginning of a file.
type otherSound struct {
	name  string
	magic string
	also  string // at offset 8, where the magic alone says too little
	// convertible is for what browsers decode.
	convertible bool
}

var otherSounds = []otherSound{
	{name: "WavPack", magic: "wvpk"},
	{name: "TTA", magic: "TTA1"},
	{name: "TTA", magic: "TTA2"},
	{name: "Monkey’s Audio (APE)", magic: "MAC "},
	{name: "CAF", magic: "caff"},
	{name: "Wave64", magic: "riff\x2E\x91\xCF\x11"},
	{name: "RealAudio", magic: ".ra\xFD"},
	{name: "DSD", magic: "DSD "},
	{name: "DSD", magic: "FRM8", also: "\x00\x00\x00\x00DSD "},
	{name: "Musepack", magic: "MPCK"},
	{name: "Musepack", magic: "MP+"},
	{name: "FLAC", magic: "fLaC", convertible: true},
	{name: "RIFX", magic: "RIFX", also: "WAVE", convertible: true},
}

// refuseOtherSound says which sound a file is that begins like one of those
// above, nil if it begins like none.
func refuseOtherSound(head []byte) error {
	for _, sound := range otherSounds {
		if !bytes.HasPrefix(head, []byte(sound.magic)) || len(head) < 8 || !bytes.HasPrefix(head[8:], []byte(sound.also)) {
			continue
		}
		if sound.convertible {
			return refuse(ReasonConvertible, sound.name)
		}
		return refuse(ReasonOtherAudio, sound.name)
	}
	switch {
	case isSoundOnlyFLV(head):
		return refuse(ReasonOtherAudio, "FLV")
	case bytes.HasPrefix(head, []byte(".RMF")) && !bytes.Contains(head, []byte("video/x-pn-realvideo")):
		return refuse(ReasonOtherAudio, "RealAudio")
	case isAC3(head):
		return refuse(ReasonOtherAudio, "AC-3")
	case isLATM(head):
		return refuse(ReasonOtherAudio, "AAC (LATM)")
	case isMPEGLayer1(head):
		return refuse(ReasonOtherAudio, "MPEG Layer I")
	}
	return nil
}

// isSoundOnlyFLV reads the flags of the header (Adobe, Video File Format
// Specification 10.1, Annex E.2): 4 for sound, 1 for pictures.
func isSoundOnlyFLV(head []byte) bool {
	return len(head) > 9 && string(head[:4]) == "FLV\x01" && head[4] == 4
}

// framesInARow is how many frames must follow each other where the mark of each
// is short and may stand anywhere by chance.
const framesInARow = 4

// inARow reports whether frames follow each other. length gives that of the
// frame at the beginning of b, 0 if there is none.
func inARow(head []byte, length func(b []byte) int) bool {
	for range framesInARow {
		n := length(head)
		if n == 0 || n > len(head) {
			return false
		}
		head = head[n:]
	}
	return true
}

// ac3Rates are the bit rates in kbit/s by frmsizecod/2 (ETSI TS 102 366, table
// 4.13).
var ac3Rates = [...]int{32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640}

// isAC3 looks for sync frames of AC-3 (ETSI TS 102 366, §4.4.1). One of
// 1,536 samples has 1536/8 × bit rate / sample rate bytes, in words of two.
func isAC3(head []byte) bool {
	return inARow(head, func(b []byte) int {
		if len(b) < 5 || b[0] != 0x0B || b[1] != 0x77 {
			return 0
		}
		rate, code := b[4]>>6, int(b[4]&0x3F)
		if rate > 2 || code/2 >= len(ac3Rates) {
			return 0
		}
		hertz := [...]int{48000, 44100, 32000}[rate]
		words := ac3Rates[code/2] * 1000 * 1536 / 16 / hertz
		if rate == 1 {
			words += code & 1
		}
		return 2 * words
	})
}

// isLATM looks for AudioSyncStream of MPEG-4 (ISO/IEC 14496-3, §1.7.2): eleven
// bits 0x2B7, then thirteen with the length.
func isLATM(head []byte) bool {
	return inARow(head, func(b []byte) int {
		if len(b) < 3 || b[0] != 0x56 || b[1]&0xE0 != 0xE0 {
			return 0
		}
		return 3 + int(b[1]&0x1F)<<8 + int(b[2])
	})
}

// layer1Rates are the bit rates of MPEG-1 Layer I in kbit/s (ISO/IEC 11172-3,
// §2.4.2.3).
var layer1Rates = [...]int{0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448, 0}

// isMPEGLayer1 looks for frames of 384 samples, in slots of four bytes.
func isMPEGLayer1(head []byte) bool {
	return inARow(head, func(b []byte) int {
		if len(b) < 4 || binary.BigEndian.Uint16(b)&0xFFFE != 0xFFFE {
			return 0
		}
		rate, hertz := layer1Rates[b[2]>>4], [...]int{44100, 48000, 32000, 0}[b[2]>>2&3]
		if rate == 0 || hertz == 0 {
			return 0
		}
		return (12*rate*1000/hertz + int(b[2]>>1&1)) * 4
	})
}
