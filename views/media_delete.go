package views

import (
	"context"

	"github.com/plusofon-dashboard/dashboard/views/locale"
)

// DeleteQuestion asks whether many files go.
type DeleteQuestion struct {
	Names []string // of the first ones
	Count int      // of all
	IDs   string   // as the form has to send them
}

// DeleteReport is what came of deleting many files.
type DeleteReport struct {
	Total   int
	Deleted int
	Missing int // were not there any longer
	Failed  []FailedDeletion
	Left    int    // not begun
	Stopped string // why the rest is not begun, empty if it is only for the time
	IDs     string // of those that can be tried again, as the form has to send them
}

// FailedDeletion is a file that is still there, or may be.
type FailedDeletion struct{ ID, Name, Reason string }

// shown names the file. A name that could not be asked for is not empty, but
// unknown.
func (f FailedDeletion) shown(ctx context.Context) string {
	if f.Name == "" {
		return locale.T(ctx, "deletion.number", "id", f.ID)
	}
	return locale.T(ctx, "deletion.named", "name", shownName(ctx, f.Name))
}
