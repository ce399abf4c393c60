package plusofontest_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// sounds begin as a file of each format does.
var sounds = map[string]string{
	"mp3":  "\xff\xfb\x90\x64sound",
	"wav":  "RIFF\x04\x00\x00\x00WAVEfmt ",
	"au":   ".snd\x00\x00\x00\x18",
	"aiff": "FORM\x00\x00\x00\x04AIFC",
	"gsm":  "\xd0 whatever",
	"ogg":  "OggS\x00\x02",
	"raw":  "whatever",
}

func TestUpload(t *testing.T) {
	t.Parallel()
	for word, content := range sounds {
		t.Run(word, func(t *testing.T) {
			t.Parallel()
			server := withFiles(t, plusofontest.File{Name: "Old"})
			do(t, server, "POST", listPath, upload("Новый", word, content)).is(t, success)
			files := server.Files(token)
			if len(files) != 2 || files[1].ID != 2 || files[1].Name != "Новый" || files[1].Format != word {
				t.Errorf("got %+v", files)
			}
			do(t, server, "GET", listPath+"/2/file", "").is(t, content)
			for other := range sounds {
				if other == word || other == "gsm" || other == "raw" {
					continue
				}
				do(t, server, "POST", listPath, upload("Lie", other, content)).refused(t, 200, 400, other)
			}
			if got := len(server.Files(token)); got != 2 {
				t.Errorf("%d files after lies", got)
			}
		})
	}
}

func TestUploadIsStrict(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ body, message string }{
		"no name":           {`{"file":"QUI=","file_mime_type":"raw"}`, "name field is required"},
		"empty name":        {`{"name":"","file":"QUI=","file_mime_type":"raw"}`, "name field is required"},
		"no file":           {`{"name":"n","file_mime_type":"raw"}`, "file field is required"},
		"no type":           {`{"name":"n","file":"QUI="}`, "mime type"},
		"a MIME type":       {`{"name":"n","file":"QUI=","file_mime_type":"audio/wav"}`, "mime type"},
		"capitals":          {`{"name":"n","file":"QUI=","file_mime_type":"RAW"}`, "mime type"},
		"empty file":        {`{"name":"n","file":"","file_mime_type":"raw"}`, "Base64"},
		"no padding":        {`{"name":"n","file":"QUI","file_mime_type":"raw"}`, "Base64"},
		"URL alphabet":      {`{"name":"n","file":"_-__","file_mime_type":"raw"}`, "Base64"},
		"line end":          {`{"name":"n","file":"QUJD\nQUI=","file_mime_type":"raw"}`, "Base64"},
		"bits left over":    {`{"name":"n","file":"QUJ=","file_mime_type":"raw"}`, "Base64"},
		"data URL":          {`{"name":"n","file":"data:audio/wav;base64,QUI=","file_mime_type":"raw"}`, "Base64"},
		"both kinds":        {`{"name":"n","file":"QUI=","file_mime_type":"raw","standard_id":"s"}`, "not both"},
		"type and preset":   {`{"name":"n","file_mime_type":"raw","standard_id":"s"}`, "not both"},
		"unknown preset":    {`{"name":"n","standard_id":"s"}`, "standard id is invalid"},
		"unknown field":     {`{"name":"n","file":"QUI=","file_mime_type":"raw","x":"y"}`, "field x"},
		"null":              {`{"name":"n","file":"QUI=","file_mime_type":"raw","standard_id":null}`, "must be a string"},
		"not an object":     {`["n"]`, "JSON object"},
		"cut off":           {`{"name":"n","file":"QUI`, "JSON object"},
		"junk after":        {`{"name":"n","file":"QUI=","file_mime_type":"raw"} x`, "goes on"},
		"a form":            {`name=n&file=QUI%3D`, "JSON object"},
		"not UTF-8":         {"{\"name\":\"\xff\",\"file\":\"QUI=\",\"file_mime_type\":\"raw\"}", "UTF-8"},
		"escaped surrogate": {`{"name":"\udfb5","file":"QUI=","file_mime_type":"raw"}`, "UTF-8"},
	}
	server := withFiles(t)
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) { do(t, server, "POST", listPath, tt.body).refused(t, 200, 400, tt.message) })
	}
	if files := server.Files(token); len(files) != 0 {
		t.Errorf("bad uploads made %v", files)
	}
}

