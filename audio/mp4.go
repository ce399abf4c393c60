package audio

import (
	"encoding/binary"
	"io"
)

// MP4 files, QuickTime and 3GP too, are made of boxes: a size, a name of four
// letters and the content, which may be boxes (ISO/IEC 14496-12 §4.2). What
// the tracks are stands in the box moov, which phones write last.

// maxBoxes bounds the walk through a file that is made of tiny boxes.
const maxBoxes = 4000

// mp4Track is what a track is: "soun" or "vide", and how it is coded.
type mp4Track struct{ handler, coding string }

type mp4File struct {
	file    io.ReaderAt
	visited int
	tracks  []mp4Track
}

func isMP4(head []byte) bool { return len(head) >= 12 && string(head[4:8]) == "ftyp" }

// mp4Codings are the codings of sound that browsers decode.
var mp4Codings = map[string]bool{"mp4a": true, ".mp3": true, "Opus": true, "fLaC": true}

// mp4Names are those of codings that browsers don't decode.
var mp4Names = map[string]string{"alac": "ALAC", "samr": "AMR", "sawb": "AMR", "ac-3": "AC3", "ec-3": "AC3"}

// mp4Pictures are the codings of a still picture: the cover, or one for each
// chapter.
var mp4Pictures = map[string]bool{"jpeg": true, "mjpa": true, "png ": true}

// refuseMP4 says what an MP4 file holds.
func refuseMP4(file io.ReaderAt, size int64, detail string) error {
	m := &mp4File{file: file}
	m.walk(0, size)
	sound := ""
	for _, track := range m.tracks {
		switch {
		case track.handler == "vide" && !mp4Pictures[track.coding]:
			return refuse(ReasonVideo, detail)
		case track.handler == "soun" && sound == "":
			sound = track.coding
		}
	}
	if detail == "" || detail == "MP4" {
		detail = "M4A" // as people know MP4 files that have only sound
	}
	switch {
	case len(m.tracks) == 0:
		return refuse(ReasonCutOff, detail)
	case mp4Codings[sound]:
		return refuse(ReasonConvertible, detail)
	case mp4Names[sound] != "":
		return refuse(ReasonOtherAudio, mp4Names[sound])
	default:
		return refuse(ReasonOtherAudio, detail)
	}
}

// walk goes through the boxes between two offsets.
func (m *mp4File) walk(offset, end int64) {
	for header := make([]byte, 16); offset+8 <= end && m.visited < maxBoxes; m.visited++ {
		n, err := m.file.ReadAt(header, offset)
		if err != nil && err != io.EOF || n < 8 {
			return
		}
		content, size := offset+8, int64(binary.BigEndian.Uint32(header))
		switch {
		case size == 0: // to the end
			size = end - offset
		case size == 1 && n == 16: // of 64 bits
			content, size = offset+16, int64(binary.BigEndian.Uint64(header[8:])&(1<<62-1))
		}
		if size < content-offset {
			return
		}
		m.read(string(header[4:8]), content, min(offset+size, end))
		offset += size
	}
}

// read takes what says something of the tracks from a box.
func (m *mp4File) read(name string, start, end int64) {
	switch name {
	case "trak":
		m.tracks = append(m.tracks, mp4Track{})
		m.walk(start, end)
	case "moov", "mdia", "minf", "stbl":
		m.walk(start, end)
	case "hdlr": // §8.4.3; QuickTime has a second one, in minf, of another meaning
		if track := m.track(); track != nil && track.handler == "" {
			track.handler = m.letters(start+8, end)
		}
	case "stsd": // §8.5.2: a count of entries, then the first of them
		if track := m.track(); track != nil {
			track.coding = m.letters(start+12, end)
		}
	}
}

// track is the one that is being read.
func (m *mp4File) track() *mp4Track {
	if len(m.tracks) == 0 {
		return nil
	}
	return &m.tracks[len(m.tracks)-1]
}

// letters reads a name of four letters.
func (m *mp4File) letters(offset, end int64) string {
	return string(chunk{offset: offset, size: 4}.content(m.file, end, 4))
}
