package plusofontest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// calls are the seven calls, each of which would succeed.
var calls = []struct{ method, path, body string }{
	{"GET", listPath, ""},
	{"GET", mediaPath, ""},
	{"GET", filePath, ""},
	{"POST", listPath, upload("New", "raw", "sound")},
	{"PATCH", mediaPath, `{"name":"New"}`},
	{"DELETE", mediaPath, ""},
	{"GET", "/api/v1/standard-media", ""},
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	tests := []struct {
		header, value string
		code          int
		message       string
	}{
		{"Authorization", "", 500, "User not found."},
		{"Authorization", token, 500, "User not found."},
		{"Authorization", "bearer " + token, 500, "User not found."},
		{"Authorization", "Bearer  " + token, 500, "User not found."},
		{"Authorization", "Bearer unknown", 500, "User not found."},
		{"Client", "", 400, "Client"},
		{"Client", "1", 400, "Client"},
		{"Accept", "", 400, "Accept"},
		{"Accept", "*/*", 400, "Accept"},
		{"Content-Type", "", 400, "Content-Type"},
		{"Content-Type", "text/plain", 400, "Content-Type"},
	}
	for _, style := range []struct {
		name    string
		options []plusofontest.Option
	}{{"in 200", nil}, {"as status", []plusofontest.Option{plusofontest.WithStatusErrors()}}} {
		for _, tt := range tests {
			t.Run(fmt.Sprintf("%s/%s=%s", style.name, tt.header, tt.value), func(t *testing.T) {
				t.Parallel()
				server := serve(t, append(style.options, plusofontest.WithAccount(token, plusofontest.File{Name: "Old"}))...)
				for _, call := range calls {
					status := 200
					if style.options != nil {
						status = tt.code
					}
					do(t, server, call.method, call.path, call.body, tt.header, tt.value).refused(t, status, tt.code, tt.message)
				}
				if files := server.Files(token); len(files) != 1 || files[0].Name != "Old" {
					t.Errorf("the account has changed: %v", files)
				}
			})
		}
	}
}

func TestDoubledHeader(t *testing.T) {
	t.Parallel()
	server := withFiles(t)
	r := request(t, server, "GET", listPath, "")
	r.Header.Add("Client", plusofontest.ClientCode)
	send(server, r).refused(t, 200, 400, "Client")
}

// A client that is still sending must see the answer, not a broken connection.
func TestRefusalOfALargeUploadIsAnswered(t *testing.T) {
	t.Parallel()
	server := withFiles(t)
	body := upload("Long", "raw", strings.Repeat("x", 4<<20))
	do(t, server, "POST", listPath, body, "Authorization", "Bearer unknown").refused(t, 200, 500, "User not found.")
	do(t, server, "POST", listPath, "["+body+"]").refused(t, 200, 400, "JSON object")
}

func TestRemoveAccount(t *testing.T) {
	t.Parallel()
	server := withFiles(t)
	do(t, server, "GET", listPath, "")
	server.RemoveAccount(token)
	do(t, server, "GET", listPath, "").refused(t, 200, 500, "User not found.")
	if server.Files(token) != nil {
		t.Error("the account still has files")
	}
}
