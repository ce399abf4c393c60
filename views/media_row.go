package views

import "context"

// MediaRow is one file in the list.
type MediaRow struct {
	ID   string
	Name string // as Plusofon has it
	// Usable is false for a file whose number can't address it.
	Usable bool
	// New marks a file that has just been added.
	New bool
	// Matches are the parts of the name that were searched for, in bytes.
	Matches []Span
}

// Span is a part of a text, in bytes.
type Span struct{ Start, End int }

// part is a piece of a name as it is shown.
type part struct {
	text   string
	marked bool
}

// parts cuts the name as it is shown where what was searched for begins and
// ends. A name that has to be changed to be shown is not marked.
func (r MediaRow) parts(shown string) []part {
	if len(r.Matches) == 0 || shown != r.Name {
		return []part{{text: shown}}
	}
	var parts []part
	end := 0
	for _, match := range r.Matches {
		parts = append(parts, part{text: shown[end:match.Start]}, part{text: shown[match.Start:match.End], marked: true})
		end = match.End
	}
	return append(parts, part{text: shown[end:]})
}

// Shown is the name as it is shown.
func (r MediaRow) Shown(ctx context.Context) string { return shownName(ctx, r.Name) }

func (r MediaRow) url() string         { return FilePath(r.ID) }
func (r MediaRow) previewURL() string  { return r.url() + "/preview" }
func (r MediaRow) downloadURL() string { return r.url() + "/file?download=1" }
