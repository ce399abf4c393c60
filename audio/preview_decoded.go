package audio

import (
	"encoding/binary"
	"io"
	"slices"
	"sync"
)

const (
	// A decoder's state is kept at so many places of a file at most, evenly spread.
	maxCheckpoints = 1024
	// ... and no closer than so many blocks, about a second of sound.
	minSpacing = 64
	// The file is read in pieces of about so many bytes.
	inputSize = 8 << 10
)

// decoded is a sound that is decoded block by block to 16-bit PCM. Where a block depends on those before it, a window is
// decoded from the nearest checkpoint before it, or from the start, so the samples are always those of one pass.
type decoded struct {
	file        io.ReaderAt
	offset      int64
	blockSize   int64
	length      int64 // bytes of PCM
	independent bool  // whether a block is decoded without those before it
	spacing     int64 // blocks from one checkpoint to the next

	mu          sync.Mutex // guards what follows
	decoder     blockDecoder
	next        int64          // the block that decoder is ready for
	checkpoints []blockDecoder // before block 0, spacing, 2*spacing …
	held        int64          // the block whose samples are in samples, -1 at first
	samples     []int16
	input       []byte // whole blocks of the file, from inputFirst on
	inputFirst  int64
}

func (d *decoded) bytesOfBlock() int64 { return 2 * int64(len(d.samples)) }

func (d *decoded) size() int64 { return d.length }

// readAt decodes the blocks of the window, one after the other.
func (d *decoded) readAt(b []byte, off int64) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	last := (off + int64(len(b)) - 1) / d.bytesOfBlock()
	n := 0
	for n < len(b) {
		at := off + int64(n)
		if err := d.decodeTo(at/d.bytesOfBlock(), last); err != nil {
			return n, err
		}
		n += copySamples(b[n:], d.samples, int(at%d.bytesOfBlock()))
	}
	return n, nil
}

// decodeTo leaves the samples of a block in d.samples. Blocks up to last will be wanted after it.
func (d *decoded) decodeTo(block, last int64) error {
	if block == d.held {
		return nil
	}
	d.seek(block)
	for d.next <= block {
		input, err := d.inputBlock(d.next, last)
		if err != nil {
			return err
		}
		d.keepCheckpoint()
		d.decoder.decode(input, d.samples)
		d.held = d.next
		d.next++
	}
	return nil
}

// seek makes the decoder ready for the block, or for the one closest before it that it can start from.
func (d *decoded) seek(block int64) {
	if d.independent {
		d.next = block
		return
	}
	nearest := min(block/d.spacing, int64(len(d.checkpoints))-1)
	if nearest >= 0 && (block < d.next || nearest*d.spacing > d.next) {
		d.decoder = d.checkpoints[nearest].copy()
		d.next = nearest * d.spacing
	}
}

// keepCheckpoint keeps the state before block d.next, if that is a place for it and it is not kept yet.
func (d *decoded) keepCheckpoint() {
	if !d.independent && d.next == int64(len(d.checkpoints))*d.spacing {
		d.checkpoints = append(d.checkpoints, d.decoder.copy())
	}
}

// inputBlock returns a block of the file. What it reads ahead does not reach past the block last.
func (d *decoded) inputBlock(block, last int64) ([]byte, error) {
	at := (block - d.inputFirst) * d.blockSize
	if at < 0 || at >= int64(len(d.input)) {
		blocks := min(last-block+1, max(1, inputSize/d.blockSize))
		d.input = slices.Grow(d.input[:0], int(blocks*d.blockSize))[:blocks*d.blockSize]
		if err := readFull(d.file, d.input, d.offset+block*d.blockSize); err != nil {
			d.input = d.input[:0]
			return nil, err
		}
		d.inputFirst, at = block, 0
	}
	return d.input[at : at+d.blockSize], nil
}

// copySamples fills b with the bytes of samples from off on, as far as they go.
func copySamples(b []byte, samples []int16, off int) int {
	n := min(len(b), 2*len(samples)-off)
	i := 0
	if off%2 == 1 {
		b[0] = byte(samples[off/2] >> 8)
		i = 1
	}
	for _, sample := range samples[(off+i)/2 : (off+n)/2] {
		binary.LittleEndian.PutUint16(b[i:], uint16(sample))
		i += 2
	}
	if i < n {
		b[i] = byte(samples[(off+i)/2])
	}
	return n
}
