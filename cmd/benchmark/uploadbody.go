package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strconv"
	"sync/atomic"
)

// formUpload is the form that a browser sends, made before it is measured. All
// of a time share the content; each has a name of its own, or the program
// would take it for the same.
type formUpload struct {
	contentType      string
	content, closing []byte
	boundary         string
	sent             atomic.Int64
}

func newFormUpload(size int) *formUpload {
	var text bytes.Buffer
	form := multipart.NewWriter(&text)
	_ = form.Close() // to memory: cannot fail
	return &formUpload{
		contentType: form.FormDataContentType(), boundary: form.Boundary(),
		content: sound(size), closing: text.Bytes(),
	}
}

// opening is the form as far as the content.
func (f *formUpload) opening() []byte {
	number := strconv.FormatInt(f.sent.Add(1), 10)
	var text bytes.Buffer
	form := multipart.NewWriter(&text)
	_ = form.SetBoundary(f.boundary)                           // it was made by the package itself
	_ = form.WriteField("name", "Приветствие "+number)         // to memory: cannot fail
	_, _ = form.CreateFormFile("file", "upload"+number+".wav") // likewise
	return text.Bytes()
}

// send sends the form to a server, with the cookie of a user.
func (f *formUpload) send(ctx context.Context, address, cookie string, want int) error {
	opening := f.opening()
	body := io.MultiReader(bytes.NewReader(opening), bytes.NewReader(f.content), bytes.NewReader(f.closing))
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address+"/media", body)
	if err != nil {
		return fmt.Errorf("uploading: %w", err)
	}
	request.ContentLength = int64(len(opening) + len(f.content) + len(f.closing))
	request.Header.Set("Content-Type", f.contentType)
	request.Header.Set("Cookie", cookie)
	request.Header.Set("HX-Request", "true")
	return deliver(request, want)
}

// readyUpload is what the program makes of an upload for Plusofon.
type readyUpload struct{ text []byte }

func newReadyUpload(size int) *readyUpload {
	text := []byte(`{"name":"Приветствие","file_mime_type":"wav","file":"`)
	text = base64.StdEncoding.AppendEncode(text, sound(size))
	return &readyUpload{append(text, `"}`...)}
}

// send sends it to the upstream.
func (u *readyUpload) send(ctx context.Context, address string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address+"/api/v1/media", bytes.NewReader(u.text))
	if err != nil {
		return fmt.Errorf("uploading: %w", err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+smallAccount)
	return deliver(request, http.StatusOK)
}

// deliver sends a request of which only the status of the answer matters.
func deliver(request *http.Request, want int) error {
	response, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("uploading: %w", err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return fmt.Errorf("uploading: %w", err)
	}
	if response.StatusCode != want {
		return fmt.Errorf("uploading: the answer is %s: %.300s", response.Status, text)
	}
	return nil
}
