package plusofontest

import "bytes"

// formats are the words for file_mime_type.
var formats = []string{"mp3", "wav", "au", "aiff", "gsm", "ogg", "raw"}

// plausible looks at the first bytes only: enough to catch a client that sends
// the wrong word.
func plausible(format string, content []byte) bool {
	begins := func(magic string) bool { return bytes.HasPrefix(content, []byte(magic)) }
	// form is the type of an IFF file, after its magic and size.
	form := func(kind string) bool { return len(content) >= 12 && string(content[8:12]) == kind }
	switch format {
	case "wav":
		return (begins("RIFF") || begins("RF64")) && form("WAVE")
	case "au":
		return begins(".snd")
	case "aiff":
		return begins("FORM") && (form("AIFF") || form("AIFC"))
	case "ogg":
		return begins("OggS")
	case "mp3": // a tag, or the sync of a frame
		return begins("ID3") || len(content) > 1 && content[0] == 0xFF && content[1]&0xE0 == 0xE0
	default:
		return true // gsm and raw have no magic
	}
}
