package plusofon_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// storage is a host to which an API hands its downloads on.
func storage(t *testing.T, answer http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewTLSServer(answer)
	t.Cleanup(server.Close)
	return server
}

// clientOf is a client of an API that hands downloads on to a target.
func clientOf(t *testing.T, store *httptest.Server, target string, hosts ...string) *plusofon.Client {
	t.Helper()
	api := httptest.NewServer(http.RedirectHandler(target, http.StatusFound))
	t.Cleanup(api.Close)
	client, err := plusofon.New("the-token", plusofon.WithBaseURL(api.URL), plusofon.WithHTTPClient(store.Client()), plusofon.WithFileHosts(hosts...))
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// A download is fetched from a file host that is named, and nothing of ours but
// the range goes there.
func TestDownloadsFromAFileHost(t *testing.T) {
	t.Parallel()
	store := storage(t, func(w http.ResponseWriter, r *http.Request) {
		for name, values := range r.Header {
			if name != "Range" && name != "Accept-Encoding" {
				t.Errorf("the file host got %s: %q", name, values)
			}
		}
		http.ServeContent(w, r, "", time.Time{}, strings.NewReader("0123456789"))
	})
	client := clientOf(t, store, store.URL+"/bucket/7?signature=x", strings.TrimPrefix(store.URL, "https://"))
	for _, part := range []*plusofon.Range{nil, {First: 2, Last: 5}} {
		file, err := client.OpenFile(t.Context(), "7", part)
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(file.Body)
		if want := "0123456789"; err != nil || part == nil && string(content) != want || part != nil && string(content) != want[2:6] {
			t.Errorf("got %q, %v", content, err)
		}
		file.Body.Close()
	}
}

// A host that is not named gets no request at all, and the error tells it apart.
func TestOtherFileHostsAreNotAsked(t *testing.T) {
	t.Parallel()
	store := storage(t, func(_ http.ResponseWriter, r *http.Request) { t.Errorf("the host was asked for %s", r.URL) })
	host := strings.TrimPrefix(store.URL, "https://")
	for name, tt := range map[string]struct {
		target string
		hosts  []string
	}{
		"none is named":    {store.URL + "/7", nil},
		"another is named": {store.URL + "/7", []string{"files.example.com"}},
		"by plain http":    {"http://" + host + "/7", []string{host}},
		"with a password":  {"https://a:b@" + host + "/7", []string{host}},
		"on another port":  {store.URL + "/7", []string{"127.0.0.1"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := clientOf(t, store, tt.target, tt.hosts...).OpenFile(t.Context(), "7", nil)
			failed := wantMeaning(t, err, plusofon.ErrUnexpectedAnswer, plusofon.ErrFileElsewhere)
			if !strings.Contains(failed.Error(), host) {
				t.Errorf("it does not name the host: %v", failed)
			}
		})
	}
}

// A file host is followed once, and for downloads only.
func TestAFileHostHandsNothingOn(t *testing.T) {
	t.Parallel()
	asked := 0
	var store *httptest.Server
	store = storage(t, func(w http.ResponseWriter, r *http.Request) {
		asked++
		http.Redirect(w, r, store.URL+"/again", http.StatusFound)
	})
	client := clientOf(t, store, store.URL+"/7", strings.TrimPrefix(store.URL, "https://"))
	_, err := client.OpenFile(t.Context(), "7", nil)
	wantMeaning(t, err, plusofon.ErrUnexpectedAnswer)
	if asked != 1 {
		t.Errorf("the host was asked %d times, want 1", asked)
	}
	_, err = client.ListMedia(t.Context(), 1)
	wantMeaning(t, err, plusofon.ErrUnexpectedAnswer)
	if asked != 1 {
		t.Error("a list was asked of the file host")
	}
}
