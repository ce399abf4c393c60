package plusofon

import (
	"context"
	"errors"
	"net/http"
	"path"
)

// Media is a media file, as far as the API knows it.
type Media struct {
	ID   MediaID `json:"id"`
	Name string  `json:"name"`
}

// mediaAnswer is a [Media] on the wire.
type mediaAnswer struct {
	ID   MediaID     `json:"id"`
	Name looseString `json:"name"`
}

func (a mediaAnswer) media() Media { return Media{ID: a.ID, Name: string(a.Name)} }

// GetMedia returns one file's entry.
func (c *Client) GetMedia(ctx context.Context, id MediaID) (*Media, error) {
	r, err := c.mediaRequest("get media", http.MethodGet, id)
	if err != nil {
		return nil, err
	}
	var answer struct {
		verdict
		mediaAnswer
	}
	x, err := c.read(ctx, r, &answer)
	if err != nil {
		return nil, err
	}
	if answer.ID == "" && answer.Name == "" {
		return nil, x.unexpected(errors.New("neither id nor name"))
	}
	media := answer.media()
	return &media, nil
}

// RenameMedia gives a file another name.
func (c *Client) RenameMedia(ctx context.Context, id MediaID, name string) error {
	r, err := c.mediaRequest("rename media", http.MethodPatch, id)
	if err != nil {
		return err
	}
	return c.write(ctx, r.withJSON(map[string]string{"name": name}))
}

// DeleteMedia deletes a file. Call scenarios that play it are not asked.
func (c *Client) DeleteMedia(ctx context.Context, id MediaID) error {
	r, err := c.mediaRequest("delete media", http.MethodDelete, id)
	if err != nil {
		return err
	}
	return c.write(ctx, r)
}

// mediaRequest addresses one file, or something below it.
func (c *Client) mediaRequest(op, method string, id MediaID, below ...string) (request, error) {
	r := request{op: op, method: method, path: mediaPath}
	if !id.Usable() {
		x := exchange{client: c, request: r}
		return r, x.fail(ErrInvalidID)
	}
	r.path = path.Join(append([]string{mediaPath, string(id)}, below...)...)
	return r, nil
}
