package handlers_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// replace sends the form of the page of a file.
func (d *dashboard) replace(id, name string, content []byte) *answer {
	d.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for field, value := range map[string]string{"name": name, "replaces": id} {
		if err := form.WriteField(field, value); err != nil {
			d.t.Fatal(err)
		}
	}
	part, err := form.CreateFormFile("file", "новая.wav")
	if err != nil {
		d.t.Fatal(err)
	}
	if _, err := part.Write(content); err != nil {
		d.t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		d.t.Fatal(err)
	}
	return d.request(http.MethodPost, "/media", &body, "Content-Type", form.FormDataContentType())
}

func TestNewVersion(t *testing.T) {
	t.Parallel()
	d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет", Format: "wav", Content: sound(t, "wav-pcm16-8000.wav")},
		plusofontest.File{ID: 9, Name: "Другой", Format: "wav", Content: sound(t, "wav-pcm16-8000.wav")})
	d.get("/media/7").has(`#replace input[name=replaces][value="7"]`, 1).has("#older", 0).contains("новым номером")
	d.replace("7", "Привет", sound(t, "wav-pcm16-8000.wav")).status(http.StatusSeeOther).location("/media/10?replaces=7")
	d.get("/media/10?replaces=7").has(`#older form[action="/media/7/delete"]`, 1).
		contains("У новой версии новый номер: 10.", "Удалить прежнюю версию (номер 7)?")
	if got := len(d.api.Files(token)); got != 3 {
		t.Errorf("there are %d files, want the old version to stay", got)
	}
	for _, forged := range []string{"9", "10", "010", "99", "x"} {
		d.get("/media/10?replaces="+forged).status(http.StatusOK).has("#older", 0)
	}
	d.post("/media/7/delete", nil).status(http.StatusSeeOther)
	d.get("/media/10?replaces=7").status(http.StatusOK).has("#older", 0)
	d.replace("x", "Привет", sound(t, "wav-pcm16-8000.wav")).status(http.StatusSeeOther).location("/media")
}
