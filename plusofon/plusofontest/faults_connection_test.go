package plusofontest_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

func TestReset(t *testing.T) {
	t.Parallel()
	for _, call := range calls {
		server, got := once(t, plusofontest.Reset(), call.method, call.path, call.body)
		if got.err == nil || got.status != 0 {
			t.Errorf("%s %s: got %+v", call.method, call.path, got)
		}
		if files := server.Files(token); len(files) != 1 || files[0].Name != "Sound" {
			t.Errorf("%s %s was carried out: %v", call.method, call.path, files)
		}
	}
	if _, got := once(t, plusofontest.Reset(), "GET", listPath, ""); !errors.Is(got.err, syscall.ECONNRESET) {
		t.Errorf("got %v, want a reset connection", got.err)
	}
}

func TestResetOfTLS(t *testing.T) {
	t.Parallel()
	server := plusofontest.NewTLSServer(plusofontest.WithAccount(token))
	t.Cleanup(server.Close)
	if got := do(t, server, "GET", listPath, "").body; !strings.Contains(got, `"path":"https:`) {
		t.Errorf("got %s", got)
	}
	server.Fail(plusofontest.Match("GET", listPath), plusofontest.Reset())
	if got := send(server, request(t, server, "GET", listPath, "")); !errors.Is(got.err, syscall.ECONNRESET) {
		t.Errorf("got %v, want a reset connection", got.err)
	}
	if _, err := http.DefaultTransport.RoundTrip(request(t, server, "GET", listPath, "")); err == nil {
		t.Error("its certificate is trusted by everybody")
	}
}

func TestCutOff(t *testing.T) {
	t.Parallel()
	for _, length := range []int{0, 4} {
		_, got := once(t, plusofontest.CutOff(length), "GET", filePath, "")
		if !errors.Is(got.err, syscall.ECONNRESET) || got.length != 10 || got.body != "0123456789"[:length] {
			t.Errorf("got %+v", got)
		}
	}
	server, got := once(t, plusofontest.CutOff(3), "PATCH", mediaPath, `{"name":"New"}`)
	if got.err == nil || got.body != `{"s` || server.Files(token)[0].Name != "New" {
		t.Errorf("got %+v", got)
	}
}

// A large body comes in several writes.
func TestCutOffInTheMiddle(t *testing.T) {
	t.Parallel()
	const whole, length = 200_000, 40_000
	server := withFiles(t, plusofontest.File{Name: "Long", Size: whole, Open: func() (io.ReadSeeker, error) {
		return io.NewSectionReader(zeroBytes{}, 0, whole), nil
	}})
	server.Fail(plusofontest.Match("GET", filePath), plusofontest.CutOff(length))
	// The reset may overtake the end of what was sent.
	got := send(server, request(t, server, "GET", filePath, ""))
	if !errors.Is(got.err, syscall.ECONNRESET) || got.length != whole || len(got.body) == 0 || len(got.body) > length {
		t.Errorf("got %d of %d bytes, %v", len(got.body), got.length, got.err)
	}
}

func TestCarriedOut(t *testing.T) {
	t.Parallel()
	server, got := once(t, plusofontest.CarriedOut(plusofontest.Reset()), "POST", listPath, upload("New", "raw", "x"))
	if got.err == nil || len(server.Files(token)) != 2 {
		t.Errorf("upload: %v, %v", got.err, server.Files(token))
	}
	server, got = once(t, plusofontest.CarriedOut(plusofontest.Reset()), "DELETE", mediaPath, "")
	if !errors.Is(got.err, syscall.ECONNRESET) || len(server.Files(token)) != 0 {
		t.Errorf("delete: %v, %v", got.err, server.Files(token))
	}
	server, got = once(t, plusofontest.CarriedOut(plusofontest.HTML(504)), "PATCH", mediaPath, `{"name":"New"}`)
	if got.status != 504 || server.Files(token)[0].Name != "New" {
		t.Errorf("rename: %v, %v", got, server.Files(token))
	}
}

// started sends a request in the background, and waits until it is there.
func started(t *testing.T, server *plusofontest.Server, ctx context.Context, method, path, body string) <-chan answer {
	t.Helper()
	answers := make(chan answer, 1)
	r := request(t, server, method, path, body).WithContext(ctx)
	go func() { answers <- send(server, r) }()
	if err := server.Await(t.Context(), method, path, 1); err != nil {
		t.Fatal(err)
	}
	return answers
}

