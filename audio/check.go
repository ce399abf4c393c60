package audio

import "time"

// Limits of what can be a sound at all: the rates and numbers of channels that
// programs know, and more than a month.
const (
	maxRate     = 768_000 // Hz
	maxChannels = 64
	longest     = 1000 * time.Hour
)

// check refuses what no sound can be.
func (i Info) check() error {
	switch {
	case i.SampleRate < 1 || i.SampleRate > maxRate,
		i.Channels < 1 || i.Channels > maxChannels,
		i.Duration <= 0 || i.Duration > longest:
		return refuse(ReasonNoSound, "")
	default:
		return nil
	}
}
