package transfer_test

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/plusofon-dashboard/dashboard/internal/spool"
	"github.com/plusofon-dashboard/dashboard/internal/transfer"
)

// A range that is found lies in the content, whatever was asked for.
func FuzzRange(f *testing.F) {
	for _, header := range []string{
		"", "bytes=0-1", "bytes=0-", "bytes=-500", "bytes=5-2", "bytes=9223372036854775808-", "bytes=-0", "bytes=0-1,5-6", "bytes= 1 - 2 ", "chunks=0-1",
	} {
		f.Add(header, int64(1000))
		f.Add(header, int64(0))
	}
	f.Fuzz(func(t *testing.T, header string, size int64) {
		if size < 0 {
			return
		}
		part, err := transfer.ParseRange(header, size)
		switch {
		case err != nil && (part != nil || !errors.Is(err, transfer.ErrRangeNotSatisfiable)):
			t.Errorf("%v, %v", part, err)
		case part != nil && (part.First < 0 || part.Last < part.First || part.Last >= size || part.Length() < 1):
			t.Errorf("bytes %d to %d of %d", part.First, part.Last, size)
		case part != nil && strings.Contains(header, ","):
			t.Error("several ranges are none")
		}
	})
}

// The name of a download is fit for every file system, and a browser reads it
// as it is.
func FuzzFileName(f *testing.F) {
	for _, name := range []string{
		"Привет", "", " . ", "CON", "com1.wav", "../../x", "a\r\nX: y", "a\x00", "\u202Egnp.exe", "\xff", `"';%`, strings.Repeat("я", 300), "a.WAV",
	} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		file := transfer.FileName(name, "audio-7", ".wav")
		base, isWAV := strings.CutSuffix(file, ".wav")
		bad := func(r rune) bool { return unicode.IsControl(r) || strings.ContainsRune(`/\:*?"<>|`, r) }
		switch {
		case !isWAV, base == "", strings.HasPrefix(base, "."), strings.TrimSpace(base) != base && !strings.HasPrefix(base, "audio-7"):
			t.Errorf("%q becomes %q", name, file)
		case !utf8.ValidString(file), len(file) > 255, strings.ContainsFunc(file, bad):
			t.Errorf("%q becomes %q", name, file)
		}
		header := transfer.Attachment(file)
		kind, parameters, err := mime.ParseMediaType(header)
		if err != nil || kind != "attachment" || parameters["filename"] != file {
			t.Errorf("%q: %q is read as %q, %v", file, header, parameters["filename"], err)
		}
		if strings.ContainsFunc(header, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Errorf("%q is not ASCII", header)
		}
	})
}

// A form is read or refused, never a failure of ours, and holds no more than
// it may.
func FuzzFileForm(f *testing.F) {
	const head = "--b\r\nContent-Disposition: form-data; name="
	for _, body := range []string{
		"", "--b--\r\n", "--b", head + "\"file\"; filename=\"a.wav\"\r\n\r\nRIFF\r\n--b--\r\n", head + "\"name\"\r\n\r\nПривет\r\n--b--\r\n",
		head + "\"file\"; filename=\"a\"\r\n\r\n1\r\n" + head + "\"file\"; filename=\"a\"\r\n\r\n2\r\n--b--\r\n",
		head + "\"file\"; filename*=UTF-8''%D0%9F\r\nContent-Transfer-Encoding: base64\r\n\r\n\x00\r\n--b--\r\n",
		head + "file\r\n\r\n" + strings.Repeat("a", 5000),
	} {
		f.Add("multipart/form-data; boundary=b", []byte(body), int64(len(body)))
	}
	f.Add("multipart/form-data", []byte("--b"), int64(-1))
	f.Add("text/plain", []byte("--b"), int64(99))
	const maxFile, maxField = 1 << 10, 16 << 10
	form := transfer.FileForm{FileField: "file", Fields: []string{"name"}, MaxFile: maxFile, Pool: spool.NewPool(1 << 30)}
	f.Fuzz(func(t *testing.T, contentType string, body []byte, length int64) {
		r := httptest.NewRequest(http.MethodPost, "/media", bytes.NewReader(body))
		r.ContentLength = length
		r.Header.Set("Content-Type", contentType)
		filled, err := form.Read(httptest.NewRecorder(), r)
		if err != nil {
			if !errors.Is(err, transfer.ErrMalformed) && !errors.Is(err, transfer.ErrTooLarge) {
				t.Errorf("a failure of ours: %v", err)
			}
			return
		}
		defer filled.Close()
		if len(filled.Fields["name"]) > maxField {
			t.Error("a field longer than it may be")
		}
		if filled.File == nil {
			return
		}
		content, err := io.ReadAll(filled.File.Reader())
		if err != nil || int64(len(content)) != filled.File.Size() || len(content) > maxFile || !bytes.Contains(body, content) {
			t.Errorf("a file of %d bytes, %v", len(content), err)
		}
	})
}
