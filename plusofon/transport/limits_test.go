package transport_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/plusofon-dashboard/dashboard/plusofon"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
	"github.com/plusofon-dashboard/dashboard/plusofon/transport"
)

// The other tests have short limits of their own, or none to wait for.
func TestLimitsOfTheProgram(t *testing.T) {
	t.Parallel()
	limits := transport.Defaults()
	for _, tt := range []struct {
		name      string
		got, want time.Duration
	}{
		{"to connect", limits.Connect, 5 * time.Second},
		{"for TLS", transport.Connections().TLSHandshakeTimeout, 5 * time.Second},
		{"to answer", limits.Answer, 15 * time.Second},
		{"to answer an upload", limits.UploadAnswer, 60 * time.Second},
		{"of silence in a body", limits.BodySilence, 20 * time.Second},
	} {
		if tt.got != tt.want {
			t.Errorf("%s there are %s, want %s", tt.name, tt.got, tt.want)
		}
	}
	shortest, longest := time.Hour, time.Duration(0)
	for range 1000 {
		delay := limits.RetryDelay()
		shortest, longest = min(shortest, delay), max(longest, delay)
	}
	if shortest < 100*time.Millisecond || shortest > 150*time.Millisecond || longest < 350*time.Millisecond || longest > 400*time.Millisecond {
		t.Errorf("%s to %s before a second try, want 100 to 400 ms by chance", shortest, longest)
	}
}

// A server that is there, but does not shake hands.
func TestNoHandshake(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		listener := newPipes()
		base := transport.Connections()
		base.DialContext = listener.dial
		go func() {
			for range 2 {
				conn, err := listener.Accept()
				if err != nil {
					return
				}
				_, _ = io.Copy(io.Discard, conn) // until the client hangs up
			}
		}()
		client := newClient(t, "https://plusofon.test", transport.Over(base, transport.Config{}))
		began := time.Now()
		_, err := client.ListMedia(t.Context(), 1)
		wantMeaning(t, err, plusofon.ErrUnavailable)
		wantMeaning(t, client.DeleteMedia(t.Context(), "7"), plusofon.ErrUnavailable) // and nothing unknown
		if took := time.Since(began); took != 2*5*time.Second {
			t.Errorf("given up after %v, want 5 s each", took)
		}
	})
}

func TestNoAnswer(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		call func(*testing.T, *plusofon.Client) error
		want []error
		took time.Duration
	}{
		{"to a read", func(t *testing.T, c *plusofon.Client) error {
			_, err := c.ListMedia(t.Context(), 1)
			return err
		}, []error{plusofon.ErrTimeout}, 15 * time.Second},
		{"to a write without a body", func(t *testing.T, c *plusofon.Client) error {
			return c.DeleteMedia(t.Context(), "7")
		}, []error{plusofon.ErrTimeout, plusofon.ErrOutcomeUnknown}, 15 * time.Second},
		{"to a write with a small body", func(t *testing.T, c *plusofon.Client) error {
			return c.RenameMedia(t.Context(), "7", "x")
		}, []error{plusofon.ErrTimeout, plusofon.ErrOutcomeUnknown}, 15 * time.Second},
		{"to another one", func(t *testing.T, c *plusofon.Client) error {
			return c.AddStandardMedia(t.Context(), "x", "f6965c7eadb44c1a5aae6b99df4da814")
		}, []error{plusofon.ErrTimeout, plusofon.ErrOutcomeUnknown}, 15 * time.Second},
		{"to an upload", func(t *testing.T, c *plusofon.Client) error {
			return upload(t, c, zeros())
		}, []error{plusofon.ErrTimeout, plusofon.ErrOutcomeUnknown}, time.Minute},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client, api, _ := startInMemory(t, transport.Config{})
				api.Fail(plusofontest.Match("", "/api/v1/media*"), plusofontest.Hang())
				api.Fail(plusofontest.Match("", "/api/v1/media/*"), plusofontest.Hang())
				began := time.Now()
				wantMeaning(t, tt.call(t, client), tt.want...)
				if took := time.Since(began); took != tt.took {
					t.Errorf("given up after %v, want %v", took, tt.took)
				}
				wantAsked(t, api, 1)
			})
		})
	}
}

// drip sends the first bytes of an answer one by one with pauses, and then the
// rest at once.
func drip(bytes int, pause time.Duration) plusofontest.Fault {
	return func(w http.ResponseWriter, r *http.Request, api http.Handler) {
		api.ServeHTTP(&dripWriter{w, r.Context(), bytes, pause}, r)
	}
}

type dripWriter struct {
	http.ResponseWriter
	ctx   context.Context
	left  int
	pause time.Duration
}

func (w *dripWriter) Write(p []byte) (int, error) {
	sent := 0
	for ; w.left > 0 && sent < len(p); w.left-- {
		w.ResponseWriter.(http.Flusher).Flush()
		select {
		case <-time.After(w.pause):
		case <-w.ctx.Done():
			panic(http.ErrAbortHandler)
		}
		if _, err := w.ResponseWriter.Write(p[sent : sent+1]); err != nil {
			return sent, err
		}
		sent++
	}
	n, err := w.ResponseWriter.Write(p[sent:])
	return sent + n, err
}

