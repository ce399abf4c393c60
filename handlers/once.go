package handlers

import (
	"context"
	"time"

	"github.com/labstack/echo/v4"
)

// writeTime bounds a write with all that belongs to it. It is above what the
// client of Plusofon allows for the largest upload.
const writeTime = 10 * time.Minute

// once carries out a write once for each session and target: whoever clicks
// twice gets the outcome of the first click. A write that has begun is
// finished even when its user leaves, so that nothing stays half done.
func once[T any](s *server, c echo.Context, target string, write func(ctx context.Context) (T, error)) (T, error) {
	done, err, _ := s.writes.Do(sessionOf(c).ID+" "+target, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request().Context()), writeTime)
		defer cancel()
		// Whatever came of it, what is known of all files may be out of date.
		defer s.catalog.Forget(sessionOf(c).Account)
		return write(ctx)
	})
	result, _ := done.(T)
	return result, err
}
