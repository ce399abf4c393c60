package handlers

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/audio"
)

// A range that is found lies in the file, whatever was asked for.
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
		part, err := parseRange(header, size)
		switch {
		case err != nil && (part != nil || !errors.Is(err, errUnsatisfiableRange)):
			t.Errorf("%v, %v", part, err)
		case part != nil && (part.first < 0 || part.last < part.first || part.last >= size || part.length() < 1):
			t.Errorf("bytes %d to %d of %d", part.first, part.last, size)
		case part != nil && strings.Contains(header, ","):
			t.Error("several ranges are none")
		}
	})
}

// Signing in leads to one of our own pages, whatever the address says, and
// what it leads to leads there again.
func FuzzNext(f *testing.F) {
	for _, next := range []string{
		"", "/", "/media", "/media?page=2", "/media/12", "/standard", "//evil.example", `/\evil.example`, "https://evil.example/media",
		"/media/../evil", "javascript:alert(1)", "/media\r\nX: y", "/media?a=%zz", "/media#x", "/%6dedia", "/media;x", "/media?\x00=;",
	} {
		f.Add(next)
	}
	f.Fuzz(func(t *testing.T, next string) {
		local := localPath(next)
		u, err := url.Parse(local)
		if err != nil || u.IsAbs() || u.Host != "" || !knownPaths.MatchString(u.Path) || u.Fragment != "" {
			t.Fatalf("%q leads to %q", next, local)
		}
		if strings.HasPrefix(local, "//") || strings.ContainsFunc(local, func(r rune) bool { return r < ' ' || r > '~' || r == '\\' }) {
			t.Errorf("%q leads to %q", next, local)
		}
		if again := localPath(local); again != local {
			t.Errorf("%q leads to %q, and that to %q", next, local, again)
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
		file := fileName(name, "7", audio.WAV)
		base, isWAV := strings.CutSuffix(file, ".wav")
		bad := func(r rune) bool { return unicode.IsControl(r) || strings.ContainsRune(`/\:*?"<>|`, r) }
		switch {
		case !isWAV, base == "", strings.HasPrefix(base, "."), strings.TrimSpace(base) != base && !strings.HasPrefix(base, "audio-7"):
			t.Errorf("%q becomes %q", name, file)
		case !utf8.ValidString(file), len(file) > 255, strings.ContainsFunc(file, bad), isReservedName(file):
			t.Errorf("%q becomes %q", name, file)
		}
		header := attachment(file)
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
func FuzzUploadForm(f *testing.F) {
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
	const maxFile = 1 << 10
	s := &server{Config: Config{MaxUpload: maxFile}}
	s.spools.limit = 1 << 30
	e := echo.New()
	f.Fuzz(func(t *testing.T, contentType string, body []byte, length int64) {
		r := httptest.NewRequest(http.MethodPost, "/media", bytes.NewReader(body))
		r.ContentLength = length
		r.Header.Set("Content-Type", contentType)
		form, err := s.readUpload(e.NewContext(r, httptest.NewRecorder()))
		if err != nil {
			if !errors.Is(err, errBadRequest) && !errors.Is(err, errTooLarge) {
				t.Errorf("a failure of ours: %v", err)
			}
			return
		}
		defer form.close()
		if len(form.name) > maxFieldBytes || len(form.standardID) > maxFieldBytes {
			t.Error("a field longer than it may be")
		}
		if form.file == nil {
			return
		}
		content, err := io.ReadAll(form.file.Reader())
		if err != nil || int64(len(content)) != form.file.Size() || len(content) > maxFile || !bytes.Contains(body, content) {
			t.Errorf("a file of %d bytes, %v", len(content), err)
		}
		if strings.ContainsFunc(nameFromFile(form.fileName), unicode.IsControl) {
			t.Errorf("the name %q", nameFromFile(form.fileName))
		}
	})
}
