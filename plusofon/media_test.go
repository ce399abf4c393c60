package plusofon_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// canned is an answer without a network.
func canned(r *http.Request, status int, body string) *http.Response {
	return &http.Response{
		StatusCode: status, Request: r, Header: http.Header{},
		ContentLength: int64(len(body)), Body: io.NopCloser(strings.NewReader(body)),
	}
}

func TestMediaID(t *testing.T) {
	t.Parallel()
	tests := map[string]bool{
		"1": true, "007": true, "9999999999999999999": true, "9007199254740993": true,
		"": false, "0": false, "000": false, "-1": false, "+1": false, "1.0": false, "1e3": false, "1/file": false, " 1": false,
		"99999999999999999999": false, "١": false, "1\n": false, "..": false,
	}
	for text, usable := range tests {
		if got := plusofon.MediaID(text).Usable(); got != usable {
			t.Errorf("MediaID(%q).Usable() = %t", text, got)
		}
		id, err := plusofon.ParseMediaID(text)
		switch {
		case usable && (err != nil || string(id) != strings.TrimLeft(text, "0")):
			t.Errorf("ParseMediaID(%q) = %q, %v", text, id, err)
		case !usable && (id != "" || !errors.Is(err, plusofon.ErrInvalidID)):
			t.Errorf("ParseMediaID(%q) = %q, %v, want ErrInvalidID", text, id, err)
		}
	}
}

func TestMediaIDFromJSON(t *testing.T) {
	t.Parallel()
	tests := map[string]plusofon.MediaID{
		`1`: "1", `"1"`: "1", `9007199254740993`: "9007199254740993", `1e3`: "1e3", `-5`: "-5", `"a\/b"`: "a/b",
		`null`: "", `true`: "", `{"a":1}`: "", `[1]`: "",
	}
	for text, want := range tests {
		var media plusofon.Media
		if err := json.Unmarshal([]byte(`{"id":`+text+`,"name":"n"}`), &media); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if media.ID != want || media.Name != "n" {
			t.Errorf("%s: got %+v, want the id %q", text, media, want)
		}
	}
}

func TestGetMedia(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]plusofon.Media{
		`{"id":1,"name":"Audio1"}`: {ID: "1", Name: "Audio1"},
		`{"id":"1","name":null}`:   {ID: "1"},
	} {
		got, err := serve(t, answer(200, body)).GetMedia(t.Context(), "1")
		if err != nil || *got != want {
			t.Errorf("%s: got %v, %v", body, got, err)
		}
	}
}

func TestInvalidIDIsNotSent(t *testing.T) {
	t.Parallel()
	client := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("a request was sent") })
	for _, id := range []plusofon.MediaID{"", "0", "../1", "1?x", "1.0"} {
		_, getErr := client.GetMedia(t.Context(), id)
		_, openErr := client.OpenFile(t.Context(), id, nil)
		for _, err := range []error{
			getErr, openErr, client.RenameMedia(t.Context(), id, "n"), client.DeleteMedia(t.Context(), id),
		} {
			wantMeaning(t, err, plusofon.ErrInvalidID)
		}
	}
}

func TestListStandardMedia(t *testing.T) {
	t.Parallel()
	got, err := serve(t, answer(200, `{"standard_media":[{"id":"f6","name":"Секретарь"},{"id":7,"name":null}]}`)).ListStandardMedia(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if want := []plusofon.StandardMedia{{"f6", "Секретарь"}, {"7", ""}}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestNamesAreEscaped(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Привет \"мир\" \\ </script>": "Привет \"мир\" \\ </script>",
		"a\r\n\x00\u202eb🎵":           "a\r\n\x00\u202eb🎵",
		"half \xd1 rune":              "half \ufffd rune",
	} {
		client := serve(t, func(w http.ResponseWriter, r *http.Request) {
			var body struct{ Name string }
			if err := json.NewDecoder(r.Body).Decode(&body); err != nil || body.Name != want {
				t.Errorf("%s: got %q, %v, want %q", r.Method, body.Name, err, want)
			}
			io.WriteString(w, `{"success":true}`)
		})
		upload := plusofon.Upload{Name: name, Format: plusofon.GSM, Content: strings.NewReader("x"), Size: 1}
		err := errors.Join(
			client.RenameMedia(t.Context(), "1", name),
			client.AddStandardMedia(t.Context(), name, "f6"),
			client.UploadMedia(t.Context(), upload),
		)
		if err != nil {
			t.Error(err)
		}
	}
}

// Whatever is handed to it, an id is read or refused; nothing panics.
func TestMediaIDReadsOrRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]plusofon.MediaID{
		`7`: "7", `"7"`: "7", `"\u0037"`: "7", `null`: "", `{}`: "", `-1`: "-1", `""`: "",
	} {
		var id plusofon.MediaID
		if err := id.UnmarshalJSON([]byte(text)); err != nil || id != want {
			t.Errorf("%s is %q, %v", text, id, err)
		}
	}
	for _, text := range []string{``, `"`, `"7`, `"\`, `"\"`, `"\u"`, `"\u04"`, `"\ud83c\u"`, `"\ud83c\udfb"`, `"\x"`} {
		var id plusofon.MediaID
		if err := id.UnmarshalJSON(slices.Clip([]byte(text))); err == nil {
			t.Errorf("%q is read as %q", text, id)
		}
	}
}

func TestMediaIDsAreComparedAsNumbers(t *testing.T) {
	t.Parallel()
	ascending := []plusofon.MediaID{"", "1", "02", "3", "010", "11", "9999999999999999999"}
	for i, a := range ascending {
		for j, b := range ascending {
			if got, want := a.Compare(b), cmp.Compare(i, j); got != want {
				t.Errorf("%q compared with %q is %d, want %d", a, b, got, want)
			}
		}
	}
	if plusofon.MediaID("007").Compare("7") != 0 {
		t.Error("007 is not 7")
	}
}
