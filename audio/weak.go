package audio

import (
	"bytes"
	"slices"
)

// strongKinds are marked by so many bytes that samples do not begin like them by
// chance. The marks of all others, two to four bytes or mostly zeros, say less
// than an ending which says raw, or than Plusofon, which has taken the file.
var strongKinds = []string{
	"image/png", "image/webp", "application/pdf", "application/zip", "application/x-7z-compressed", "application/x-rar-compressed",
	"application/x-ole-storage", "video/webm", "video/x-matroska", "video/x-ms-asf", "video/x-msvideo", "audio/flac", "audio/amr",
	"text/html", "text/xml", "image/svg+xml", "application/ogg",
}

// isStrong reports whether a file is certainly of its kind.
func (k kindOfFile) isStrong(head []byte) bool {
	for m := k.mime; m != nil; m = m.Parent() {
		if slices.ContainsFunc(strongKinds, m.Is) {
			return true
		}
	}
	switch {
	case isMP4(head), refuseOtherSound(head) != nil:
		return true
	case k.mime.Is("image/jpeg"):
		return len(head) > 10 && (string(head[6:10]) == "JFIF" || string(head[6:10]) == "Exif")
	case k.mime.Is("image/gif"):
		return bytes.HasPrefix(head, []byte("GIF8"))
	}
	return k.mime.Is("text/plain") && validUTF8(head)
}
