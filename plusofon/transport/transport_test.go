package transport_test

import (
	"net/http"
	"testing"
	"testing/synctest"

	"github.com/plusofon-dashboard/dashboard/plusofon"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
	"github.com/plusofon-dashboard/dashboard/plusofon/transport"
)

var writes = []struct {
	name, method string
	call         func(*testing.T, *plusofon.Client) error
}{
	{"upload", http.MethodPost, func(t *testing.T, c *plusofon.Client) error { return upload(t, c, zeros()) }},
	{"add", http.MethodPost, func(t *testing.T, c *plusofon.Client) error {
		return c.AddStandardMedia(t.Context(), "x", "1")
	}},
	{"rename", http.MethodPatch, func(t *testing.T, c *plusofon.Client) error { return c.RenameMedia(t.Context(), "7", "x") }},
	{"delete", http.MethodDelete, func(t *testing.T, c *plusofon.Client) error { return c.DeleteMedia(t.Context(), "7") }},
}

func TestWritesAreNeverRepeated(t *testing.T) {
	t.Parallel()
	unavailable := []error{plusofon.ErrUnavailable, plusofon.ErrOutcomeUnknown}
	for _, fault := range []struct {
		name string
		do   plusofontest.Fault
		want []error
	}{
		{"reset", plusofontest.Reset(), unavailable},
		{"done, then reset", plusofontest.CarriedOut(plusofontest.Reset()), unavailable},
		{"reset in the answer", plusofontest.CutOff(3), unavailable},
		{"500", plusofontest.HTML(500), unavailable},
		{"502", plusofontest.HTML(502), unavailable},
		{"503, try again at once", plusofontest.RetryAfter(503, "0"), unavailable},
		{"429, try again at once", plusofontest.RetryAfter(429, "0"), []error{plusofon.ErrRateLimited, plusofon.ErrUnavailable}},
		{"no answer", plusofontest.Hang(), []error{plusofon.ErrTimeout, plusofon.ErrOutcomeUnknown}},
	} {
		for _, write := range writes {
			t.Run(fault.name+"/"+write.name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					client, api, _ := startInMemory(t, transport.Config{})
					// A used connection: there net/http has ideas of its own.
					if _, err := client.ListMedia(t.Context(), 1); err != nil {
						t.Fatal(err)
					}
					api.FailBy(func(*http.Request) plusofontest.Fault { return fault.do })
					wantMeaning(t, write.call(t, client), fault.want...)
					if asked := api.Count(write.method, "/api/v1/media*") + api.Count(write.method, "/api/v1/media/*"); asked != 1 {
						t.Errorf("%d times %s, want once", asked, write.method)
					}
				})
			})
		}
	}
}

// Where nobody listens, nothing was sent, and so nothing is unknown.
func TestNobodyListens(t *testing.T) {
	t.Parallel()
	client, api, _ := start(t)
	api.Refuse()
	for _, write := range writes {
		wantMeaning(t, write.call(t, client), plusofon.ErrUnavailable)
	}
	_, err := client.ListMedia(t.Context(), 1)
	wantMeaning(t, err, plusofon.ErrUnavailable)
	wantAsked(t, api, 0)
}

func TestOnlyKnownHeadersGoOut(t *testing.T) {
	t.Parallel()
	_, api, stack := start(t)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, api.URL+"/api/v1/media", nil)
	if err != nil {
		t.Fatal(err)
	}
	unwanted := []string{"Idempotency-Key", "X-Idempotency-Key", "Cookie", "Referer", "X-Forwarded-For"}
	for _, name := range unwanted {
		request.Header.Set(name, "x")
	}
	request.Header.Set("Client", "10553")
	request.Header.Set("Range", "bytes=0-1")
	response, err := stack.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	sent := api.Requests()[0].Header
	if sent.Get("Client") != "10553" || sent.Get("Range") != "bytes=0-1" {
		t.Errorf("sent %v", sent)
	}
	for _, name := range unwanted {
		if sent.Get(name) != "" {
			t.Errorf("sent %s", name)
		}
		if request.Header.Get(name) == "" {
			t.Error("the caller's request was changed")
		}
	}
}
