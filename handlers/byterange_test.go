package handlers_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// net/http answers ranges too, and takes the same ones the same way.
func TestRangesAreThoseOfServeContent(t *testing.T) {
	t.Parallel()
	const size = 9000
	content := longWAV(size)
	d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет", Content: content})
	places := []int{0, 1, 43, 44, size / 2, size - 1, size, size + 1}
	var headers []string
	for _, first := range places {
		headers = append(headers, fmt.Sprintf("bytes=%d-", first))
		if first > 0 { // net/http takes "-0" for a part without a byte
			headers = append(headers, fmt.Sprintf("bytes=-%d", first))
		}
		for _, last := range places {
			if last >= first { // of reversed ones net/http does not say how long the file is
				headers = append(headers, fmt.Sprintf("bytes=%d-%d", first, last))
			}
		}
	}
	for _, header := range headers {
		want := servedContent(content, header)
		response, body, broken := d.fetch("/media/7/file", "Range", header)
		if got, want := response.Header.Get("Content-Range"), want.Header.Get("Content-Range"); got != want {
			t.Errorf("%s: Content-Range %q, want %q", header, got, want)
		}
		if response.StatusCode != want.StatusCode {
			t.Errorf("%s: status %d, want %d", header, response.StatusCode, want.StatusCode)
			continue
		}
		wantBody, err := io.ReadAll(want.Body)
		if err != nil {
			t.Fatal(err)
		}
		if want.StatusCode == http.StatusPartialContent && (broken != nil || !bytes.Equal(body, wantBody)) {
			t.Errorf("%s: %d bytes, %v, want %d others", header, len(body), broken, len(wantBody))
		}
	}
}

// servedContent is what net/http answers to a Range header.
func servedContent(content []byte, header string) *http.Response {
	recorder := httptest.NewRecorder()
	request := httptest.NewRequest(http.MethodGet, "/", nil)
	request.Header.Set("Range", header)
	http.ServeContent(recorder, request, "", time.Time{}, bytes.NewReader(content))
	return recorder.Result()
}

// The unit may be written in any case (RFC 9110 §14.1).
func TestTheUnitOfARangeInAnyCase(t *testing.T) {
	t.Parallel()
	content := longWAV(9000)
	d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет", Content: content})
	for _, header := range []string{"bytes=5-9", "Bytes=5-9", "BYTES=5-9", "bytes= 5-9"} {
		if got := d.get("/media/7/file", "Range", header).status(http.StatusPartialContent).body; got != string(content[5:10]) {
			t.Errorf("%s: %q", header, got)
		}
	}
}
