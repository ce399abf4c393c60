package library_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"net/http"
	"testing"

	"github.com/plusofon-dashboard/dashboard/internal/library"
	"github.com/plusofon-dashboard/dashboard/plusofon"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// rangeWriter is a file or a preview.
type rangeWriter interface {
	WriteRange(w io.Writer, offset, n int64) (int64, error)
	Close() error
}

func read(t *testing.T, from rangeWriter, offset, n int64) []byte {
	t.Helper()
	var buffer bytes.Buffer
	if written, err := from.WriteRange(&buffer, offset, n); err != nil || written != n {
		t.Errorf("%d bytes from %d on: %d, %v", n, offset, written, err)
	}
	if err := from.Close(); err != nil {
		t.Error(err)
	}
	return buffer.Bytes()
}

// A part of a file is the same whether Plusofon knows ranges or not, and whether the
// file was seen before.
func TestOpenAPart(t *testing.T) {
	t.Parallel()
	content := wav(20_000)
	o := newOffice(t, plusofontest.File{ID: 7, Name: "Привет", Content: content})
	for range 2 { // the second time it is known what it is
		file, err := o.Open(t.Context(), "7", &plusofon.Range{First: 30_000, Last: 30_099})
		if err != nil {
			t.Fatal(err)
		}
		if file.Size != int64(len(content)) || file.MediaType() != "audio/wav" || file.Extension() != ".wav" {
			t.Errorf("%d bytes of %s, ending %s", file.Size, file.MediaType(), file.Extension())
		}
		if got := read(t, file, 30_000, 100); !bytes.Equal(got, content[30_000:30_100]) {
			t.Error("another part")
		}
	}
	if known, ok := o.Known("7"); !ok || known.Size != int64(len(content)) {
		t.Errorf("known: %+v, %t", known, ok)
	}
}

// What another account has seen is not known of this one's file.
func TestFactsAreOfAnAccount(t *testing.T) {
	t.Parallel()
	o := newOffice(t, plusofontest.File{ID: 7, Name: "Привет", Content: wav(100)})
	file, err := o.Open(t.Context(), "7", nil)
	if err != nil {
		t.Fatal(err)
	}
	file.Close()
	if _, known := o.shared.Account("another", "session", "another token").Known("7"); known {
		t.Error("it is known to another account")
	}
}

// A file that ends too early is an error, and not a short file.
func TestAFileThatIsCutOff(t *testing.T) {
	t.Parallel()
	content := wav(20_000)
	o := newOffice(t, plusofontest.File{ID: 7, Name: "Привет", Content: content})
	o.api.Fail(plusofontest.Match(http.MethodGet, "/api/v1/media/7/file"), plusofontest.CutOff(20_000))
	file, err := o.Open(t.Context(), "7", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if written, err := file.WriteRange(io.Discard, 0, file.Size); err == nil || written > 20_000 {
		t.Errorf("%d bytes, %v", written, err)
	}
}

// A browser plays WAV as it is; of what is no sound there is no preview.
func TestPreviews(t *testing.T) {
	t.Parallel()
	content := wav(5000)
	o := newOffice(t, plusofontest.File{ID: 7, Name: "Привет", Content: content}, plusofontest.File{ID: 8, Name: "Договор", Content: []byte("%PDF-1.7 of a contract")})
	preview, err := o.OpenPreview(t.Context(), "7", nil)
	if err != nil {
		t.Fatal(err)
	}
	if preview.MediaType != "audio/wav" || !bytes.Equal(read(t, preview, 0, preview.Size), content) {
		t.Errorf("%s of %d bytes", preview.MediaType, preview.Size)
	}
	if _, err := o.OpenPreview(t.Context(), "8", nil); !errors.Is(err, library.ErrNotPlayable) {
		t.Errorf("%v, want ErrNotPlayable", err)
	}
}

// archive is as the tests want it.
var archive = library.Archive{
	FileName: func(media plusofon.Media, extension string) string { return media.Name + extension },
	Report: func(missing []library.Unarchived) (string, []string) {
		var lines []string
		for _, file := range missing {
			lines = append(lines, string(file.ID))
		}
		return "report.txt", lines
	},
}

// An archive has each file under a name of its own, and a report on those that are
// missing.
func TestArchive(t *testing.T) {
	t.Parallel()
	first, second := wav(100), wav(200)
	o := newOffice(t, plusofontest.File{ID: 1, Name: "Меню", Content: first}, plusofontest.File{ID: 2, Name: "меню", Content: second})
	var buffer bytes.Buffer
	missing, err := o.WriteArchive(t.Context(), &buffer, archive, []plusofon.Media{{ID: "1"}, {ID: "2"}, {ID: "3"}})
	if err != nil || len(missing) != 1 || missing[0].ID != "3" || !errors.Is(missing[0].Err, plusofon.ErrNotFound) {
		t.Fatalf("missing %v, %v", missing, err)
	}
	entries, err := zip.NewReader(bytes.NewReader(buffer.Bytes()), int64(buffer.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]byte{"Меню.wav": first, "меню (2).wav": second, "report.txt": []byte("3\r\n")} {
		entry, err := entries.Open(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got, err := io.ReadAll(entry); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes, %v, want %d", name, len(got), err, len(want))
		}
	}
}

// Where no file is there nothing is written, so that a page can say why.
func TestAnArchiveOfNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	var buffer bytes.Buffer
	_, err := o.WriteArchive(t.Context(), &buffer, archive, []plusofon.Media{{ID: "1"}, {ID: "2"}})
	if !errors.Is(err, plusofon.ErrNotFound) || buffer.Len() != 0 {
		t.Errorf("%d bytes, %v", buffer.Len(), err)
	}
}

// A page past the end is the last one.
func TestAPagePastTheEnd(t *testing.T) {
	t.Parallel()
	o := newOffice(t, plusofontest.File{ID: 1, Name: "Меню"})
	page, err := o.Page(t.Context(), 5)
	if err != nil || len(page.Media) != 1 {
		t.Errorf("%+v, %v", page, err)
	}
}
