package plusofon_test

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

func TestFormats(t *testing.T) {
	t.Parallel()
	for _, f := range []plusofon.Format{
		plusofon.MP3, plusofon.WAV, plusofon.AU, plusofon.AIFF, plusofon.GSM, plusofon.OGG, plusofon.RAW,
	} {
		if !f.Valid() {
			t.Errorf("%q is not valid", f)
		}
	}
	for _, f := range []plusofon.Format{"", "MP3", "audio/mpeg", "flac", ".mp3"} {
		if f.Valid() {
			t.Errorf("%q is valid", f)
		}
	}
}

func TestUploadOfAnySize(t *testing.T) {
	t.Parallel()
	const piece = 48 << 10
	for _, size := range []int{1, 2, 3, 4, piece - 1, piece, piece + 1, 2 * piece, 3*piece + 2, 1 << 20} {
		sound := make([]byte, size)
		rand.Read(sound)
		client := serve(t, func(w http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				t.Error(err)
			}
			if r.ContentLength != int64(len(body)) || r.TransferEncoding != nil {
				t.Errorf("Content-Length %d, %v, for %d bytes", r.ContentLength, r.TransferEncoding, len(body))
			}
			var got struct {
				Name, File string
				Format     plusofon.Format `json:"file_mime_type"`
			}
			if err := json.Unmarshal(body, &got); err != nil {
				t.Error(err)
			}
			if want := base64.StdEncoding.EncodeToString(sound); got.File != want || got.Name != "name" || got.Format != plusofon.OGG {
				t.Errorf("%d bytes came as %d of %q in %q", len(want), len(got.File), got.Format, got.Name)
			}
			io.WriteString(w, `{"success":true}`)
		})
		for _, content := range []io.Reader{
			bytes.NewReader(sound), iotest.HalfReader(bytes.NewReader(sound)), iotest.DataErrReader(bytes.NewReader(sound)),
		} {
			upload := plusofon.Upload{Name: "name", Format: plusofon.OGG, Content: content, Size: int64(size)}
			if err := client.UploadMedia(t.Context(), upload); err != nil {
				t.Errorf("%d bytes: %v", size, err)
			}
		}
	}
}

func TestContentThatIsNotAsAnnounced(t *testing.T) {
	t.Parallel()
	broken := errors.New("disk on fire")
	const size = 100_000
	sound := func(n int) io.Reader { return strings.NewReader(strings.Repeat("x", n)) }
	tests := []struct {
		name    string
		content io.Reader
		want    error
		text    string
	}{
		{"empty", sound(0), plusofon.ErrContentSize, "ended after 0 of 100000 bytes"},
		{"too short", sound(60_000), plusofon.ErrContentSize, "ended after 60000 of 100000 bytes"},
		{"too short by one", sound(size - 1), plusofon.ErrContentSize, "ended after 99999 of 100000 bytes"},
		{"too long by one", sound(size + 1), plusofon.ErrContentSize, "goes on after 100000 bytes"},
		{"too long", sound(3 * size), plusofon.ErrContentSize, "goes on after 100000 bytes"},
		{"fails", io.MultiReader(sound(60_000), iotest.ErrReader(broken)), broken, "disk on fire"},
		{"fails at its end", io.MultiReader(sound(size), iotest.ErrReader(broken)), broken, "disk on fire"},
		{"fails at once", iotest.ErrReader(broken), broken, "disk on fire"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var whole atomic.Int32
			client := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if _, err := io.Copy(io.Discard, r.Body); err == nil {
					whole.Add(1)
				}
				io.WriteString(w, `{"success":true}`)
			})
			upload := plusofon.Upload{Name: "n", Format: plusofon.WAV, Content: test.content, Size: size}
			err := client.UploadMedia(t.Context(), upload)
			if test.want == plusofon.ErrContentSize {
				wantMeaning(t, err, test.want)
			} else {
				wantMeaning(t, err)
			}
			if !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.text) {
				t.Errorf("got %q, want one that says %q", err, test.text)
			}
			if whole.Load() != 0 {
				t.Error("a whole request came through")
			}
		})
	}
}

