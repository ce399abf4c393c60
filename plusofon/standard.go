package plusofon

import (
	"context"
	"errors"
	"net/http"
)

// StandardMedia is a recording made by the vendor, to be added to one's own
// files with [Client.AddStandardMedia].
type StandardMedia struct {
	ID, Name string
}

// ListStandardMedia returns the vendor's recordings.
func (c *Client) ListStandardMedia(ctx context.Context) ([]StandardMedia, error) {
	var answer struct {
		verdict
		StandardMedia *[]struct {
			ID   looseString `json:"id"`
			Name looseString `json:"name"`
		} `json:"standard_media"`
	}
	r := request{op: "list standard media", method: http.MethodGet, path: "api/v1/standard-media"}
	x, err := c.read(ctx, r, &answer)
	if err != nil {
		return nil, err
	}
	if answer.StandardMedia == nil {
		return nil, x.unexpected(errors.New("no standard_media"))
	}
	list := make([]StandardMedia, len(*answer.StandardMedia))
	for i, row := range *answer.StandardMedia {
		list[i] = StandardMedia{ID: string(row.ID), Name: string(row.Name)}
	}
	return list, nil
}

// AddStandardMedia adds one of the vendor's recordings to the user's files. The
// API doesn't say which id it got.
func (c *Client) AddStandardMedia(ctx context.Context, name, standardID string) error {
	r := request{op: "add standard media", method: http.MethodPost, path: mediaPath}
	return c.write(ctx, r.withJSON(map[string]string{"name": name, "standard_id": standardID}))
}
