package plusofon

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// largestAnswer is how much JSON is read of an answer, after decompression.
const largestAnswer = 2 << 20

// statement is an answer that may say of itself that it is a failure: a
// [verdict], or a struct that embeds it.
type statement interface{ said() verdict }

// read sends a request that changes nothing and decodes its answer. Whether the
// fields that must be there are there is the caller's to check.
func (c *Client) read(ctx context.Context, r request, answer statement) (*exchange, error) {
	x, err := c.send(ctx, r)
	if err != nil {
		return nil, err
	}
	return x, x.success(answer)
}

// write sends a request that changes something. Only {"success":true} says that
// it was done.
func (c *Client) write(ctx context.Context, r request) error {
	x, err := c.send(ctx, r)
	if err != nil {
		return err
	}
	var answer verdict
	if err := x.success(&answer); err != nil {
		return err
	}
	if string(answer.Success) != "true" {
		return x.unexpected(errors.New("success is not confirmed"))
	}
	return nil
}

// success reads the whole answer, closes it and decodes it. An answer that is a
// failure, by its status or by what it says, is an error.
func (x *exchange) success(answer statement) error {
	defer x.response.Body.Close()
	body, err := readAtMost(x.response, largestAnswer+1)
	if err == nil && len(body) > largestAnswer {
		body, err = nil, errors.New("more than 2 MiB of JSON")
		if x.succeeded() {
			return x.unexpected(err)
		}
	}
	if !x.succeeded() {
		return x.refused(readVerdict(body), err)
	}
	if err != nil {
		return x.broken(true, fmt.Errorf("reading the answer: %w", err))
	}
	err = json.Unmarshal(body, answer)
	if v := answer.said(); v.failed() { // which is read even if another field can't be
		return x.refused(v, nil)
	}
	if err != nil {
		return x.unexpected(fmt.Errorf("decoding JSON: %w", err))
	}
	return nil
}

// readAtMost reads a body, or so much of it. The room for it is made at once
// where its length is known.
func readAtMost(response *http.Response, most int64) ([]byte, error) {
	limited := io.LimitReader(response.Body, most)
	if response.ContentLength < 0 {
		return io.ReadAll(limited)
	}
	var body bytes.Buffer
	body.Grow(int(min(response.ContentLength, most)) + bytes.MinRead)
	_, err := body.ReadFrom(limited)
	return body.Bytes(), err
}

func (x *exchange) succeeded() bool {
	return x.response.StatusCode/100 == http.StatusOK/100
}
