package library

import (
	"context"
	"fmt"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// Rename gives a file another name. It is lookedUp where Plusofon did not confirm it,
// and the file has that name.
func (a *Account) Rename(ctx context.Context, id plusofon.MediaID, name string) (lookedUp bool, err error) {
	lookedUp, err = coalesce(ctx, a, "rename "+string(id)+" "+name, func(ctx context.Context) (bool, error) {
		sent := a.client.RenameMedia(ctx, id, name)
		return resolveOutcome(ctx, sent, func(ctx context.Context) (bool, error) {
			media, err := a.client.GetMedia(ctx, id)
			return err == nil && media.Name == name, err
		})
	})
	if err != nil {
		return lookedUp, fmt.Errorf("renaming media file %s: %w", id, err)
	}
	return lookedUp, nil
}
