package handlers_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/plusofon-dashboard/dashboard/audio"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// rangeRow is a Range header, and the bytes that answer it: from first on,
// without end; all of them with 200 if whole, none with 416 if end is 0.
type rangeRow struct {
	header     string
	first, end int
	whole      bool
}

func rangeRows(size int) []rangeRow {
	return []rangeRow{
		{"", 0, size, true},
		{"bytes=0-1", 0, 2, false},
		{"bytes=0-0", 0, 1, false},
		{"bytes=0-", 0, size, false},
		{"bytes=5000-5999", 5000, 6000, false},
		{"bytes=5000-", 5000, size, false},
		{"bytes=-500", size - 500, size, false},
		{fmt.Sprintf("bytes=%d-", size-1), size - 1, size, false},
		{fmt.Sprintf("bytes=%d-%d", size-10, size+10), size - 10, size, false},
		{fmt.Sprintf("bytes=-%d", size+1), 0, size, false},
		{"bytes=0-9223372036854775807", 0, size, false},
		{"bytes=0-9223372036854775808", 0, size, false},
		{"bytes=100-99999999999999999999999", 100, size, false},
		{"bytes=-9223372036854775808", 0, size, false},
		{fmt.Sprintf("bytes=%d-", size), 0, 0, false},
		{fmt.Sprintf("bytes=%d-%d", size, size), 0, 0, false},
		{"bytes=9223372036854775808-", 0, 0, false},
		{"bytes=9223372036854775807-9223372036854775807", 0, 0, false},
		{"bytes=-0", 0, 0, false},
		{"bytes=5-2", 0, 0, false},
		{"bytes=1-0", 0, 0, false},
		{fmt.Sprintf("bytes=%d-3", size+5), 0, 0, false},
		{"bytes=9223372036854775808-5", 0, 0, false},
		{"bytes=0-1,5-6", 0, size, true},
		{"bytes=" + strings.TrimSuffix(strings.Repeat("0-,", 200), ","), 0, size, true},
		{"bytes=", 0, size, true},
		{"bytes=-", 0, size, true},
		{"bytes=a-b", 0, size, true},
		{"bytes=+1-2", 0, size, true},
		{"bytes=--1", 0, size, true},
		{"chunks=0-1", 0, size, true},
		{"0-1", 0, size, true},
	}
}

// check asks for the range and compares every byte.
func (row rangeRow) check(t *testing.T, d *dashboard, path string, content []byte) {
	t.Helper()
	response, body, broken := d.fetch(path, "Range", row.header)
	contentRange := response.Header.Get("Content-Range")
	switch {
	case row.end == 0:
		if want := fmt.Sprintf("bytes */%d", len(content)); response.StatusCode != http.StatusRequestedRangeNotSatisfiable || contentRange != want {
			t.Errorf("%s %.60q: status %d, Content-Range %q, want 416 and %q", path, row.header, response.StatusCode, contentRange, want)
		}
		return
	case row.whole:
		if response.StatusCode != http.StatusOK || contentRange != "" {
			t.Errorf("%s %.60q: status %d, Content-Range %q, want 200 and none", path, row.header, response.StatusCode, contentRange)
		}
	default:
		if want := fmt.Sprintf("bytes %d-%d/%d", row.first, row.end-1, len(content)); response.StatusCode != http.StatusPartialContent || contentRange != want {
			t.Errorf("%s %.60q: status %d, Content-Range %q, want 206 and %q", path, row.header, response.StatusCode, contentRange, want)
		}
	}
	if broken != nil || !bytes.Equal(body, content[row.first:row.end]) {
		t.Errorf("%s %.60q: %d bytes, %v, want exactly %d to %d", path, row.header, len(body), broken, row.first, row.end-1)
	}
	if got, want := response.Header.Get("Content-Length"), strconv.Itoa(row.end-row.first); got != want {
		t.Errorf("%s %.60q: Content-Length %q, want %s", path, row.header, got, want)
	}
}

