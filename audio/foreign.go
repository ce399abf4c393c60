package audio

import (
	"bytes"
	"io"
	"strings"
)

// refuseKind says why a file that is none of ours is refused.
func refuseKind(kind kindOfFile, file io.ReaderAt, size int64) error {
	head, err := readHead(file, size)
	if err != nil {
		return err
	}
	detail := strings.ToUpper(strings.TrimPrefix(kind.mime.Extension(), "."))
	top, _, _ := strings.Cut(kind.mime.String(), "/")
	switch {
	case top == "image": // some of them in the container of MP4
		return refuse(ReasonImage, detail)
	case kind.mime.Is("video/x-ms-asf"):
		if bytes.Contains(head, asfVideo) {
			return refuse(ReasonVideo, "WMV")
		}
		return refuse(ReasonOtherAudio, "WMA")
	case kind.mime.Is("video/webm"), kind.mime.Is("video/x-matroska"):
		description := head[:matroskaDescription(head)]
		if bytes.Contains(description, matroskaVideo) {
			return refuse(ReasonVideo, detail)
		}
		if bytes.Contains(description, []byte("A_ALAC")) {
			return refuse(ReasonOtherAudio, "MKA")
		}
		return refuse(ReasonConvertible, detail)
	case isMP4(head):
		return refuseMP4(file, size, detail)
	case kind.mime.Is("audio/flac"), kind.mime.Is("audio/aac"):
		return refuse(ReasonConvertible, detail)
	case top == "audio":
		return refuse(ReasonOtherAudio, detail)
	case top == "video":
		return refuse(ReasonVideo, detail)
	default:
		return refuse(ReasonDocument, detail)
	}
}

// matroskaDescription is where the sound or the pictures begin. A SeekHead may
// name the element that holds them, before what describes the tracks.
func matroskaDescription(head []byte) int {
	for at := 0; ; {
		next := bytes.Index(head[at:], matroskaCluster)
		if next < 0 {
			return len(head)
		}
		at += next
		if !bytes.HasSuffix(head[:at], matroskaSeekID) {
			return at
		}
		at += len(matroskaCluster)
	}
}

var (
	// matroskaSeekID is the element SeekID of four bytes: RFC 9559 §5.1.1.1.1.
	matroskaSeekID = []byte{0x53, 0xAB, 0x84}
	// asfVideo is the type of a stream of pictures: ASF specification, §3.3.
	asfVideo = []byte{0xC0, 0xEF, 0x19, 0xBC, 0x4D, 0x5B, 0xCF, 0x11, 0xA8, 0xFD, 0x00, 0x80, 0x5F, 0x5C, 0x44, 0x2B}
	// matroskaVideo is the element TrackType with the value 1: RFC 9559 §5.1.4.1.3.
	matroskaVideo = []byte{0x83, 0x81, 0x01}
	// matroskaCluster begins the sound or the pictures themselves, where those
	// bytes stand by chance: RFC 9559 §5.1.3.
	matroskaCluster = []byte{0x1F, 0x43, 0xB6, 0x75}
)
