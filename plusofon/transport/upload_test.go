package transport_test

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/plusofon-dashboard/dashboard/plusofon"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
	"github.com/plusofon-dashboard/dashboard/plusofon/transport"
)

func upload(t *testing.T, client *plusofon.Client, content io.Reader) error {
	return client.UploadMedia(t.Context(), plusofon.Upload{Name: "x", Format: plusofon.RAW, Content: content, Size: fileSize})
}

// slowly gives a piece at a time, with a pause before each.
type slowly struct {
	io.Reader
	pause time.Duration
}

func (s slowly) Read(p []byte) (int, error) {
	time.Sleep(s.pause)
	return s.Reader.Read(p[:min(len(p), 20_000)])
}

// An upload may take as long as it moves, whichever end is the slow one. The
// time for the answer begins when all of it was sent.
func TestSlowUpload(t *testing.T) {
	t.Parallel()
	reads := func(pause time.Duration) plusofontest.Fault {
		return func(w http.ResponseWriter, r *http.Request, api http.Handler) {
			body, err := io.ReadAll(bufio.NewReaderSize(slowly{r.Body, pause}, 20_000))
			if err != nil {
				panic(http.ErrAbortHandler)
			}
			time.Sleep(59 * time.Second)
			r.Body = io.NopCloser(bytes.NewReader(body))
			api.ServeHTTP(w, r)
		}
	}
	for _, tt := range []struct {
		name    string
		content io.Reader
		fault   plusofontest.Fault
	}{
		{"by the content", slowly{zeros(), 2 * time.Minute}, reads(0)},
		{"by Plusofon", zeros(), reads(20 * time.Second)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client, api, _ := startInMemory(t, transport.Config{})
				api.Fail(plusofontest.Match("POST", "/api/v1/media"), tt.fault)
				began := time.Now()
				wantMeaning(t, upload(t, client, tt.content))
				if took := time.Since(began); took < 5*time.Minute {
					t.Errorf("took %v: not slow at all", took)
				}
				wantAsked(t, api, 1)
			})
		})
	}
	t.Run("that stands still", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			client, api, _ := startInMemory(t, transport.Config{})
			api.Fail(plusofontest.Match("POST", "/api/v1/media"), readsNothing)
			wantMeaning(t, upload(t, client, zeros()), plusofon.ErrTimeout, plusofon.ErrOutcomeUnknown)
			wantAsked(t, api, 1)
		})
	})
}

func readsNothing(_ http.ResponseWriter, r *http.Request, _ http.Handler) {
	<-r.Context().Done()
	panic(http.ErrAbortHandler)
}
