package library

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// lookupTime is how long looking up may take. It does not come out of the time of the
// request, which may be used up by then.
const lookupTime = 20 * time.Second

// resolveOutcome finds out what became of a write. A write that Plusofon neither
// confirmed nor refused is never sent again: it is looked up. Found done, it is a
// success, of which the user is told that it had to be looked up; found not done, it
// is ErrNotDone; and if looking fails too, its outcome stays unknown.
func resolveOutcome(ctx context.Context, err error, done func(ctx context.Context) (bool, error)) (lookedUp bool, _ error) {
	if !errors.Is(err, plusofon.ErrOutcomeUnknown) {
		return false, err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookupTime)
	defer cancel()
	found, lookupErr := done(ctx)
	switch {
	case lookupErr != nil:
		return true, fmt.Errorf("%w; looking it up failed: %w", err, lookupErr)
	case !found:
		return true, fmt.Errorf("%w: %w", ErrNotDone, err)
	default:
		return true, nil
	}
}
