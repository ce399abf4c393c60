package views

import "context"

// MediaShow is the page of one file.
type MediaShow struct {
	Row MediaRow
	// Facts is what was read from the file itself, empty if that failed.
	Facts []Fact
	// Refusal says why a content that was read is no sound that Plusofon plays, empty
	// if it is one.
	Refusal string
	// Playable is false where no browser can play the sound in any form.
	Playable bool
	// Older is the version that this file takes the place of, nil for none.
	Older *MediaRow
	// Rename and Delete say what the page was opened for.
	Rename, Delete bool
	// BackURL is the list from which the page was opened.
	BackURL string
	// Accept is what the file chooser offers, as in the attribute accept.
	Accept string
}

// Fact is one thing that is known of a file, in words.
type Fact struct{ Name, Value string }

func (m MediaShow) title(ctx context.Context) string { return m.Row.Shown(ctx) }
