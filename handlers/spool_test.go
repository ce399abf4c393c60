package handlers_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// heldBack sends so many bytes of a content, and the rest when more is closed.
func heldBack(content []byte, at int, more <-chan struct{}) plusofontest.Fault {
	return func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
		w.Header().Set("Content-Length", strconv.Itoa(len(content)))
		_, _ = w.Write(content[:at]) // a client may leave, here and below
		_ = http.NewResponseController(w).Flush()
		select {
		case <-more:
			_, _ = w.Write(content[at:])
		case <-r.Context().Done():
		}
	}
}

// startHeld starts a dashboard before a Plusofon that holds back the end of
// its file until release, with a folder of its own for temporary files.
func startHeld(t *testing.T, content []byte, at int) (f *faulty, release func()) {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	f = startLong(t, content)
	more := make(chan struct{})
	release = sync.OnceFunc(func() { close(more) })
	t.Cleanup(release) // a test that fails ends all the same
	f.api.Fail(files7, heldBack(content, at, more))
	return f, release
}

// preview asks for one that the caller reads and closes.
func (f *faulty) preview() *http.Response {
	f.t.Helper()
	ctx, cancel := context.WithTimeout(f.t.Context(), 20*time.Second)
	f.t.Cleanup(cancel)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, f.url+"/media/7/preview", nil)
	if err != nil {
		f.t.Fatal(err)
	}
	response, err := f.client.Do(request)
	if err != nil {
		f.t.Fatal(err)
	}
	return response
}

func noTemporaryFiles(t *testing.T) {
	t.Helper()
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) != 0 {
		t.Errorf("temporary files %v, %v", left, err)
	}
}

// A sound that is converted begins to play before all of it has come, and what
// is kept of it meanwhile has no name on the disk.
func TestAPreviewBeginsBeforeTheFileIsThere(t *testing.T) {
	content := longAU(longSize)
	f, release := startHeld(t, content, longSize/2)
	response := f.preview()
	defer response.Body.Close()
	begun := make([]byte, longSize/4)
	if _, err := io.ReadFull(response.Body, begun); err != nil {
		t.Fatal(err)
	}
	noTemporaryFiles(t)
	release()
	rest, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	played := append(begun, rest...)
	sound := content[24:] // µ-law stays what it is: behind another header, before padding
	if at := len(played) - len(sound); at <= 0 || !bytes.Equal(played[at:], sound) || int64(len(played)) != response.ContentLength {
		t.Errorf("%d bytes of announced %d, not the sound of the file", len(played), response.ContentLength)
	}
	f.rested()
	noTemporaryFiles(t)
}

// Whoever leaves a preview leaves nothing behind.
func TestAClientLeavesAPreview(t *testing.T) {
	f, _ := startHeld(t, longAU(longSize), longSize/2)
	response := f.preview()
	if _, err := io.CopyN(io.Discard, response.Body, 100_000); err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	f.upstreamEnds()
	f.rested()
	noTemporaryFiles(t)
}

// The limit itself is allowed, and more is not.
func TestTheLargestUpload(t *testing.T) {
	t.Parallel()
	d := signedIn(t)
	content := longWAV(mebibyte) // MaxUpload of the tests
	d.upload("Большой", "a.wav", content).status(http.StatusSeeOther)
	if stored := d.api.Files(token); len(stored) != 1 || !bytes.Equal(stored[0].Content, content) {
		t.Errorf("%d files, want the one that was sent", len(stored))
	}
	d.upload("Больше", "a.wav", longWAV(mebibyte+2)).status(http.StatusRequestEntityTooLarge)
}

// A disk of ours that takes nothing is no fault of the form or of Plusofon,
// and what needs no disk goes on.
func TestADiskThatTakesNothing(t *testing.T) {
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "missing"))
	d := start(t, plusofontest.WithAccount(token, plusofontest.File{ID: 7, Name: "Привет", Content: longAU(20_000)}))
	d.session(token)
	d.upload("Новый", "a.wav", longWAV(20_000)).status(http.StatusInternalServerError)
	if got := d.asked(); got != 0 {
		t.Errorf("Plusofon was asked %d times, want none", got)
	}
	d.get("/media/7/preview").status(http.StatusInternalServerError)
	d.get("/media/7/file").status(http.StatusOK)
}

// An upload on its way has no name on the disk either.
func TestAnUploadHasNoNameOnTheDisk(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	d := start(t, plusofontest.WithAccount(token))
	d.session(token)
	looked := false
	d.api.Fail(plusofontest.Match(http.MethodPost, "/api/v1/media"), func(w http.ResponseWriter, r *http.Request, api http.Handler) {
		noTemporaryFiles(t)
		looked = true
		api.ServeHTTP(w, r)
	})
	d.upload("Новый", "a.wav", longWAV(300_000)).status(http.StatusSeeOther)
	if !looked {
		t.Error("nothing was uploaded")
	}
}
