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

	"github.com/plusofon-dashboard/dashboard/audio/gsm"
)

// headSize is how much of a file is looked at to tell its kind, in bytes.
const headSize = 64 << 10

// Detect tells what a file is by its content. Of its name only the ending
// counts, and only for GSM and raw samples, which no magic bytes mark. What
// Plusofon does not take is a *[RefusedError].
//
// It reads the head of the file and, for the length of an Ogg or MP3 file, its
// tail or the headers of its frames; never more than 64 KiB at a time.
func Detect(file io.ReaderAt, size int64, name string) (Info, error) {
	return detect(file, size, func(head []byte) (Info, error) {
		return byEnding(file, size, strings.ToLower(path.Ext(name)))
	})
}

// DetectStored tells what a file is that Plusofon has. Such files come without
// an ending, but Plusofon has taken them: what is nothing else is GSM if it
// has that form, or raw samples.
func DetectStored(file io.ReaderAt, size int64) (Info, error) {
	return detect(file, size, func([]byte) (Info, error) {
		if looksLikeGSM(file, size) {
			return gsmInfo(size), nil
		}
		info := rawInfo(size, ".raw")
		return info, info.check()
	})
}

func detect(file io.ReaderAt, size int64, unmarked func(head []byte) (Info, error)) (Info, error) {
	if size == 0 {
		return Info{}, refuse(ReasonEmpty, "")
	}
	head, err := readHead(file, size)
	if err != nil {
		return Info{}, err
	}
	if len(bytes.Trim(head, "\x00")) == 0 {
		return unmarked(head) // digital silence, which no detector should guess at
	}
	kind := detectKind(head)
	if parse, ok := parsers[kind.format]; ok {
		info, err := parse(file, size)
		if !errors.Is(err, errNotThis) {
			return info, err
		}
		kind = kindOfFile{mime: kind.mime, unmarked: true}
	}
	if kind.unmarked {
		return unmarked(head)
	}
	return Info{}, refuseKind(kind, head)
}

// errNotThis means that a file has the magic bytes of a format by chance.
var errNotThis = errors.New("audio: not of this format")

// parsers look inside a file of a format. They describe it, refuse it, or say
// errNotThis.
var parsers = map[Format]func(file io.ReaderAt, size int64) (Info, error){
	WAV: parseWAV, AIFF: parseAIFF, AU: parseAU, OGG: parseOgg, MP3: parseMPEG,
}

// Peek tells format and codec by the head of a file, for a file that is on its
// way: all else of the description is left out. It is enough to know whether
// browsers play it. What no magic bytes mark is GSM if it has that form, else
// raw; ok is false for what is no sound.
func Peek(head []byte) (info Info, ok bool) {
	kind := detectKind(head)
	switch {
	case kind.format == WAV:
		return peekWAV(head), true
	case kind.format == OGG:
		streams, err := readOggStreams(head)
		return streams.info, err == nil
	case kind.format == MP3:
		return Info{Format: MP3, Codec: MPEG}, true
	case kind.format != "":
		return Info{Format: kind.format}, true
	case kind.unmarked && looksLikeGSM(bytes.NewReader(head), int64(len(head)/gsm.FrameSize*gsm.FrameSize)):
		return Info{Format: GSM, Codec: GSM610}, true
	default:
		return Info{Format: RAW}, kind.unmarked
	}
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

// refuseKind says why a file that is none of ours is refused.
func refuseKind(kind kindOfFile, head []byte) error {
	detail := strings.ToUpper(strings.TrimPrefix(kind.mime.Extension(), "."))
	top, _, _ := strings.Cut(kind.mime.String(), "/")
	switch {
	case kind.mime.Is("video/x-ms-asf"):
		if bytes.Contains(head, asfVideo) {
			return refuse(ReasonVideo, "WMV")
		}
		return refuse(ReasonOtherAudio, "WMA")
	case kind.mime.Is("video/webm"), kind.mime.Is("audio/webm"), kind.mime.Is("video/x-matroska"):
		if bytes.Contains(head, matroskaVideo) {
			return refuse(ReasonVideo, detail)
		}
		return refuse(ReasonConvertible, detail)
	case isMP4(head):
		if bytes.Contains(head, []byte("hdlr\x00\x00\x00\x00\x00\x00\x00\x00vide")) {
			return refuse(ReasonVideo, detail)
		}
		return refuse(ReasonConvertible, mp4Name(detail))
	case kind.mime.Is("audio/flac"), kind.mime.Is("audio/aac"):
		return refuse(ReasonConvertible, detail)
	case top == "audio":
		return refuse(ReasonOtherAudio, detail)
	case top == "video":
		return refuse(ReasonVideo, detail)
	case top == "image":
		return refuse(ReasonImage, detail)
	default:
		return refuse(ReasonDocument, detail)
	}
}

var (
	// asfVideo is the type of a stream of pictures: ASF specification, §3.3.
	asfVideo = []byte{0xC0, 0xEF, 0x19, 0xBC, 0x4D, 0x5B, 0xCF, 0x11, 0xA8, 0xFD, 0x00, 0x80, 0x5F, 0x5C, 0x44, 0x2B}
	// matroskaVideo is the element TrackType with the value 1: RFC 9559 §5.1.4.1.3.
	matroskaVideo = []byte{0x83, 0x81, 0x01}
)

func isMP4(head []byte) bool { return len(head) >= 12 && string(head[4:8]) == "ftyp" }

// mp4Name names an MP4 file that has only sound as people know it.
func mp4Name(detail string) string {
	if detail == "" || detail == "MP4" {
		return "M4A"
	}
	return detail
}

// readHead reads the beginning of a file.
func readHead(file io.ReaderAt, size int64) ([]byte, error) {
	head := make([]byte, min(size, headSize))
	if _, err := file.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("audio: reading the beginning of the file: %w", err)
	}
	return head, nil
}