// Whether Plusofon honours a range or not, and whether the file was seen
// before or not, the browser gets the same bytes.
func TestRanges(t *testing.T) {
	t.Parallel()
	const size = 200_000
	for format, content := range map[string][]byte{"wav": longWAV(size), "au": longAU(size)} {
		for upstream, options := range map[string][]plusofontest.Option{
			"ignored by Plusofon": nil, "honoured by Plusofon": {plusofontest.WithRanges()},
		} {
			t.Run(format+", "+upstream, func(t *testing.T) {
				t.Parallel()
				file := plusofontest.File{ID: 7, Name: "Привет", Content: content}
				d := start(t, append(options, plusofontest.WithAccount(token, file))...)
				d.session(token)
				wholes := map[string][]byte{}
				for _, path := range []string{"/media/7/file", "/media/7/preview"} {
					first := start(t, append(options, plusofontest.WithAccount(token, file))...)
					first.session(token)
					_, wholes[path], _ = first.fetch(path)
					for _, row := range rangeRows(len(wholes[path])) {
						row.check(t, d, path, wholes[path])
					}
					cold := rangeRow{"bytes=1000-1009", 1000, 1010, false}
					fresh := start(t, append(options, plusofontest.WithAccount(token, file))...)
					fresh.session(token)
					cold.check(t, fresh, path, wholes[path])
				}
				if !bytes.Equal(wholes["/media/7/file"], content) {
					t.Error("the file is not what Plusofon has")
				}
			})
		}
	}
}

func TestHeadIsLikeGet(t *testing.T) {
	t.Parallel()
	d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет", Content: longWAV(100_000)})
	for _, path := range []string{"/media/7/file", "/media/7/file?download=1", "/media/7/preview"} {
		get := d.get(path).status(http.StatusOK)
		for _, byteRange := range []string{"", "bytes=5-9", "bytes=100000-", "bytes=5-2"} { // HEAD knows of none
			head := d.request(http.MethodHead, path, nil, "Range", byteRange).status(http.StatusOK)
			if head.body != "" {
				t.Errorf("%s %q: %d bytes in answer to HEAD", path, byteRange, len(head.body))
			}
			for _, name := range []string{"Content-Type", "Content-Length", "Content-Range", "Accept-Ranges", "Etag", "Content-Disposition"} {
				if got, want := head.header.Get(name), get.header.Get(name); got != want {
					t.Errorf("%s %q: %s is %q, with GET %q", path, byteRange, name, got, want)
				}
			}
		}
	}
}

func TestASoundThatTheBrowserHas(t *testing.T) {
	t.Parallel()
	content := longWAV(100_000)
	d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет", Content: content})
	tags := map[string]bool{}
	for _, path := range []string{"/media/7/file", "/media/7/preview"} {
		tag := d.get(path).status(http.StatusOK).header.Get("ETag")
		tags[tag] = true
		for _, list := range []string{tag, "W/" + tag, `"x", ` + tag, "*"} {
			before := d.api.Count(http.MethodGet, "/api/v1/media/7/file")
			answer := d.get(path, "If-None-Match", list).status(http.StatusNotModified)
			if answer.body != "" || answer.header.Get("ETag") != tag || !strings.Contains(answer.header.Get("Cache-Control"), "private") {
				t.Errorf("%s: 304 with %d bytes, %v", path, len(answer.body), answer.header)
			}
			if got := d.api.Count(http.MethodGet, "/api/v1/media/7/file"); got != before {
				t.Errorf("%s: the file was fetched all the same", path)
			}
		}
		d.get(path, "If-None-Match", `"other"`).status(http.StatusOK)
		part := []string{"Range", "bytes=5-9"}
		d.get(path, append(part, "If-Range", tag)...).status(http.StatusPartialContent)
		for _, condition := range []string{`"other"`, "W/" + tag, "Wed, 21 Oct 2015 07:28:00 GMT"} {
			answer := d.get(path, append(part, "If-Range", condition)...).status(http.StatusOK)
			if answer.body != string(content) {
				t.Errorf("%s, If-Range %s: not the whole file", path, condition)
			}
		}
		d.post("/media/7/delete", nil)
		d.get(path, "If-None-Match", tag).status(http.StatusNotFound)
		d = signedIn(t, plusofontest.File{ID: 7, Name: "Привет", Content: content})
	}
	if len(tags) != 2 {
		t.Errorf("tags %v, want one for each form of the sound", tags)
	}
}

