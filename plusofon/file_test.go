package plusofon_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

const sound = "ID3 this is the sound of a file"

// open opens a file and reads it to its end.
func open(t *testing.T, client *plusofon.Client, r *plusofon.Range) (*plusofon.File, string, error) {
	t.Helper()
	file, err := client.OpenFile(t.Context(), "1", r)
	if err != nil {
		if file != nil {
			t.Error("a file came with the error")
		}
		return nil, "", err
	}
	body, err := io.ReadAll(file.Body)
	if closing := file.Body.Close(); closing != nil {
		t.Error(closing)
	}
	return file, string(body), err
}

func TestOpenFile(t *testing.T) {
	t.Parallel()
	served := func(w http.ResponseWriter, r *http.Request) {
		http.ServeContent(w, r, "", time.Time{}, strings.NewReader(sound))
	}
	chunked := func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept-Encoding") != "identity" {
			t.Errorf("Accept-Encoding %q", r.Header.Get("Accept-Encoding"))
		}
		w.(http.Flusher).Flush()
		io.WriteString(w, sound)
	}
	size := int64(len(sound))
	tests := []struct {
		name    string
		handler http.HandlerFunc
		asked   *plusofon.Range
		want    plusofon.File
		body    string
	}{
		{"whole", served, nil, plusofon.File{Length: size, Size: size}, sound},
		{"whole, of unknown size", chunked, nil, plusofon.File{Length: -1, Size: -1}, sound},
		{"range ignored", answer(200, sound), &plusofon.Range{First: 4, Last: 7}, plusofon.File{Length: size, Size: size}, sound},
		{"range", served, &plusofon.Range{First: 4, Last: 7}, plusofon.File{First: 4, Length: 4, Size: size}, "this"},
		{"first bytes", served, &plusofon.Range{First: 0, Last: 1}, plusofon.File{Length: 2, Size: size}, "ID"},
		{"to the end", served, &plusofon.Range{First: 9, Last: -1}, plusofon.File{First: 9, Length: size - 9, Size: size}, sound[9:]},
		{"past the end", served, &plusofon.Range{First: 9, Last: 999}, plusofon.File{First: 9, Length: size - 9, Size: size}, sound[9:]},
		{"all of it", served, &plusofon.Range{First: 0, Last: -1}, plusofon.File{Length: size, Size: size}, sound},
		{"range of unknown size", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Range", "bytes 4-7/*")
			w.WriteHeader(http.StatusPartialContent)
			w.(http.Flusher).Flush()
			io.WriteString(w, "this")
		}, &plusofon.Range{First: 4, Last: 7}, plusofon.File{First: 4, Length: 4, Size: -1}, "this"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			file, body, err := open(t, serve(t, test.handler), test.asked)
			if err != nil {
				t.Fatal(err)
			}
			file.Body = nil
			if *file != test.want || body != test.body {
				t.Errorf("got %+v with %q, want %+v with %q", *file, body, test.want, test.body)
			}
		})
	}
}

func TestFileBodyIsAReader(t *testing.T) {
	t.Parallel()
	content := bytes.Repeat([]byte(sound), 1000)
	file, err := serve(t, answer(200, string(content))).OpenFile(t.Context(), "1", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Body.Close()
	if err := iotest.TestReader(file.Body, content); err != nil {
		t.Error(err)
	}
}

// Looks of JSON that are sound all the same.
func TestSoundThatBeginsLikeJSON(t *testing.T) {
	t.Parallel()
	for _, content := range []string{
		"{", "n", "nul", "null\x00", "null null", `{"message":"x"`, `{"message":"x"}` + "\x00", " \n\t", "\xef\xbb\xbf",
		"{" + strings.Repeat("\x01", 200<<10), strings.Repeat(" ", 200<<10),
		`{"message":"` + strings.Repeat("x", 100<<10) + `"}`,
	} {
		_, body, err := open(t, serve(t, answer(200, content)), nil)
		if err != nil || body != content {
			t.Errorf("%.20q: got %.20q, %v", content, body, err)
		}
	}
}

func TestNoFile(t *testing.T) {
	t.Parallel()
	tests := []struct {
		status  int
		body    string
		want    error
		message string
	}{
		{200, "null", plusofon.ErrNoFile, ""},
		{200, " null\r\n", plusofon.ErrNoFile, ""},
		{200, "\xef\xbb\xbfnull", plusofon.ErrNoFile, ""},
		{200, "", plusofon.ErrNoFile, ""},
		{204, "", plusofon.ErrNoFile, ""},
		{200, "{}", plusofon.ErrNoFile, ""},
		{200, `{"message":"The file is gone."}`, plusofon.ErrNoFile, "The file is gone."},
		{200, ` {"message":"No such entity","code":404}`, plusofon.ErrNotFound, "No such entity"},
		{200, `{"message":"User not found."}`, plusofon.ErrTokenRefused, "User not found."},
		{200, `{"success":false}`, plusofon.ErrRejected, ""},
		{200, `{"message":"Server Error","code":500,"trace":"` + strings.Repeat("x", 60_000) + `"}`, plusofon.ErrUnavailable, "Server Error"},
		{201, sound, plusofon.ErrUnexpectedAnswer, ""},
		{416, "", plusofon.ErrRangeNotSatisfiable, ""},
	}
	for _, test := range tests {
		client := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "audio/mpeg") // whatever it says
			w.WriteHeader(test.status)
			io.WriteString(w, test.body)
		})
		_, _, err := open(t, client, nil)
		if failed := wantMeaning(t, err, test.want); failed.Message != test.message || failed.Status != test.status {
			t.Errorf("%d %.40q: got %v", test.status, test.body, err)
		}
	}
}

func TestFileIsCutShort(t *testing.T) {
	t.Parallel()
	for name, head := range map[string]string{
		"with a length":  "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsound",
		"in chunks":      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nsound\r\n",
		"within a chunk": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\nsound",
		"a range":        "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-99/100\r\n\r\nsound",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := newClient(t, plusofon.WithBaseURL(raw(t, head)))
			var asked *plusofon.Range
			if name == "a range" {
				asked = &plusofon.Range{First: 0, Last: -1}
			}
			_, body, err := open(t, client, asked)
			wantMeaning(t, err, plusofon.ErrUnavailable)
			if body != "sound" || !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("got %q, %v, want io.ErrUnexpectedEOF", body, err)
			}
		})
	}
}

func TestReadingIsCancelled(t *testing.T) {
	t.Parallel()
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, sound)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	file, err := client.OpenFile(ctx, "1", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Body.Close()
	if _, err := io.ReadFull(file.Body, make([]byte, len(sound))); err != nil {
		t.Fatal(err)
	}
	cancel()
	_, err = io.ReadAll(file.Body)
	if wantMeaning(t, err); !errors.Is(err, context.Canceled) {
		t.Errorf("%v is not context.Canceled", err)
	}
}

func TestCompressedFileIsRefused(t *testing.T) {
	t.Parallel()
	client := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(bomb(t, sound, 1))
	})
	_, _, err := open(t, client, nil)
	wantMeaning(t, err, plusofon.ErrUnexpectedAnswer)
}

func BenchmarkOpenFile(b *testing.B) {
	for _, size := range []int{1 << 10, 32 << 20} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			content := strings.Repeat("x", size)
			transport := roundTrip(func(r *http.Request) (*http.Response, error) { return canned(r, 200, content), nil })
			client := newClient(b, plusofon.WithHTTPClient(&http.Client{Transport: transport}))
			b.ReportAllocs()
			b.SetBytes(int64(size))
			for b.Loop() {
				file, err := client.OpenFile(b.Context(), "1", nil)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := io.Copy(io.Discard, file.Body); err != nil {
					b.Fatal(err)
				}
				file.Body.Close()
			}
		})
	}
}
