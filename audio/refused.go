package audio

import "errors"

// Reason says why a file is refused.
type Reason string

// The reasons. Detail of [RefusedError] names the kind of file where that
// helps.
const (
	ReasonEmpty             Reason = "empty"
	ReasonCutOff            Reason = "cut_off"             // less sound than the file itself says
	ReasonNoSound           Reason = "no_sound"            // a header with nothing behind it
	ReasonVideo             Reason = "video"               // moving pictures
	ReasonConvertible       Reason = "convertible"         // a sound that browsers decode, but Plusofon doesn't take
	ReasonConvertibleCutOff Reason = "convertible_cut_off" // the end is missing, and browsers decode the rest
	ReasonDamaged           Reason = "damaged"             // what describes the sound is broken
	ReasonOtherAudio        Reason = "other_audio"         // a sound that neither of them takes
	ReasonImage             Reason = "image"
	ReasonDocument          Reason = "document" // text, pages, archives, programs
	ReasonUnknown           Reason = "unknown"
)

// RefusedError is a file that is no sound that Plusofon takes.
type RefusedError struct {
	Reason Reason
	Detail string // short name of what the file is, such as "M4A"; may be empty
}

func (e *RefusedError) Error() string {
	text := "audio: refused: " + string(e.Reason)
	if e.Detail != "" {
		text += " (" + e.Detail + ")"
	}
	return text
}

func refuse(reason Reason, detail string) error {
	return &RefusedError{Reason: reason, Detail: detail}
}

// ErrNotPlayable means that a sound cannot be turned into one that browsers
// play.
var ErrNotPlayable = errors.New("audio: no browser plays this sound")
