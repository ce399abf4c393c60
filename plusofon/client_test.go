package plusofon_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

func TestRequests(t *testing.T) {
	t.Parallel()
	const done = `{"success":true}`
	tests := []struct {
		name                       string
		call                       string
		method, uri, answer, wants string // wants: the body, "" for none
	}{
		{"list", "list", "GET", "/api/v1/media", `{"data":[]}`, ""},
		{"get", "get", "GET", "/api/v1/media/1", `{"id":1,"name":"n"}`, ""},
		{"file", "file", "GET", "/api/v1/media/1/file", "sound", ""},
		{"standard", "standard", "GET", "/api/v1/standard-media", `{"standard_media":[]}`, ""},
		{"upload", "upload", "POST", "/api/v1/media", done, `{"name":"n","file_mime_type":"mp3","file":"c291bmQ="}`},
		{"add", "add", "POST", "/api/v1/media", done, `{"name":"n","standard_id":"f6"}`},
		{"rename", "rename", "PATCH", "/api/v1/media/1", done, `{"name":"n"}`},
		{"delete", "delete", "DELETE", "/api/v1/media/1", done, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			seen := make(chan *http.Request, 9)
			client := serve(t, func(w http.ResponseWriter, r *http.Request) {
				body, err := io.ReadAll(r.Body)
				if err != nil {
					t.Error(err)
				}
				if string(body) != test.wants {
					t.Errorf("body %q, want %q", body, test.wants)
				}
				seen <- r
				io.WriteString(w, test.answer)
			}, plusofon.WithClientCode("77"))
			all := calls(t)
			i := slices.IndexFunc(all, func(c call) bool { return c.name == test.call })
			if err := all[i].do(client); err != nil {
				t.Fatal(err)
			}
			r := <-seen
			if r.Method != test.method || r.RequestURI != test.uri {
				t.Errorf("got %s %s, want %s %s", r.Method, r.RequestURI, test.method, test.uri)
			}
			if r.ContentLength != int64(len(test.wants)) {
				t.Errorf("Content-Length %d, want %d", r.ContentLength, len(test.wants))
			}
			wantHeaders(t, r.Header)
			if len(seen) > 0 {
				t.Error("more than one request")
			}
		})
	}
}

func wantHeaders(t *testing.T, header http.Header) {
	t.Helper()
	for name, want := range map[string]string{
		"Authorization": "Bearer " + token,
		"Client":        "77",
		"Accept":        "application/json",
		"Content-Type":  "application/json",
	} {
		if got := header.Get(name); got != want {
			t.Errorf("header %s: got %q, want %q", name, got, want)
		}
	}
	if agent := header.Get("User-Agent"); !strings.HasPrefix(agent, "plusofon-go") {
		t.Errorf("User-Agent %q is not ours", agent)
	}
	if header.Get("Idempotency-Key") != "" {
		t.Error("an Idempotency-Key makes net/http repeat writes")
	}
}

func TestNewRefusesBadOptions(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"", "restapi.plusofon.ru", "ftp://host", "http://", "https://:443", "http://host?a=b", "http://host?", "http://host#f",
		"http://us\ner@host", "https://user:a-password@host", "://",
	} {
		if _, err := plusofon.New(token, plusofon.WithBaseURL(address)); err == nil {
			t.Errorf("New took the base address %q", address)
		} else if strings.Contains(err.Error(), "a-password") {
			t.Errorf("the error shows the password: %v", err)
		}
	}
	for _, code := range []string{"", "10\r\n553", "1\x00"} {
		if _, err := plusofon.New(token, plusofon.WithClientCode(code)); err == nil {
			t.Errorf("New took the client code %q", code)
		}
	}
}

func TestBaseURLMayHaveAPath(t *testing.T) {
	t.Parallel()
	client := newClient(t, plusofon.WithBaseURL("http://host/below/"), plusofon.WithHTTPClient(&http.Client{
		Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			if want := "http://host/below/api/v1/media/1"; r.URL.String() != want {
				t.Errorf("got %s, want %s", r.URL, want)
			}
			return nil, io.ErrUnexpectedEOF
		}),
	}))
	_, err := client.GetMedia(t.Context(), "1")
	failed := wantMeaning(t, err, plusofon.ErrUnavailable)
	if want := "/below/api/v1/media/1"; failed.Path != want {
		t.Errorf("Path %q, want %q", failed.Path, want)
	}
}

func TestWithToken(t *testing.T) {
	t.Parallel()
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"id":1,"name":%q}`, r.Header.Get("Authorization"))
	})
	other := client.WithToken("another")
	for want, c := range map[string]*plusofon.Client{"Bearer " + token: client, "Bearer another": other} {
		media, err := c.GetMedia(t.Context(), "1")
		if err != nil {
			t.Fatal(err)
		}
		if media.Name != want {
			t.Errorf("got %q, want %q", media.Name, want)
		}
	}
}

func TestTokenThatCannotBeSent(t *testing.T) {
	t.Parallel()
	client := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("a request was sent") })
	for _, bad := range []string{"", "  ", "to\r\nken", "tok\x00en", "to\x7fken"} {
		_, err := client.WithToken(bad).ListMedia(t.Context(), 1)
		wantMeaning(t, err, plusofon.ErrTokenRefused)
	}
}

func TestClientDoesNotShowItsToken(t *testing.T) {
	t.Parallel()
	client := newClient(t)
	type holder struct {
		client plusofon.Client
		Inner  *plusofon.Client
	}
	values := []any{client, *client, holder{*client, client}, &holder{*client, client}, []*plusofon.Client{client}}
	for _, value := range values {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			text := fmt.Sprintf(verb, value)
			if strings.Contains(text, token) || strings.Contains(text, fmt.Sprintf("%x", token)) {
				t.Errorf("%s of %T shows the token: %s", verb, value, text)
			}
		}
		encoded, err := json.Marshal(value)
		if err != nil || strings.Contains(string(encoded), token) {
			t.Errorf("JSON of %T: %s, %v", value, encoded, err)
		}
	}
	if got, want := client.String(), "plusofon.Client(https://restapi.plusofon.ru/)"; got != want {
		t.Errorf("String is %q, want %q", got, want)
	}
}

func TestHTTPClientIsNotChanged(t *testing.T) {
	t.Parallel()
	own := &http.Client{}
	newClient(t, plusofon.WithHTTPClient(own))
	if own.CheckRedirect != nil {
		t.Error("New changed the caller's http.Client")
	}
	newClient(t, plusofon.WithHTTPClient(nil))
	if http.DefaultClient.CheckRedirect != nil {
		t.Error("New changed http.DefaultClient")
	}
}

func TestCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancelCause(t.Context())
	client := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel(io.ErrClosedPipe)
		<-r.Context().Done()
	})
	err := client.DeleteMedia(ctx, "1")
	if wantMeaning(t, err, plusofon.ErrOutcomeUnknown); !errors.Is(err, context.Canceled) {
		t.Errorf("%v is not context.Canceled", err)
	}
	err = client.DeleteMedia(ctx, "1") // never sent
	if wantMeaning(t, err); !errors.Is(err, context.Canceled) {
		t.Errorf("%v is not context.Canceled", err)
	}
}
