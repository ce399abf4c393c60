package audio

import (
	"encoding/binary"
	"math/bits"
)

// swaps reverse the bytes of each sample, by the size of a sample in bytes. They work on words of 8 bytes, which is
// several times as fast as byte by byte.
var swaps = [5]func(b []byte){2: swap16, 3: swap24, 4: swap32}

func swap16(b []byte) {
	const low = 0x00FF00FF00FF00FF
	for ; len(b) >= 32; b = b[32:] { // unrolled: half as much again, and most previews pass here
		w, x := binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[8:])
		y, z := binary.LittleEndian.Uint64(b[16:]), binary.LittleEndian.Uint64(b[24:])
		binary.LittleEndian.PutUint64(b, w&low<<8|w>>8&low)
		binary.LittleEndian.PutUint64(b[8:], x&low<<8|x>>8&low)
		binary.LittleEndian.PutUint64(b[16:], y&low<<8|y>>8&low)
		binary.LittleEndian.PutUint64(b[24:], z&low<<8|z>>8&low)
	}
	for ; len(b) >= 2; b = b[2:] {
		b[0], b[1] = b[1], b[0]
	}
}

func swap24(b []byte) {
	for ; len(b) >= 3; b = b[3:] {
		b[0], b[2] = b[2], b[0]
	}
}

func swap32(b []byte) {
	for ; len(b) >= 8; b = b[8:] {
		x := binary.LittleEndian.Uint64(b)
		binary.LittleEndian.PutUint64(b, bits.RotateLeft64(bits.ReverseBytes64(x), 32))
	}
	if len(b) >= 4 {
		binary.LittleEndian.PutUint32(b, binary.BigEndian.Uint32(b))
	}
}

// toggleSigns makes signed samples of 8 bits unsigned.
func toggleSigns(b []byte) {
	const signs = 0x8080808080808080
	for ; len(b) >= 8; b = b[8:] {
		binary.LittleEndian.PutUint64(b, binary.LittleEndian.Uint64(b)^signs)
	}
	for i := range b {
		b[i] ^= 0x80
	}
}
