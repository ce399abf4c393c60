package handlers_test

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"testing"

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
// its file, with a folder of its own for temporary files.
func startHeld(t *testing.T, content []byte, at int) (f *faulty, more chan struct{}) {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	f, more = startLong(t, content), make(chan struct{})
	f.api.Fail(files7, heldBack(content, at, more))
	return f, more
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
	f, more := startHeld(t, content, longSize/2)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, f.url+"/media/7/preview", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := f.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	begun := make([]byte, longSize/4)
	if _, err := io.ReadFull(response.Body, begun); err != nil {
		t.Fatal(err)
	}
	noTemporaryFiles(t)
	close(more)
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

// Whoever leaves a preview, or breaks it off, leaves nothing behind.
func TestAClientLeavesAPreview(t *testing.T) {
	f, _ := startHeld(t, longAU(longSize), longSize/2)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, f.url+"/media/7/preview", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := f.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.CopyN(io.Discard, response.Body, 100_000); err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	f.upstreamEnds()
	f.rested()
	noTemporaryFiles(t)
}

// Largest is exactly as large as is allowed.
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
