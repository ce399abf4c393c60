package library

import (
	"context"
	"time"
)

// writeTime bounds a write with all that belongs to it. It is above what the
// client of Plusofon allows for the largest upload.
const writeTime = 10 * time.Minute

// coalesce carries out a write once for each session and target: whoever clicks
// twice gets the outcome of the first click. A write that has begun is finished even
// when its user leaves, so that nothing stays half done.
func coalesce[T any](ctx context.Context, a *Account, target string, write func(ctx context.Context) (T, error)) (T, error) {
	done, err, _ := a.library.writes.Do(a.session+" "+target, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeTime)
		defer cancel()
		// Whatever came of it, what is known of all files may be out of date.
		defer a.library.catalog.Forget(a.id)
		return write(ctx)
	})
	result, _ := done.(T)
	return result, err
}