func TestUploadThatIsNotSent(t *testing.T) {
	t.Parallel()
	client := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("a request was sent") })
	content := strings.NewReader("sound")
	for _, upload := range []plusofon.Upload{
		{Name: "n", Content: content, Size: 5},
		{Name: "n", Format: "flac", Content: content, Size: 5},
		{Name: "n", Format: plusofon.MP3, Size: 5},
		{Name: "n", Format: plusofon.MP3, Content: content},
		{Name: "n", Format: plusofon.MP3, Content: content, Size: -1},
		{Name: "n", Format: plusofon.MP3, Content: content, Size: 1<<63 - 1},
	} {
		wantMeaning(t, client.UploadMedia(t.Context(), upload), plusofon.ErrRejected)
	}
}

// A server may refuse an upload before it has read it: its answer counts.
func TestUploadRefusedEarly(t *testing.T) {
	t.Parallel()
	const size = 8 << 20
	client := serve(t, answer(500, `{"message":"User not found","code":500}`))
	upload := plusofon.Upload{Name: "n", Format: plusofon.WAV, Content: io.LimitReader(zeros{}, size), Size: size}
	err := client.UploadMedia(t.Context(), upload)
	if !errors.Is(err, plusofon.ErrTokenRefused) && !errors.Is(err, plusofon.ErrOutcomeUnknown) {
		t.Error(err)
	}
}

// A transport may go on reading a request after it has its answer. By then the
// content is the caller's again.
func TestContentIsNotReadAfterwards(t *testing.T) {
	t.Parallel()
	var body io.Reader
	transport := roundTrip(func(r *http.Request) (*http.Response, error) {
		body = r.Body
		_, err := io.CopyN(io.Discard, body, 100)
		return canned(r, 401, ""), err
	})
	client := newClient(t, plusofon.WithHTTPClient(&http.Client{Transport: transport}))
	content := strings.NewReader(strings.Repeat("x", 1<<20))
	upload := plusofon.Upload{Name: "n", Format: plusofon.WAV, Content: content, Size: content.Size()}
	wantMeaning(t, client.UploadMedia(t.Context(), upload), plusofon.ErrTokenRefused)

	left := content.Len()
	if n, err := io.Copy(io.Discard, body); n > 0 || err == nil {
		t.Errorf("the body still gives %d bytes, error %v", n, err)
	}
	if content.Len() != left {
		t.Errorf("%d bytes of the content were read", left-content.Len())
	}
}

// A server that breaks off after a whole upload gets it only once.
func TestUploadIsNotRepeated(t *testing.T) {
	t.Parallel()
	var requests atomic.Int32
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			io.WriteString(w, `{"data":[]}`)
			return
		}
		requests.Add(1)
		if r.GetBody != nil {
			t.Error("a body that can be had again")
		}
		io.Copy(io.Discard, r.Body)
		panic(http.ErrAbortHandler)
	})
	if _, err := client.ListMedia(t.Context(), 1); err != nil { // so that there is a connection to reuse
		t.Fatal(err)
	}
	upload := plusofon.Upload{Name: "n", Format: plusofon.WAV, Content: strings.NewReader("sound"), Size: 5}
	wantMeaning(t, client.UploadMedia(t.Context(), upload), plusofon.ErrOutcomeUnknown, plusofon.ErrUnavailable)
	if n := requests.Load(); n != 1 {
		t.Errorf("%d requests, want 1", n)
	}
}

// zeros is silence without end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// BenchmarkUploadMedia shows that memory doesn't grow with the file: B/op is
// the same for each size.
func BenchmarkUploadMedia(b *testing.B) {
	transport := roundTrip(func(r *http.Request) (*http.Response, error) {
		if _, err := io.CopyN(io.Discard, r.Body, r.ContentLength); err != nil {
			return nil, err
		}
		return canned(r, 200, `{"success":true}`), r.Body.Close()
	})
	client := newClient(b, plusofon.WithHTTPClient(&http.Client{Transport: transport}))
	for name, size := range map[string]int64{"1KiB": 1 << 10, "32MiB": 32 << 20} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(size)
			for b.Loop() {
				upload := plusofon.Upload{Name: "n", Format: plusofon.WAV, Content: io.LimitReader(zeros{}, size), Size: size}
				if err := client.UploadMedia(b.Context(), upload); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
