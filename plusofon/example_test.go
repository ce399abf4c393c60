package plusofon_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// pretend stands in for Plusofon in the examples.
func pretend() *httptest.Server {
	mux := http.NewServeMux()
	for pattern, answer := range map[string]string{
		"GET /api/v1/media":           `{"current_page":1,"data":[{"id":1,"name":"Greeting"},{"id":2,"name":"Hold music"}],"last_page":1,"total":2}`,
		"GET /api/v1/media/1":         `{"id":1,"name":"Greeting"}`,
		"GET /api/v1/media/1/file":    "RIFF and so on",
		"GET /api/v1/media/9":         `{"message":"No such media","code":404}`,
		"GET /api/v1/standard-media":  `{"standard_media":[{"id":"f6965c7eadb44c1a5aae6b99df4da814","name":"Секретарь"}]}`,
		"POST /api/v1/media":          `{"success":true}`,
		"PATCH /api/v1/media/{id}":    `{"success":true}`,
		"DELETE /api/v1/media/{id}":   `{"success":true}`,
		"DELETE /api/v1/media/9":      `{"message":"No such media","code":404}`,
		"GET /api/v1/media/{id}/file": `null`,
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, answer) })
	}
	return httptest.NewServer(mux)
}

func Example() {
	server := pretend()
	defer server.Close()

	client, err := plusofon.New("your API token", plusofon.WithBaseURL(server.URL))
	if err != nil {
		log.Fatal(err)
	}
	page, err := client.ListMedia(context.Background(), 1)
	if err != nil {
		log.Fatal(err)
	}
	for _, media := range page.Media {
		fmt.Println(media.ID, media.Name)
	}
	fmt.Println("page", page.CurrentPage, "of", page.LastPage)
	// Output:
	// 1 Greeting
	// 2 Hold music
	// page 1 of 1
}

func ExampleClient_AllMedia() {
	server := pretend()
	defer server.Close()
	client, err := plusofon.New("your API token", plusofon.WithBaseURL(server.URL))
	if err != nil {
		log.Fatal(err)
	}

	for media, err := range client.AllMedia(context.Background()) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(media.Name)
	}
	// Output:
	// Greeting
	// Hold music
}

func ExampleClient_UploadMedia() {
	server := pretend()
	defer server.Close()
	client, err := plusofon.New("your API token", plusofon.WithBaseURL(server.URL))
	if err != nil {
		log.Fatal(err)
	}

	content := strings.NewReader("RIFF and so on") // or an *os.File and its size
	err = client.UploadMedia(context.Background(), plusofon.Upload{
		Name:    "Greeting",
		Format:  plusofon.WAV,
		Content: content,
		Size:    content.Size(),
	})
	switch {
	case errors.Is(err, plusofon.ErrOutcomeUnknown):
		fmt.Println("look at the list before you try again")
	case err != nil:
		fmt.Println("nothing was changed:", err)
	default:
		fmt.Println("done")
	}
	// Output: done
}

func ExampleClient_OpenFile() {
	server := pretend()
	defer server.Close()
	client, err := plusofon.New("your API token", plusofon.WithBaseURL(server.URL))
	if err != nil {
		log.Fatal(err)
	}

	file, err := client.OpenFile(context.Background(), "1", nil)
	if err != nil {
		log.Fatal(err)
	}
	defer file.Body.Close()
	if _, err := io.Copy(os.Stdout, file.Body); err != nil {
		log.Fatal(err)
	}
	fmt.Printf(" (%d bytes)\n", file.Size)

	_, err = client.OpenFile(context.Background(), "2", nil)
	fmt.Println(errors.Is(err, plusofon.ErrNoFile))
	// Output:
	// RIFF and so on (14 bytes)
	// true
}

func ExampleClient_RenameMedia() {
	server := pretend()
	defer server.Close()
	client, err := plusofon.New("your API token", plusofon.WithBaseURL(server.URL))
	if err != nil {
		log.Fatal(err)
	}

	id, err := plusofon.ParseMediaID("1")
	if err != nil {
		log.Fatal(err)
	}
	if err := client.RenameMedia(context.Background(), id, "Greeting at night"); err != nil {
		log.Fatal(err)
	}
	fmt.Println("renamed")
	// Output: renamed
}

func ExampleClient_AddStandardMedia() {
	server := pretend()
	defer server.Close()
	client, err := plusofon.New("your API token", plusofon.WithBaseURL(server.URL))
	if err != nil {
		log.Fatal(err)
	}

	recordings, err := client.ListStandardMedia(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	for _, recording := range recordings {
		if err := client.AddStandardMedia(context.Background(), recording.Name, recording.ID); err != nil {
			log.Fatal(err)
		}
		fmt.Println("added", recording.Name)
	}
	// Output: added Секретарь
}

func ExampleError() {
	server := pretend()
	defer server.Close()
	client, err := plusofon.New("your API token", plusofon.WithBaseURL(server.URL))
	if err != nil {
		log.Fatal(err)
	}

	err = client.DeleteMedia(context.Background(), "9")
	fmt.Println(errors.Is(err, plusofon.ErrNotFound))

	var failed *plusofon.Error
	if errors.As(err, &failed) {
		fmt.Println(failed.Status, failed.Code, failed.Message)
	}
	fmt.Println(err)
	// Output:
	// true
	// 200 404 No such media
	// plusofon: delete media /api/v1/media/9: HTTP 200, code 404, message "No such media": not found
}

func ExampleClient_WithToken() {
	client, err := plusofon.New("one user's token")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(client.WithToken("another user's token")) // no text of a client shows its token
	// Output: plusofon.Client(https://restapi.plusofon.ru/)
}
