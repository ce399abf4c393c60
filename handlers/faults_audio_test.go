package handlers_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// longWAV is a recording of so many bytes, of which no two parts are alike.
func longWAV(size int) []byte {
	content := make([]byte, 0, size)
	content = append(content, "RIFF"...)
	content = binary.LittleEndian.AppendUint32(content, uint32(size-8))
	content = append(content, "WAVEfmt "...)
	content = binary.LittleEndian.AppendUint32(content, 16)
	for _, field := range []uint16{1, 1, 8000, 0, 16000, 0, 2, 16} { // PCM, mono, 8 kHz, 16 bits
		content = binary.LittleEndian.AppendUint16(content, field)
	}
	content = append(content, "data"...)
	content = binary.LittleEndian.AppendUint32(content, uint32(size-44))
	for len(content) < size {
		content = binary.LittleEndian.AppendUint32(content, uint32(len(content))*2654435761)
	}
	return content[:size]
}

// longAU is one that has to be converted for browsers.
func longAU(size int) []byte {
	content := append([]byte(".snd"), make([]byte, 0, size)...)
	for _, field := range []uint32{24, uint32(size - 24), 1, 8000, 1} { // µ-law, 8 kHz, mono
		content = binary.BigEndian.AppendUint32(content, field)
	}
	return append(content, longWAV(size + 20)[44:]...)
}

// fetch sends a GET and gives what came of the body, with the error if it was
// broken off.
func (d *dashboard) fetch(path string, headers ...string) (response *http.Response, body []byte, broken error) {
	d.t.Helper()
	request, err := http.NewRequestWithContext(d.t.Context(), http.MethodGet, d.url+path, nil)
	if err != nil {
		d.t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err = d.client.Do(request)
	if err != nil {
		d.t.Fatal(err)
	}
	defer response.Body.Close()
	body, broken = io.ReadAll(response.Body)
	return response, body, broken
}

const longSize = 1 << 20

// startLong starts a dashboard with a long recording as file 7.
func startLong(t *testing.T, content []byte, options ...plusofontest.Option) *faulty {
	t.Helper()
	before := standing(t)
	options = append(options, plusofontest.WithAccount(token, plusofontest.File{ID: 7, Name: "Привет", Content: content}))
	f := faultyBefore(t, before, plusofontest.NewServer(options...), upstream())
	f.session(token)
	return f
}

var files7 = plusofontest.Match(http.MethodGet, "/api/v1/media/7/file")

// A short file never looks whole.
func TestATransferCutShortIsSeenToBe(t *testing.T) {
	for name, fault := range map[string]struct {
		plusofontest.Fault
		whole bool // whether the sound itself arrives
	}{
		"reset":               {plusofontest.CutOff(longSize / 3), false},
		"a length too long":   {plusofontest.WrongContentLength(4096), true},
		"reset near the end":  {plusofontest.CutOff(longSize - 1), false},
		"reset after a while": {plusofontest.CutOff(9000), false},
	} {
		for kind, content := range map[string][]byte{"wav": longWAV(longSize), "au": longAU(longSize)} {
			for _, path := range []string{"/media/7/file", "/media/7/preview", "/media/7/file?download=1"} {
				if fault.whole && kind == "au" && path == "/media/7/preview" {
					continue // all of the sound is there, which is all that is converted
				}
				t.Run(name+"/"+kind+path, func(t *testing.T) {
					f := startLong(t, content)
					f.api.Fail(files7, fault.Fault)
					response, body, broken := f.fetch(path)
					if broken == nil && response.StatusCode < http.StatusInternalServerError {
						t.Errorf("status %d and %d bytes, as if that were all", response.StatusCode, len(body))
					}
					if !strings.Contains(f.log.String(), "unexpected EOF") && !strings.Contains(f.log.String(), "reset by peer") {
						t.Errorf("the log does not say why:\n%s", f.log)
					}
					f.rested()
				})
			}
		}
	}
}

// What is no sound is never shown, played or opened in a page.
func TestAPageInPlaceOfASound(t *testing.T) {
	for name, fault := range map[string]plusofontest.Fault{
		"HTML": plusofontest.HTMLAsAudio(),
		"SVG":  plusofontest.Answer(http.StatusOK, "audio/mpeg", `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`),
		"XML":  plusofontest.Answer(http.StatusOK, "image/svg+xml", `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>`),
		"text": plusofontest.Answer(http.StatusOK, "text/html", "It works!"),
	} {
		t.Run(name, func(t *testing.T) {
			f := startLong(t, longWAV(longSize))
			f.api.Fail(files7, fault, fault, fault)
			for _, path := range []string{"/media/7/file", "/media/7/file?download=1"} {
				header := f.get(path).status(http.StatusOK).header
				if got := header.Get("Content-Type"); got != "application/octet-stream" {
					t.Errorf("%s: Content-Type %q", path, got)
				}
				if got := header.Get("Content-Disposition"); !strings.HasPrefix(got, "attachment;") {
					t.Errorf("%s: Content-Disposition %q", path, got)
				}
				if got := header.Get("X-Content-Type-Options"); got != "nosniff" {
					t.Errorf("%s: X-Content-Type-Options %q", path, got)
				}
			}
			f.get("/media/7/preview").status(http.StatusUnsupportedMediaType).
				contains("не воспроизводится", "Скачайте его").lacks("<svg xmlns=\"http://www.w3.org/2000/svg\" onload")
			f.rested()
		})
	}
}

// A part that is not the one asked for is no part at all.
func TestAWrongPart(t *testing.T) {
	for _, contentRange := range []string{
		"", "bytes 5-9/100", "bytes 0-99/1048576", "bytes 1000-1098/1048576", "bytes 1000-1099/99999999", "bytes 1000-1099/1000", "chunks 1000-1099/1048576",
	} {
		t.Run(contentRange, func(t *testing.T) {
			f := startLong(t, longWAV(longSize), plusofontest.WithRanges())
			f.get("/media/7/file").status(http.StatusOK) // now it is known what it is
			f.api.Fail(files7, plusofontest.WrongContentRange(contentRange))
			f.get("/media/7/file", "Range", "bytes=1000-1099").status(http.StatusBadGateway).contains("Plusofon ответил непонятно")
			f.rested()
		})
	}
}

// A file whose length Plusofon does not say is served like any other, parts
// and all.
func TestAFileOfUnknownLength(t *testing.T) {
	content := longWAV(longSize)
	f := startLong(t, content)
	f.api.FailBy(func(r *http.Request) plusofontest.Fault {
		if !files7(r) {
			return nil
		}
		return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
			_ = http.NewResponseController(w).Flush() // no length
			_, _ = w.Write(content)                   // a client may leave
		}
	})
	for range 2 { // before and after it is known what it is
		for _, path := range []string{"/media/7/file", "/media/7/preview"} {
			response, body, broken := f.fetch(path)
			if broken != nil || !bytes.Equal(body, content) || response.ContentLength != longSize {
				t.Errorf("%s: %d bytes of announced %d, %v", path, len(body), response.ContentLength, broken)
			}
			response, body, broken = f.fetch(path, "Range", "bytes=70000-70009")
			if broken != nil || response.StatusCode != http.StatusPartialContent || !bytes.Equal(body, content[70000:70010]) {
				t.Errorf("%s: status %d, %d bytes, %v", path, response.StatusCode, len(body), broken)
			}
		}
	}
	f.rested()
}