// Sounds are for our own pages.
func TestAudioIsRefusedToOtherSites(t *testing.T) {
	t.Parallel()
	d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет", Content: longWAV(10_000)})
	before := d.asked()
	for _, path := range []string{"/media/7/file", "/media/7/file?download=1", "/media/7/preview"} {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			for _, site := range []string{"cross-site", "same-site", "whatever"} {
				d.request(method, path, nil, "Sec-Fetch-Site", site).status(http.StatusForbidden)
			}
		}
		d.get(path, "Sec-Fetch-Site", "cross-site").contains("Запрос с другого сайта отклонён")
	}
	if got := d.asked() - before; got != 0 {
		t.Errorf("Plusofon was asked %d times, want none", got)
	}
	for _, site := range []string{"same-origin", "none", ""} {
		d.get("/media/7/file", "Sec-Fetch-Site", site).status(http.StatusOK)
	}
}

// A program that wants one version only is not given another.
func TestIfMatch(t *testing.T) {
	t.Parallel()
	d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет", Content: longAU(10_000)})
	for _, path := range []string{"/media/7/file", "/media/7/preview"} {
		tag := d.get(path).status(http.StatusOK).header.Get("ETag")
		for _, wanted := range []string{tag, "*", `"other", ` + tag} {
			d.get(path, "If-Match", wanted).status(http.StatusOK)
		}
		before := d.api.Count(http.MethodGet, "/api/v1/media/7/file")
		for _, wanted := range []string{`"other"`, "W/" + tag} {
			d.get(path, "If-Match", wanted).status(http.StatusPreconditionFailed).contains("другая версия")
		}
		if got := d.api.Count(http.MethodGet, "/api/v1/media/7/file"); got != before {
			t.Errorf("%s: the file was fetched all the same", path)
		}
	}
}

// A preview that an older converter has made is another version.
func TestThePreviewTagNamesItsConverter(t *testing.T) {
	t.Parallel()
	d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет", Content: longAU(10_000)})
	tag := d.get("/media/7/preview").status(http.StatusOK).header.Get("ETag")
	if !strings.HasSuffix(tag, "-preview"+audio.PreviewVersion+`"`) {
		t.Errorf("the tag is %s", tag)
	}
	d.get("/media/7/preview", "Range", "bytes=5-9", "If-Range", strings.Replace(tag, "preview"+audio.PreviewVersion, "preview", 1)).status(http.StatusOK)
}

// A browser that is still sending does not look at an answer: what is refused
// before it was read is read away, and the browser told why.
func TestRefusedUploadsAreReadAway(t *testing.T) {
	t.Parallel()
	d := signedIn(t)
	body := "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\n" + strings.Repeat("a", 900_000) + "\r\n--x--\r\n"
	for name, tt := range map[string]struct {
		status  int
		headers []string
	}{
		"signed out":           {http.StatusSeeOther, []string{"Cookie", "session=garbage"}},
		"signed out, by htmx":  {http.StatusUnauthorized, append([]string{"Cookie", "session=garbage"}, htmx...)},
		"from another site":    {http.StatusForbidden, []string{"Sec-Fetch-Site", "cross-site"}},
		"of another account":   {http.StatusConflict, []string{"Dashboard-Account", "0123456789abcdef"}},
		"no boundary":          {http.StatusBadRequest, []string{"Content-Type", "multipart/form-data"}},
		"not a form of a kind": {http.StatusBadRequest, []string{"Content-Type", "multipart/mixed; boundary=x"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			jar := d.client.Jar
			client := &http.Client{Jar: jar, Transport: &http.Transport{}, CheckRedirect: d.client.CheckRedirect}
			t.Cleanup(client.CloseIdleConnections)
			sent := &counted{Reader: strings.NewReader(body)}
			request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, d.url+"/media", sent)
			if err != nil {
				t.Fatal(err)
			}
			request.Header.Set("Content-Type", "multipart/form-data; boundary=x")
			for i := 0; i < len(tt.headers); i += 2 {
				request.Header.Set(tt.headers[i], tt.headers[i+1])
			}
			if request.Header.Get("Cookie") != "" {
				client.Jar = nil
			}
			response, err := client.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			response.Body.Close()
			if response.StatusCode != tt.status {
				t.Errorf("status %d, want %d", response.StatusCode, tt.status)
			}
			if got := sent.read.Load(); got != int64(len(body)) {
				t.Errorf("%d bytes of %d were taken", got, len(body))
			}
		})
	}
}

type counted struct {
	io.Reader
	read atomic.Int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.read.Add(int64(n))
	return n, err
}