func TestMaxBody(t *testing.T) {
	t.Parallel()
	body := upload("n", "raw", strings.Repeat("x", 1000))
	exact := serve(t, plusofontest.WithAccount(token), plusofontest.WithMaxBody(int64(len(body))))
	do(t, exact, "POST", listPath, body).is(t, success)
	short := serve(t, plusofontest.WithAccount(token), plusofontest.WithMaxBody(int64(len(body)-1)))
	do(t, short, "POST", listPath, body).refused(t, 200, 413, "too large")
}

// breakingReader ends in an error, as a client that leaves.
type breakingReader struct{ io.Reader }

func (r breakingReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if err == io.EOF {
		err = io.ErrClosedPipe
	}
	return n, err
}

func TestUploadThatBreaksOffMakesNoFile(t *testing.T) {
	t.Parallel()
	server := withFiles(t)
	r := request(t, server, "POST", listPath, "")
	body := upload("n", "raw", strings.Repeat("x", 1<<20))
	r.ContentLength = int64(len(body))
	r.Body = io.NopCloser(breakingReader{strings.NewReader(body[:len(body)/2])})
	if answer := send(server, r); answer.err == nil {
		t.Fatalf("got %s", answer.body)
	}
	server.Close() // waits for the request to end
	if files := server.Files(token); len(files) != 0 {
		t.Errorf("half an upload made %d files", len(files))
	}
}

func TestStandard(t *testing.T) {
	t.Parallel()
	server := withFiles(t)
	list := do(t, server, "GET", "/api/v1/standard-media", "")
	if want := `{"standard_media":[{"id":"f6965c7eadb44c1a5aae6b99df4da814","name":"\u0421\u0435\u043a`; !strings.HasPrefix(list.body, want) {
		t.Errorf("got %s", list.body)
	}
	var answer struct {
		Presets []struct{ ID, Name string } `json:"standard_media"`
	}
	if err := json.Unmarshal([]byte(list.body), &answer); err != nil {
		t.Fatal(err)
	}
	if len(answer.Presets) != 4 || answer.Presets[3].Name != "Тех-поддержка" {
		t.Errorf("presets %v", answer.Presets)
	}
	for _, preset := range answer.Presets {
		do(t, server, "POST", listPath, `{"name":"`+preset.Name+`","standard_id":"`+preset.ID+`"}`).is(t, success)
	}
	seen := make(map[string]bool)
	for _, path := range []string{"/1/file", "/2/file", "/3/file", "/4/file"} {
		sound := do(t, server, "GET", listPath+path, "").body
		if got := http.DetectContentType([]byte(sound)); got != "audio/wave" || len(sound) != 44+8000 {
			t.Errorf("%s: %d bytes of %s", path, len(sound), got)
		}
		seen[sound] = true
	}
	if len(seen) != 4 {
		t.Errorf("%d different sounds", len(seen))
	}
}

func TestOwnStandard(t *testing.T) {
	t.Parallel()
	server := serve(t, plusofontest.WithAccount(token),
		plusofontest.WithStandard(plusofontest.Standard{ID: "one", Name: "One", Content: []byte("RIFF")}))
	do(t, server, "GET", "/api/v1/standard-media", "").is(t, `{"standard_media":[{"id":"one","name":"One"}]}`)
	do(t, server, "POST", listPath, `{"name":"n","standard_id":"one"}`).is(t, success)
	do(t, server, "GET", filePath, "").is(t, "RIFF")
}
