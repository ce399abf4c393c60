package main

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strconv"
	"testing"
)

// What a user does is counted, in everything that is promised.
func TestMetrics(t *testing.T) {
	t.Parallel()
	log := &syncBuffer{}
	ready, ended := make(chan string, 1), make(chan error, 1)
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		ended <- run(ctx, []string{"--demo", "--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0", "--log-format", "json"},
			log, func(address string) { ready <- address })
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the program ended with: %v", err)
		}
	})
	address := <-ready
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	answered := func(response *http.Response, err error) (bytes int64) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		bytes, err = io.Copy(io.Discard, response.Body)
		if err != nil || response.StatusCode != http.StatusOK {
			t.Errorf("%s: %s, %v", response.Request.URL, response.Status, err)
		}
		return bytes
	}
	answered(client.PostForm(address+"/login", url.Values{"token": {demoToken}}))
	downloaded := answered(client.Get(address + "/media/1/preview"))
	downloaded += answered(client.Get(address + "/media/archive?id=1"))
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "Новый.wav")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(silence(3000)); err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	answered(client.Post(address+"/media", form.FormDataContentType(), &body))
	answered(client.PostForm(address+"/logout", nil))
	awaitMetrics(t, log,
		`dashboard_request_seconds_count{method="GET",route="/media/:id/preview",status="200"} 1`,
		`dashboard_request_seconds_count{method="GET",route="/media/archive",status="200"} 1`,
		`dashboard_upstream_seconds_count{method="POST",outcome="200"} 1`,
		`dashboard_transfers_in_flight{direction="download"} 0`,
		`dashboard_transfers_in_flight{direction="upload"} 0`,
		`dashboard_transferred_bytes_total{direction="download"} `+strconv.FormatInt(downloaded, 10)+"\n",
		`dashboard_transferred_bytes_total{direction="upload"} 3000`,
		`dashboard_sessions_total{event="begun"} 1`,
		`dashboard_sessions_total{event="ended"} 1`,
		`dashboard_breaker_state 0`,
		`dashboard_build_info{`,
		"# HELP dashboard_request_seconds Time to answer a request",
		"# HELP dashboard_breaker_state Whether Plusofon is asked",
	)
}
