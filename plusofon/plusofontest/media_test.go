package plusofontest_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// The vendor's own example, but for the address.
func TestListAsDocumented(t *testing.T) {
	t.Parallel()
	server := withFiles(t, plusofontest.File{Name: "Audio1"}, plusofontest.File{Name: "Audio2"})
	host := strings.ReplaceAll(server.URL, "/", `\/`)
	want := `{"current_page":1,"data":[{"id":1,"name":"Audio1"},{"id":2,"name":"Audio2"}],` +
		`"first_page_url":"` + host + `\/api\/v1\/media?page=1","from":1,"last_page":1,` +
		`"last_page_url":"` + host + `\/api\/v1\/media?page=1","next_page_url":null,` +
		`"path":"` + host + `\/api\/v1\/media","per_page":15,"prev_page_url":null,"to":2,"total":2}`
	answer := do(t, server, "GET", listPath, "")
	answer.is(t, want)
	if got := answer.header.Get("Content-Type"); got != "application/json" {
		t.Errorf("Content-Type %q", got)
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	tests := []struct {
		files int
		query string
		want  []string // parts of the answer
	}{
		{0, "", []string{`"current_page":1,"data":[],`, `"from":null,"last_page":1,`, `"next_page_url":null`, `"prev_page_url":null,"to":null,"total":0}`}},
		{15, "", []string{`"from":1,"last_page":1,`, `"next_page_url":null`, `"to":15,"total":15}`}},
		{16, "?page=1", []string{`"current_page":1,`, `"from":1,"last_page":2,`, `media?page=2","next_page_url":"`, `"prev_page_url":null,"to":15,"total":16}`}},
		{16, "?page=2", []string{`"current_page":2,"data":[{"id":16,"name":"16"}],`, `"from":16,"last_page":2,`, `"next_page_url":null`, `media?page=1","to":16,"total":16}`}},
		{40, "?page=2", []string{`"data":[{"id":16,`, `"from":16,"last_page":3,`, `media?page=3","next_page_url":"`, `media?page=1","to":30,"total":40}`}},
		{16, "?page=5", []string{`"current_page":5,"data":[],`, `"from":null,"last_page":2,`, `"next_page_url":null`, `media?page=4","to":null,"total":16}`}},
		{16, "?page=9223372036854775807", []string{`"data":[],`, `"from":null,"last_page":2,`}},
		{16, "?page=0", []string{`"current_page":1,`}},
		{16, "?page=-3", []string{`"current_page":1,`}},
		{16, "?page=two", []string{`"current_page":1,`}},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.files, tt.query), func(t *testing.T) {
			t.Parallel()
			var files []plusofontest.File
			for i := range tt.files {
				files = append(files, plusofontest.File{Name: fmt.Sprint(i + 1)})
			}
			answer := do(t, withFiles(t, files...), "GET", listPath+tt.query, "")
			for _, want := range tt.want {
				if !strings.Contains(answer.body, want) {
					t.Errorf("no %s in\n%s", want, answer.body)
				}
			}
		})
	}
}

func TestJSONIsWrittenAsPHPDoes(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Приёмная":           `\u041f\u0440\u0438\u0451\u043c\u043d\u0430\u044f`,
		"a/b":                `a\/b`,
		"🎵":                  `\ud83c\udfb5`,
		`<b>"&'\`:            `<b>\"&'\\`,
		"\x00\b\t\n\f\r\x1f": `\u0000\b\t\n\f\r\u001f`,
		"\x7f\u202e":         "\x7f" + `\u202e`,
	} {
		server := withFiles(t, plusofontest.File{Name: name})
		do(t, server, "GET", mediaPath, "").is(t, `{"id":1,"name":"`+want+`"}`)
	}
}

func TestOneFile(t *testing.T) {
	t.Parallel()
	tests := []struct {
		id      string
		code    int
		message string
	}{
		{"x", 400, "The media id must be int."},
		{"1.5", 400, "The media id must be int."},
		{"9223372036854775808", 400, "The media id must be int."},
		{"3", 404, "not found"},
		{"0", 404, "not found"},
	}
	server := serve(t, plusofontest.WithAccount(token, plusofontest.File{Name: "Old"}),
		plusofontest.WithAccount("another", plusofontest.File{ID: 3, Name: "Not yours"}))
	for _, tt := range tests {
		path := listPath + "/" + tt.id
		do(t, server, "GET", path, "").refused(t, 200, tt.code, tt.message)
		do(t, server, "GET", path+"/file", "").refused(t, 200, tt.code, tt.message)
		do(t, server, "PATCH", path, `{"name":"New"}`).refused(t, 200, tt.code, tt.message)
		do(t, server, "DELETE", path, "").refused(t, 200, tt.code, tt.message)
	}
	do(t, server, "GET", mediaPath, "").is(t, `{"id":1,"name":"Old"}`)
	do(t, server, "PATCH", mediaPath, `{"name":"Новое"}`).is(t, success)
	if got := server.Files(token)[0].Name; got != "Новое" {
		t.Errorf("renamed to %q", got)
	}
	do(t, server, "DELETE", mediaPath, "").is(t, success)
	do(t, server, "DELETE", mediaPath, "").refused(t, 200, 404, "not found")
	if got := server.Files("another"); len(got) != 1 || got[0].Name != "Not yours" {
		t.Errorf("the other account has %v", got)
	}
}

func TestIDsGrow(t *testing.T) {
	t.Parallel()
	server := serve(t, plusofontest.WithAccount(token,
		plusofontest.File{ID: 1 << 53, Name: "b"}, plusofontest.File{ID: 5, Name: "a"}, plusofontest.File{Name: "c"}))
	do(t, server, "DELETE", listPath+"/9007199254740993", "").is(t, success)
	do(t, server, "POST", listPath, upload("d", "raw", "x")).is(t, success)
	got := ""
	for _, file := range server.Files(token) {
		got += fmt.Sprint(file.ID, file.Name, " ")
	}
	if want := "5a 9007199254740992b 9007199254740994d "; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRenameWantsAName(t *testing.T) {
	t.Parallel()
	server := withFiles(t, plusofontest.File{Name: "Old"})
	for _, body := range []string{
		"", "null", `"New"`, `["New"]`, `{}`, `{"name":""}`, `{"name":" \t"}`, `{"name":null}`, `{"name":1}`,
		`{"Name":"New"}`, `{"name":"New","id":1}`, `{"name":"New","name":"New"}`, `{"name":"New"}}`, `{"name":"New"}{}`,
		`{"name":"New",}`, `{"name":"New"`, `{"name":"New`, `{name:"New"}`, "{\"name\":\"New\xff\"}", `{"name":"\ud800"}`,
	} {
		answer := do(t, server, "PATCH", mediaPath, body)
		if !strings.Contains(answer.body, `"code":400`) {
			t.Errorf("%q: got %s", body, answer.body)
		}
	}
	if got := server.Files(token)[0].Name; got != "Old" {
		t.Errorf("renamed to %q", got)
	}
}

func TestUnknownRoute(t *testing.T) {
	t.Parallel()
	server := serve(t, plusofontest.WithAccount(token), plusofontest.WithStatusErrors())
	do(t, server, "PUT", listPath, "{}").refused(t, http.StatusNotFound, 404, "route")
	do(t, server, "GET", "/", "").refused(t, http.StatusNotFound, 404, "route")
}