func TestFileOfAnyLength(t *testing.T) {
	t.Parallel()
	for name, contentType := range map[string]string{"audio": "audio/mpeg", "called JSON": "application/json"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client, api, _ := startInMemory(t, transport.Config{}, plusofontest.WithFileContentType(contentType))
				api.Fail(plusofontest.Match("GET", "/api/v1/media/7/file"), drip(100, 19*time.Second))
				began := time.Now()
				n, err := download(t, client)
				if n != fileSize || err != nil {
					t.Errorf("%d bytes, %v", n, err)
				}
				if took := time.Since(began); took != 1900*time.Second {
					t.Errorf("took %v", took)
				}
				wantAsked(t, api, 1)
			})
		})
	}
}

func download(t *testing.T, client *plusofon.Client) (int64, error) {
	file, err := client.OpenFile(t.Context(), "7", nil)
	if err != nil {
		return 0, err
	}
	defer file.Body.Close()
	return io.Copy(io.Discard, file.Body)
}

func TestFileThatStandsStill(t *testing.T) {
	t.Parallel()
	for name, sent := range map[string]int{"from the start": 0, "in the middle": 1000} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client, api, _ := startInMemory(t, transport.Config{})
				api.Fail(plusofontest.Match("GET", "/api/v1/media/7/file"), plusofontest.Drip(drops(sent)))
				began := time.Now()
				n, err := download(t, client)
				wantMeaning(t, err, plusofon.ErrTimeout)
				if took := time.Since(began); took != 20*time.Second || n != int64(sent) {
					t.Errorf("given up after %v and %d bytes", took, n)
				}
				wantAsked(t, api, 1)
			})
		})
	}
}

// drops lets so many bytes through and then no more.
func drops(n int) <-chan struct{} {
	c := make(chan struct{}, n)
	for range n {
		c <- struct{}{}
	}
	return c
}

// Everything but a file is short, whatever it is called: what comes byte by byte
// has no use.
func TestAnswersByteByByte(t *testing.T) {
	t.Parallel()
	calls := map[string]func(*testing.T, *plusofon.Client) error{
		"list": func(t *testing.T, c *plusofon.Client) error {
			_, err := c.ListMedia(t.Context(), 1)
			return err
		},
		"delete": func(t *testing.T, c *plusofon.Client) error { return c.DeleteMedia(t.Context(), "7") },
		"file": func(t *testing.T, c *plusofon.Client) error {
			_, err := download(t, c)
			return err
		},
	}
	for _, status := range []int{http.StatusOK, http.StatusInternalServerError, http.StatusBadGateway} {
		for _, contentType := range []string{"application/json", "text/html", ""} {
			for name, call := range calls {
				if name == "file" && status == http.StatusOK {
					continue // takes as long as it moves: TestFileOfAnyLength
				}
				t.Run(fmt.Sprintf("%s %d %s", name, status, contentType), func(t *testing.T) {
					t.Parallel()
					synctest.Test(t, func(t *testing.T) {
						client, api, _ := startInMemory(t, transport.Config{})
						api.FailBy(always(drippedPage(status, contentType)))
						began := time.Now()
						if err := call(t, client); err == nil {
							t.Error("it did not fail")
						}
						if took := time.Since(began); took != 20*time.Second {
							t.Errorf("given up after %v", took)
						}
						wantAsked(t, api, 1)
					})
				})
			}
		}
	}
}

// drippedPage sends an answer of 5,000 bytes, one a second.
func drippedPage(status int, contentType string) plusofontest.Fault {
	return func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
		w.Header()["Content-Type"] = nil // or net/http would make one up
		if contentType != "" {
			w.Header().Set("Content-Type", contentType)
		}
		w.WriteHeader(status)
		_, _ = (&dripWriter{w, r.Context(), 5000, time.Second}).Write(bytes.Repeat([]byte("<"), 5000)) // the client leaves
	}
}

func TestSlowReaderIsNoFault(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		stack := transport.Over(roundTrip(func(r *http.Request) (*http.Response, error) {
			body := io.NopCloser(withContext{r, zeros()})
			return &http.Response{StatusCode: http.StatusOK, Body: body}, nil
		}), transport.Config{})
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://plusofon.test/api/v1/media/7/file", nil)
		if err != nil {
			t.Fatal(err)
		}
		response, err := stack.RoundTrip(request)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		time.Sleep(time.Hour) // before its first read, too
		n, err := io.Copy(io.Discard, slowly{response.Body, time.Minute})
		if n != fileSize || err != nil {
			t.Errorf("%d bytes, %v", n, err)
		}
	})
}

// withContext is a body that ends with its request, as net/http's does.
type withContext struct {
	request *http.Request
	io.Reader
}

func (b withContext) Read(p []byte) (int, error) {
	if err := b.request.Context().Err(); err != nil {
		return 0, err
	}
	return b.Reader.Read(p)
}