// A file without end is Plusofon's fault, and does not fill the disk.
func TestAFileWithoutEnd(t *testing.T) {
	f := startLong(t, nil)
	f.api.Fail(files7, func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
		_ = http.NewResponseController(w).Flush()
		for r.Context().Err() == nil {
			if _, err := io.CopyN(w, zeros{}, mebibyte); err != nil {
				return
			}
		}
	})
	f.get("/media/7/file").status(http.StatusBadGateway).contains("Plusofon ответил непонятно")
	f.rested()
}

// Null and other words in place of a file, of any size.
func TestANoteInPlaceOfAFile(t *testing.T) {
	t.Parallel()
	for _, note := range []string{"null", " null\n", "\uFEFFnull", `{"file":null}`, `{"data":"` + strings.Repeat("a", 9000) + `"}`} {
		d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет"})
		d.api.Fail(files7, plusofontest.Answer(http.StatusOK, "audio/mpeg", note), plusofontest.Answer(http.StatusOK, "", note))
		d.get("/media/7/file").status(http.StatusBadGateway).contains("У этой записи нет файла")
		d.get("/media/7/preview").status(http.StatusBadGateway).contains("У этой записи нет файла")
	}
	d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет"})
	d.api.Fail(files7, plusofontest.Answer(http.StatusOK, "", "null"))
	d.get("/media/7").status(http.StatusOK).contains("Содержимое файла сейчас не читается")
}
