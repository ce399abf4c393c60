package library

import (
	"context"
	"errors"
	"fmt"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// Deleted is a file that is there no longer.
type Deleted struct {
	Name     string
	LookedUp bool // for Plusofon did not confirm it
}

// Delete deletes a file. If Plusofon does not confirm it, the file is looked for:
// where it is gone, it is deleted. The name, for the message, is asked for before,
// since nobody knows it afterwards.
func (a *Account) Delete(ctx context.Context, id plusofon.MediaID) (Deleted, error) {
	file, err := coalesce(ctx, a, "delete "+string(id), func(ctx context.Context) (Deleted, error) {
		media, err := a.client.GetMedia(ctx, id)
		if err != nil {
			return Deleted{}, err
		}
		sent := a.client.DeleteMedia(ctx, id)
		lookedUp, err := resolveOutcome(ctx, sent, func(ctx context.Context) (bool, error) { return a.isGone(ctx, id) })
		return Deleted{media.Name, lookedUp}, err
	})
	if err != nil {
		return file, fmt.Errorf("deleting media file %s: %w", id, err)
	}
	return file, nil
}

func (a *Account) isGone(ctx context.Context, id plusofon.MediaID) (bool, error) {
	_, err := a.client.GetMedia(ctx, id)
	if errors.Is(err, plusofon.ErrNotFound) {
		return true, nil
	}
	return false, err
}
