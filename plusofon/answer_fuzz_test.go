package plusofon_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// FuzzAnswer gives every call any answer: it must be understood or be an Error,
// and the error's text must be fit for a log.
func FuzzAnswer(f *testing.F) {
	for _, body := range []string{
		`{"current_page":1,"data":[{"id":1,"name":"\u0410"}],"from":null,"last_page":1,"per_page":15,"to":null,"total":1}`,
		`{"id":"9007199254740993","name":null}`, `{"standard_media":[{"id":"f6","name":"Секретарь"}]}`, `{"success":true}`,
		`{"message":"User not found.","code":500}`, `{"message":"\u0000<b>","code":"400"}`, `{"success":false}`, `null`, ` `,
		`<html>`, `{"data":[{"id":1e999},null]}`, "\xef\xbb\xbf{}", `{"message":"` + token + `","code":400}`,
	} {
		f.Add(200, body, "", "")
		f.Add(500, body, "12", "")
		f.Add(206, body, "Fri, 31 Dec 1999 23:59:59 GMT", "bytes 2-5/9")
	}
	f.Fuzz(func(t *testing.T, status int, body, retryAfter, contentRange string) {
		transport := roundTrip(func(r *http.Request) (*http.Response, error) {
			if r.Body != nil {
				io.Copy(io.Discard, r.Body)
				r.Body.Close()
			}
			response := canned(r, status, body)
			response.Header.Set("Retry-After", retryAfter)
			response.Header.Set("Content-Range", contentRange)
			return response, nil
		})
		client := newClient(t, plusofon.WithHTTPClient(&http.Client{Transport: transport}))
		for _, call := range calls(t) {
			checkError(t, call.do(client))
		}
		file, err := client.OpenFile(t.Context(), "1", &plusofon.Range{First: 2, Last: 5})
		checkError(t, err)
		if err == nil {
			n, err := io.Copy(io.Discard, file.Body)
			if err == nil && file.Length >= 0 && n != file.Length {
				t.Errorf("%d bytes of %d, without an error", n, file.Length)
			}
		}
	})
}

func checkError(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	failed, ok := errors.AsType[*plusofon.Error](err)
	switch {
	case !ok:
		t.Errorf("%v is no *Error", err)
	case strings.Contains(err.Error(), token):
		t.Errorf("the error shows the token: %v", err)
	case utf8.RuneCountInString(failed.Message) > 300 || strings.ContainsAny(failed.Message, "\r\n\x00\x1b"):
		t.Errorf("message %q", failed.Message)
	case failed.RetryAfter < 0 || failed.RetryAfter.Hours() > 1:
		t.Errorf("retry after %v", failed.RetryAfter)
	}
}

// FuzzName has a name read as encoding/json would read it, however it is written.
func FuzzName(f *testing.F) {
	for _, literal := range []string{
		"Привет", `\u041f\u0440\u0438\u0432\u0435\u0442`, `\"\\\/\b\f\n\r\t`, `\ud83c\udfb5`, `\ud83c`, `\ud83c\u0041`, `\udfb5x`, `a\u0000`, "\xff", `\uFFFD`, "",
	} {
		f.Add(literal)
	}
	f.Fuzz(func(t *testing.T, literal string) {
		var want string
		if err := json.Unmarshal([]byte(`"`+literal+`"`), &want); err != nil {
			t.Skip("no JSON")
		}
		client := newClient(t, plusofon.WithHTTPClient(&http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			return canned(r, http.StatusOK, `{"id":1,"name":"`+literal+`"}`), nil
		})}))
		media, err := client.GetMedia(t.Context(), "1")
		if err != nil || media.Name != want {
			t.Errorf("read %+v, %v; want %q", media, err, want)
		}
	})
}

// FuzzMediaID hands an id any bytes at all, as only a caller outside of
// encoding/json can: it is read or refused.
func FuzzMediaID(f *testing.F) {
	for _, text := range []string{`7`, `"7"`, `"\u0037"`, `"\u"`, `"\`, `"`, ``, `null`, `"\ud83c\udfb5"`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var id plusofon.MediaID
		err := id.UnmarshalJSON(slices.Clip(bytes.TrimSpace(text))) // an Unmarshaler gets no space around it
		var want string
		if json.Unmarshal(text, &want) == nil && (err != nil || string(id) != want) {
			t.Errorf("%q is read as %q, %v; want %q", text, id, err, want)
		}
	})
}
