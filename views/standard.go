package views

import "context"

// Standard is the page of the vendor's presets.
type Standard struct {
	Recordings []StandardRecording
}

// StandardRecording is one preset.
type StandardRecording struct{ ID, Name string }

func (r StandardRecording) shown(ctx context.Context) string { return shownName(ctx, r.Name) }
