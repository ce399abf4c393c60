package audio

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"
)

// headSize is how much of a file is looked at to tell its kind, in bytes.
const headSize = 64 << 10

// Detect tells what a file is by its content. Of its name only the ending
// counts, and only for GSM and raw samples, which no magic bytes mark. What
// Plusofon does not take is a *[RefusedError]; any other error is one of
// reading the file.
//
// It reads the head of the file and, for the length of an Ogg or MP3 file, its
// tail or the headers of its frames; never more than 64 KiB at a time.
func Detect(file io.ReaderAt, size int64, name string) (Info, error) {
	return detect(file, size, func(file io.ReaderAt) (Info, error) {
		return byEnding(file, size, strings.ToLower(path.Ext(name)))
	})
}

// DetectStored tells what a file is that Plusofon has. Such files come without
// an ending, but Plusofon has taken them: what is nothing else is GSM if it
// has that form, or raw samples.
func DetectStored(file io.ReaderAt, size int64) (Info, error) {
	return detect(file, size, func(file io.ReaderAt) (Info, error) {
		if looksLikeGSM(file, size) {
			return gsmInfo(size), nil
		}
		return rawInfo(size, ".raw")
	})
}

// detect asks unmarked about a file of which its content says nothing.
func detect(file io.ReaderAt, size int64, unmarked func(io.ReaderAt) (Info, error)) (Info, error) {
	if size <= 0 {
		return Info{}, refuse(ReasonEmpty, "")
	}
	source := &source{file: file}
	info, err := detectContent(source, size, unmarked)
	if source.err != nil {
		return Info{}, fmt.Errorf("audio: reading the file: %w", source.err)
	}
	if err != nil {
		return Info{}, err
	}
	return info, nil
}

func detectContent(file io.ReaderAt, size int64, unmarked func(io.ReaderAt) (Info, error)) (Info, error) {
	head, err := readHead(file, size)
	if err != nil {
		return Info{}, err
	}
	kind := detectKind(head)
	if len(head) > 0 && head[0] == 0 {
		if info, err := parseMPEGAfterZeros(file, size); !errors.Is(err, errNotThis) {
			return info, err
		}
	}
	if _, ours := parsers[kind.format]; !ours && !kind.unmarked && !kind.isStrong(head) {
		if info, err := unmarked(file); err == nil {
			return info, nil
		}
	}
	if err := refuseOtherSound(head); err != nil {
		return Info{}, err
	}
	if parse, ok := parsers[kind.format]; ok {
		info, err := parse(file, size)
		if !errors.Is(err, errNotThis) {
			return info, err
		}
	} else if !kind.unmarked {
		return Info{}, refuseKind(kind, file, size)
	}
	info, err := unmarked(file)
	switch {
	case !errors.Is(err, errNotThis):
		return info, err
	case kind.mime.Is("text/plain"): // in an old encoding
		return Info{}, refuseKind(kind, file, size)
	default:
		return Info{}, refuse(ReasonUnknown, "")
	}
}

// source is a file that remembers why it could not be read, so that a failure
// is never taken for the end of the file.
type source struct {
	file io.ReaderAt
	err  error
}

func (s *source) ReadAt(b []byte, off int64) (int, error) {
	n, err := s.file.ReadAt(b, off)
	if err != nil && !errors.Is(err, io.EOF) && s.err == nil {
		s.err = err
	}
	return n, err
}

// errNotThis means that a file has the magic bytes of a format by chance.
var errNotThis = errors.New("audio: not of this format")

// parsers look inside a file of a format. They describe it, refuse it, or say
// errNotThis.
var parsers = map[Format]func(file io.ReaderAt, size int64) (Info, error){
	WAV: parseWAV, AIFF: parseAIFF, AU: parseAU, OGG: parseOgg, MP3: parseMPEG,
}

// kindOfFile is what the first bytes of a file say.
type kindOfFile struct {
	mime     *mimetype.MIME
	format   Format // empty if it is none of ours
	unmarked bool   // nothing is known of it
}

// extendOnce adds to mimetype what it does not know and what strong magic
// bytes mark. Its list is one for the whole process, and ours comes first in
// it, so that weak guesses must not be added.
var extendOnce = sync.OnceFunc(func() {
	mimetype.Extend(func(raw []byte, _ uint32) bool { return isForm(raw, "AIFC") }, "audio/aiff", ".aifc")
	mimetype.Extend(func(raw []byte, _ uint32) bool {
		return len(raw) >= 12 && (string(raw[:4]) == "RF64" || string(raw[:4]) == "BW64") && string(raw[8:12]) == "WAVE"
	}, "audio/wav", ".wav")
})

func isForm(raw []byte, kind string) bool {
	return len(raw) >= 12 && string(raw[:4]) == "FORM" && string(raw[8:12]) == kind
}

func detectKind(head []byte) kindOfFile {
	extendOnce()
	if len(bytes.Trim(head, "\x00")) == 0 {
		// Digital silence, at which no detector should guess.
		return kindOfFile{mime: mimetype.Lookup("application/octet-stream"), unmarked: true}
	}
	found := mimetype.Detect(head)
	for m := found; m != nil; m = m.Parent() {
		for format, names := range mediaTypes {
			for _, name := range names {
				if m.Is(name) {
					return kindOfFile{mime: found, format: format}
				}
			}
		}
	}
	// Samples without a control character among them pass for text in some
	// old encoding; text that people have today is UTF-8.
	noText := found.Is("text/plain") && !validUTF8(head)
	return kindOfFile{mime: found, unmarked: noText || found.Is("application/octet-stream")}
}

// validUTF8 allows for a character that the end of the head cuts in two.
func validUTF8(head []byte) bool {
	for cut := range min(len(head), utf8.UTFMax) {
		if utf8.Valid(head[:len(head)-cut]) {
			return true
		}
	}
	return false
}

var mediaTypes = map[Format][]string{
	WAV:  {"audio/wav"},
	AIFF: {"audio/aiff"},
	AU:   {"audio/basic"},
	OGG:  {"application/ogg"}, // audio/ogg and video/ogg come under it
	MP3:  {"audio/mpeg"},
}

// readHead reads the beginning of a file.
func readHead(file io.ReaderAt, size int64) ([]byte, error) {
	head := make([]byte, min(size, headSize))
	n, err := file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return head[:n], nil
}
