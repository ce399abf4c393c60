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
}

func (r MediaRow) shown(ctx context.Context) string { return shownName(ctx, r.Name) }

func (r MediaRow) url() string         { return "/media/" + r.ID }
func (r MediaRow) previewURL() string  { return r.url() + "/preview" }
func (r MediaRow) downloadURL() string { return r.url() + "/file?download=1" }
