package plusofon_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

const token = "a-token-that-nobody-may-see"

// sentinels are all the meanings of a failure, so that a test can say which
// hold and which don't.
var sentinels = []error{
	plusofon.ErrTokenRefused, plusofon.ErrNotFound, plusofon.ErrUnavailable, plusofon.ErrTimeout,
	plusofon.ErrRateLimited, plusofon.ErrUnexpectedAnswer, plusofon.ErrOutcomeUnknown, plusofon.ErrInvalidID,
	plusofon.ErrNoFile, plusofon.ErrRejected, plusofon.ErrRangeNotSatisfiable, plusofon.ErrContentSize,
}

// serve starts a server and returns a client of it.
func serve(t testing.TB, handler http.HandlerFunc, options ...plusofon.Option) *plusofon.Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return newClient(t, append([]plusofon.Option{
		plusofon.WithBaseURL(server.URL),
		plusofon.WithHTTPClient(server.Client()),
	}, options...)...)
}

func newClient(t testing.TB, options ...plusofon.Option) *plusofon.Client {
	t.Helper()
	client, err := plusofon.New(token, options...)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// answer is a handler that always answers the same.
func answer(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

// roundTrip is a transport without a network.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// call is one call of the client, by any of its methods.
type call struct {
	name   string
	writes bool
	do     func(*plusofon.Client) error
}

func calls(t testing.TB) []call {
	ctx := t.Context()
	return []call{
		{"list", false, func(c *plusofon.Client) error { _, err := c.ListMedia(ctx, 1); return err }},
		{"get", false, func(c *plusofon.Client) error { _, err := c.GetMedia(ctx, "1"); return err }},
		{"file", false, func(c *plusofon.Client) error {
			file, err := c.OpenFile(ctx, "1", nil)
			if err != nil {
				return err
			}
			_, err = io.Copy(io.Discard, file.Body)
			return errors.Join(err, file.Body.Close())
		}},
		{"standard", false, func(c *plusofon.Client) error { _, err := c.ListStandardMedia(ctx); return err }},
		{"upload", true, func(c *plusofon.Client) error {
			return c.UploadMedia(ctx, plusofon.Upload{Name: "n", Format: plusofon.MP3, Content: strings.NewReader("sound"), Size: 5})
		}},
		{"add", true, func(c *plusofon.Client) error { return c.AddStandardMedia(ctx, "n", "f6") }},
		{"rename", true, func(c *plusofon.Client) error { return c.RenameMedia(ctx, "1", "n") }},
		{"delete", true, func(c *plusofon.Client) error { return c.DeleteMedia(ctx, "1") }},
	}
}

// wantMeaning fails unless exactly the given sentinels hold for err, and it is
// an Error that doesn't show the token.
func wantMeaning(t testing.TB, err error, want ...error) *plusofon.Error {
	t.Helper()
	failed, ok := errors.AsType[*plusofon.Error](err)
	if !ok {
		t.Fatalf("got %v (%T), want an *Error", err, err)
	}
	for _, sentinel := range sentinels {
		wanted := false
		for _, w := range want {
			wanted = wanted || w == sentinel
		}
		if got := errors.Is(err, sentinel); got != wanted {
			t.Errorf("errors.Is(%q, %q) = %t, want %t", err, sentinel, got, wanted)
		}
	}
	if text := fmt.Sprintf("%v %+v %q", err, err, failed.Message); strings.Contains(text, token) {
		t.Errorf("the error shows the token: %s", text)
	}
	return failed
}

// silent takes the complaints of a server about what a test does to it.
var silent = log.New(io.Discard, "", 0)

// bomb is a gzip of a text followed by many spaces.
func bomb(t testing.TB, text string, spaces int) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text+strings.Repeat(" ", spaces)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
