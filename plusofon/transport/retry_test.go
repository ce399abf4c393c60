package transport_test

import (
	"context"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/plusofon-dashboard/dashboard/plusofon"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
	"github.com/plusofon-dashboard/dashboard/plusofon/transport"
)

func TestReadsAreTriedTwice(t *testing.T) {
	t.Parallel()
	const unavailable = `{"message":"Service Unavailable"}`
	for _, tt := range []struct {
		name  string
		fault plusofontest.Fault
		asked int
		want  []error
	}{
		{"a reset", plusofontest.Reset(), 2, nil},
		{"a reset in the middle of JSON", plusofontest.CutOff(40), 2, nil},
		{"502", plusofontest.HTML(502), 2, nil},
		{"503", plusofontest.HTML(503), 2, nil},
		{"503 in JSON", plusofontest.Answer(503, "application/json", unavailable), 2, nil},
		{"504", plusofontest.HTML(504), 2, nil},
		{"429 with a short wait", plusofontest.RetryAfter(429, "0"), 2, nil},
		{"429 with a long wait", plusofontest.RetryAfter(429, "60"), 1, []error{plusofon.ErrRateLimited, plusofon.ErrUnavailable}},
		{"429 that says nothing", plusofontest.HTML(429), 1, []error{plusofon.ErrRateLimited, plusofon.ErrUnavailable}},
		{"500", plusofontest.HTML(500), 1, []error{plusofon.ErrUnavailable}},
		{"a refused token", plusofontest.JSONError(500, 500, "User not found."), 1, []error{plusofon.ErrTokenRefused}},
		{"a refused token as 503", plusofontest.JSONError(503, 500, "User not found"), 1, []error{plusofon.ErrTokenRefused}},
		{"a refused token as 502, not called JSON",
			plusofontest.Answer(502, "text/html", `{"message":"User  not found."}`), 1, []error{plusofon.ErrTokenRefused}},
		{"a file that is not there", plusofontest.JSONError(404, 404, "Media not found."), 1, []error{plusofon.ErrNotFound}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			client, api, _ := start(t)
			api.Fail(plusofontest.Match("GET", "/api/v1/media"), tt.fault)
			_, err := client.ListMedia(t.Context(), 1)
			wantMeaning(t, err, tt.want...)
			wantAsked(t, api, tt.asked)
		})
	}
}

func TestASecondFailureIsTheAnswer(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]plusofontest.Fault{
		"502": plusofontest.HTML(502), "reset": plusofontest.Reset(), "reset in the middle": plusofontest.CutOff(40),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, api, _ := start(t)
			api.Fail(plusofontest.Match("GET", "/api/v1/media"), fault, fault)
			_, err := client.ListMedia(t.Context(), 1)
			wantMeaning(t, err, plusofon.ErrUnavailable)
			wantAsked(t, api, 2)
		})
	}
}

// net/http has a second try of its own on a connection that was used before.
func TestASecondFailureOnAUsedConnection(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]plusofontest.Fault{"reset": plusofontest.Reset(), "reset in the middle": plusofontest.CutOff(40)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, api, _ := start(t)
			if _, err := client.ListMedia(t.Context(), 1); err != nil {
				t.Fatal(err)
			}
			api.Fail(plusofontest.Match("GET", "/api/v1/media"), fault, fault, fault)
			_, err := client.ListMedia(t.Context(), 1)
			wantMeaning(t, err, plusofon.ErrUnavailable)
			wantAsked(t, api, 1+2)
		})
	}
}

// A file that breaks off has been handed on in part: nobody may begin it anew.
func TestFilesAreNotBegunAnew(t *testing.T) {
	t.Parallel()
	client, api, _ := start(t)
	api.Fail(plusofontest.Match("GET", "/api/v1/media/7/file"), plusofontest.CutOff(1000))
	n, err := download(t, client)
	wantMeaning(t, err, plusofon.ErrUnavailable)
	if n > 1000 {
		t.Errorf("%d bytes", n)
	}
	wantAsked(t, api, 1)
}

func TestWaitBeforeTheSecondTry(t *testing.T) {
	t.Parallel()
	const jitter, most = 100 * time.Millisecond, 400 * time.Millisecond
	for _, tt := range []struct {
		name  string
		fault func() plusofontest.Fault
		asked time.Duration // by Plusofon
		tries int
	}{
		{"by chance", func() plusofontest.Fault { return plusofontest.HTML(503) }, 0, 2},
		{"of 5 s", func() plusofontest.Fault { return plusofontest.RetryAfter(503, "5") }, 5 * time.Second, 2},
		{"of 6 s", func() plusofontest.Fault { return plusofontest.RetryAfter(503, "6") }, 0, 1},
		{"until a date", func() plusofontest.Fault {
			return plusofontest.RetryAfter(429, time.Now().Add(4*time.Second).UTC().Format(http.TimeFormat))
		}, 4 * time.Second, 2},
		{"nobody understands", func() plusofontest.Fault { return plusofontest.RetryAfter(503, "soon") }, 0, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client, api, _ := startInMemory(t, transport.Config{})
				api.Fail(plusofontest.Match("GET", "/api/v1/media"), tt.fault())
				began := time.Now()
				_, err := client.ListMedia(t.Context(), 1)
				took := time.Since(began)
				wantAsked(t, api, tt.tries)
				if tt.tries == 1 {
					wantMeaning(t, err, plusofon.ErrUnavailable)
					return
				}
				wantMeaning(t, err)
				if took < tt.asked+jitter || took > tt.asked+most {
					t.Errorf("waited %v", took)
				}
			})
		})
	}
}

// Whoever has less time than the wait takes is told at once what is wrong.
func TestNoTimeForASecondTry(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, api, _ := startInMemory(t, transport.Config{})
		api.Fail(plusofontest.Match("GET", "/api/v1/media"), plusofontest.RetryAfter(503, "5"))
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		began := time.Now()
		_, err := client.ListMedia(ctx, 1)
		wantMeaning(t, err, plusofon.ErrUnavailable)
		if took := time.Since(began); took != 0 {
			t.Errorf("took %v", took)
		}
		wantAsked(t, api, 1)
	})
}

func TestLeavingDuringTheWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, api, _ := startInMemory(t, transport.Config{})
		api.Fail(plusofontest.Match("GET", "/api/v1/media"), plusofontest.RetryAfter(503, "5"))
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		began := time.Now()
		_, err := client.ListMedia(ctx, 1)
		if took := time.Since(began); took != time.Second || err == nil {
			t.Errorf("ended after %v with %v", took, err)
		}
		wantAsked(t, api, 1)
	})
}
