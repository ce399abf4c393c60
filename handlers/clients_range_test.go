package handlers_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

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
