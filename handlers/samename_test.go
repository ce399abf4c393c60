package handlers_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// Two people upload a file of one name at once: the second waits, and each is
// told the number of their own file.
func TestTwoFilesOfOneName(t *testing.T) {
	t.Parallel()
	d := start(t, plusofontest.WithAccount(token))
	d.session(token)
	other := &dashboard{t: t, url: d.url, client: newBrowser(t), api: d.api, log: d.log}
	other.session(token)
	held := make(chan struct{})
	d.api.Fail(plusofontest.Match(http.MethodPost, "/api/v1/media"), plusofontest.Hold(held))
	rows := make(chan *answer, 2)
	go func() { rows <- d.upload("Меню", "Меню.wav", longWAV(1000), htmx...) }()
	if err := d.api.Await(t.Context(), http.MethodPost, "/api/v1/media", 1); err != nil {
		t.Fatal(err)
	}
	go func() { rows <- other.upload("Меню", "Меню.wav", longWAV(2000), htmx...) }()
	close(held)
	sizes := map[string]int{}
	for range 2 {
		row := (<-rows).status(http.StatusCreated)
		id, _ := row.find("tr[data-media]").Attr("data-media")
		sizes[id] = len(d.get("/media/" + id + "/file").body)
	}
	if len(sizes) != 2 {
		t.Errorf("both were told one number: %v", sizes)
	}
	if posts := d.api.Count(http.MethodPost, "/api/v1/media"); posts != 2 {
		t.Errorf("%d uploads", posts)
	}
}

// Where an upload fails without effect just when somebody else adds a file of
// the same name, the other's file does not pass for it.
func TestTheFileOfSomebodyElseIsNotFound(t *testing.T) {
	t.Parallel()
	d := signedIn(t)
	others := func(w http.ResponseWriter, r *http.Request, api http.Handler) {
		var upload map[string]any
		body, err := io.ReadAll(r.Body)
		if err == nil {
			err = json.Unmarshal(body, &upload)
		}
		if err != nil {
			t.Error(err)
		}
		replaced := false
		for key, value := range upload {
			if text, ok := value.(string); ok && len(text) > 1000 {
				upload[key], replaced = base64.StdEncoding.EncodeToString(longWAV(1500)), true
			}
		}
		body, err = json.Marshal(upload)
		if err != nil || !replaced {
			t.Errorf("the upload was not understood: %v", err)
		}
		request := r.Clone(r.Context())
		request.Body, request.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		api.ServeHTTP(httptest.NewRecorder(), request)
		plusofontest.Reset()(w, r, api)
	}
	d.api.Fail(plusofontest.Match(http.MethodPost, "/api/v1/media"), others)
	d.upload("Меню", "Меню.wav", longWAV(1000)).status(http.StatusGatewayTimeout).lacks("на месте")
	if files := d.api.Files(token); len(files) != 1 {
		t.Errorf("Plusofon has %d files, want that of the other", len(files))
	}
	d.api.Fail(plusofontest.Match(http.MethodPost, "/api/v1/media"), plusofontest.CarriedOut(plusofontest.Reset()))
	d.upload("Музыка", "Музыка.wav", longWAV(1000)).status(http.StatusSeeOther) // its own is found
}
