package plusofon

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// largestAnswer is how much JSON is read of an answer, after decompression.
const largestAnswer = 2 << 20

// read sends a request that changes nothing and decodes its answer. Whether the
// fields that must be there are there is the caller's to check.
func (c *Client) read(ctx context.Context, r request, answer any) (*exchange, error) {
	x, err := c.send(ctx, r)
	if err != nil {
		return nil, err
	}
	body, err := x.success()
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(body, answer); err != nil {
		return nil, x.unexpected(fmt.Errorf("decoding JSON: %w", err))
	}
	return x, nil
}

// write sends a request that changes something. Only {"success":true} says that
// it was done.
func (c *Client) write(ctx context.Context, r request) error {
	x, err := c.send(ctx, r)
	if err != nil {
		return err
	}
	body, err := x.success()
	if err != nil {
		return err
	}
	var answer verdict
	if err := json.Unmarshal(body, &answer); err != nil {
		return x.unexpected(fmt.Errorf("decoding JSON: %w", err))
	}
	if string(answer.Success) != "true" {
		return x.unexpected(errors.New("success is not confirmed"))
	}
	return nil
}

// success reads the whole answer and closes it. An answer that is a failure,
// by its status or by what it says, is an error.
func (x *exchange) success() ([]byte, error) {
	defer x.response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(x.response.Body, largestAnswer+1))
	if err == nil && len(body) > largestAnswer {
		body, err = nil, errors.New("more than 2 MiB of JSON")
		if x.succeeded() {
			return nil, x.unexpected(err)
		}
	}
	if !x.succeeded() {
		return nil, x.refused(readVerdict(body), err)
	}
	if err != nil {
		return nil, x.broken(true, fmt.Errorf("reading the answer: %w", err))
	}
	if v := readVerdict(body); v.failed() {
		return nil, x.refused(v, nil)
	}
	return body, nil
}

func (x *exchange) succeeded() bool {
	return x.response.StatusCode/100 == http.StatusOK/100
}