func TestHang(t *testing.T) {
	t.Parallel()
	server := withFiles(t, sound)
	server.Fail(plusofontest.Match("PATCH", mediaPath), plusofontest.Hang())
	ctx, leave := context.WithCancel(t.Context())
	answers := started(t, server, ctx, "PATCH", mediaPath, `{"name":"New"}`)
	leave()
	if got := <-answers; !errors.Is(got.err, context.Canceled) {
		t.Errorf("got %+v", got)
	}
	server.Server.Close() // waits for the request to end, and does not end it
	if got := server.Files(token)[0].Name; got != "Sound" {
		t.Errorf("renamed to %q", got)
	}
}

func TestCloseEndsHanging(t *testing.T) {
	t.Parallel()
	server := withFiles(t, sound)
	server.Fail(plusofontest.Match("GET", listPath), plusofontest.Hang())
	answers := started(t, server, t.Context(), "GET", listPath, "")
	server.Close()
	if got := <-answers; got.err == nil {
		t.Errorf("got %+v", got)
	}
}

func TestHold(t *testing.T) {
	t.Parallel()
	server := withFiles(t, sound)
	release := make(chan struct{})
	server.Fail(plusofontest.Match("PATCH", mediaPath), plusofontest.Hold(release))
	answers := started(t, server, t.Context(), "PATCH", mediaPath, `{"name":"New"}`)
	if got := server.Files(token)[0].Name; got != "Sound" {
		t.Errorf("already renamed to %q", got)
	}
	close(release)
	(<-answers).is(t, success)
	if got := server.Files(token)[0].Name; got != "New" {
		t.Errorf("not renamed but %q", got)
	}
}

func TestHoldEndsWithTheClient(t *testing.T) {
	t.Parallel()
	server := withFiles(t, sound)
	release := make(chan struct{})
	server.Fail(plusofontest.Match("POST", listPath), plusofontest.Hold(release))
	ctx, leave := context.WithCancel(t.Context())
	answers := started(t, server, ctx, "POST", listPath, upload("n", "raw", strings.Repeat("x", 1<<20)))
	leave()
	<-answers
	server.Server.Close() // waits for the request to end, and does not end it
	if got := len(server.Files(token)); got != 1 {
		t.Errorf("%d files: the request was carried out", got)
	}
}

func TestDrip(t *testing.T) {
	t.Parallel()
	server := withFiles(t, sound)
	next := make(chan struct{})
	server.Fail(plusofontest.Match("GET", filePath), plusofontest.Drip(next))
	response, err := server.Client().Do(request(t, server, "GET", filePath, ""))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	for _, want := range []byte("0123") {
		next <- struct{}{}
		var got [4]byte
		if n, err := response.Body.Read(got[:]); n != 1 || got[0] != want || err != nil {
			t.Fatalf("got %q, %v; want one byte, %q", got[:n], err, want)
		}
	}
	close(next)
	if rest, err := io.ReadAll(response.Body); !bytes.Equal(rest, []byte("456789")) || err != nil {
		t.Errorf("the rest is %q, %v", rest, err)
	}
}

func TestRefuse(t *testing.T) {
	t.Parallel()
	for name, start := range map[string]func(...plusofontest.Option) *plusofontest.Server{
		"plain": plusofontest.NewServer, "TLS": plusofontest.NewTLSServer,
	} {
		t.Run(name, func(t *testing.T) {
			server := start(plusofontest.WithAccount(token, sound))
			t.Cleanup(server.Close)
			server.Fail(plusofontest.Match("GET", filePath), plusofontest.Hang())
			open := started(t, server, t.Context(), "GET", filePath, "")
			accept := server.Refuse()
			if got := <-open; got.err == nil {
				t.Errorf("the open connection got %+v", got)
			}
			if got := send(server, request(t, server, "GET", filePath, "")); !errors.Is(got.err, syscall.ECONNREFUSED) {
				t.Errorf("got %+v", got)
			}
			accept()
			do(t, server, "GET", filePath, "").is(t, "0123456789")
			if got := server.Count("GET", filePath); got != 2 {
				t.Errorf("%d requests came", got)
			}
		})
	}
}
