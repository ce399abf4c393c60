package views_test

import (
	"bytes"
	"context"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"github.com/plusofon-dashboard/dashboard/static"
	"github.com/plusofon-dashboard/dashboard/views"
	"github.com/plusofon-dashboard/dashboard/views/locale"
)

var update = flag.Bool("update", false, "write the golden files anew")

var list = views.MediaList{
	Rows: []views.MediaRow{
		{ID: "1", Name: "Приветствие", Usable: true},
		{ID: "2", Name: `<b>"меню"</b>`, Usable: true, Matches: []views.Span{{Start: 4, End: 12}}},
		{ID: "null", Name: "", Usable: false},
	},
	Page: 2, LastPage: 9, From: 16, To: 18, Total: 123, Upload: views.Upload{MaxBytes: 32 << 20, Accept: ".wav"},
}

// tools is what scripts are given, in the language of the page.
var tools = templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
	html, _, _ := views.LookupTools(views.ToolsPath(ctx))
	_, err := w.Write(html)
	return err
})

// Components look as their golden files do. After a wanted change:
//
//	go test ./views -update
func TestComponents(t *testing.T) {
	t.Parallel()
	found := list
	found.Search, found.Sort = "меню", "-name"
	for name, component := range map[string]templ.Component{
		"tools":         tools,
		"login":         views.LoginForm(views.Login{}),
		"login_refused": views.LoginForm(views.Login{Next: "/media?page=2", Error: "Нет", Token: "demo", Demo: true}),
		"list":          views.MediaListPage(list),
		"list_found":    views.MediaListSection(found),
		"list_nothing":  views.MediaListSection(views.MediaList{Page: 1, LastPage: 1, Search: "нет"}),
		"list_empty":    views.MediaListSection(views.MediaList{Page: 1, LastPage: 1}),
		"row_new":       views.MediaTableRow(views.MediaRow{ID: "7", Name: "Новый", Usable: true, New: true}),
		"file": views.MediaShowPage(views.MediaShow{
			Row: list.Rows[0], Playable: true, Facts: []views.Fact{{Name: "Формат", Value: "WAV"}},
		}),
		"file_unreadable": views.MediaShowPage(views.MediaShow{Row: list.Rows[0]}),
		"delete_question": views.DeleteQuestionPage(views.DeleteQuestion{Names: []string{"Привет", "<b>"}, Count: 102, IDs: "1,2,3"}),
		"delete_report": views.DeleteReportPage(views.DeleteReport{
			Total: 100, Deleted: 21, Missing: 2, Left: 75, Stopped: "Сбой.", IDs: "3,4,5",
			Failed: []views.FailedDeletion{{ID: "3", Name: "<b>", Reason: "Занят."}, {ID: "4", Reason: "Занят."}},
		}),
		"standard":      views.StandardPage(views.Standard{Recordings: []views.StandardRecording{{ID: "f69", Name: "Секретарь"}}}),
		"standard_none": views.StandardPage(views.Standard{}),
		"problem": views.ProblemPage(views.Problem{
			Title: "Сбой", Text: "Что-то", Changed: "Ничего", Next: "Дальше", ActionURL: "/media", ActionLabel: "К списку", RequestID: "X",
		}),
		"problem_note": views.ProblemNote(views.Problem{Title: "Сбой", Text: "<i>", Next: "Дальше", Refusal: "video"}),
	} {
		for _, lang := range locale.Languages() {
			t.Run(name+" "+string(lang), func(t *testing.T) {
				t.Parallel()
				compare(t, filepath.Join("testdata", name+"."+string(lang)+".html"), render(t, lang, component))
			})
		}
	}
}

func TestLayout(t *testing.T) {
	t.Parallel()
	page := views.Page{
		Title: "Аудиофайлы", Path: "/media", Query: "page=2&lang=ru", Section: "/media", SignedIn: true, Account: "bb52d08addc72a77", Nonce: "nonce",
		Notice: &views.Notice{Text: "Готово"}, Language: locale.Russian,
	}
	compare(t, "testdata/layout.ru.html", render(t, locale.Russian, views.Layout(page, templ.Raw("<h1>Содержание</h1>"))))
}

// hash is the part of an address of the tools that changes with their content.
var hash = regexp.MustCompile(`\.[0-9a-f]{8}\.`)

// render draws a component, with a line for each tag so that a difference
// shows where it is.
func render(t *testing.T, lang locale.Language, component templ.Component) string {
	t.Helper()
	var out bytes.Buffer
	if err := component.Render(locale.NewContext(context.Background(), lang), &out); err != nil {
		t.Fatal(err)
	}
	html := hash.ReplaceAllString(out.String(), ".HASH.")
	html = strings.ReplaceAll(html, "/static/"+static.Version()+"/", "/static/VERSION/")
	return strings.ReplaceAll(html, "><", ">\n<") + "\n"
}

func compare(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range min(len(gotLines), len(wantLines)) {
		if gotLines[i] != wantLines[i] {
			t.Fatalf("%s:%d:\n got %s\nwant %s", file, i+1, gotLines[i], wantLines[i])
		}
	}
	t.Fatalf("%s: %d lines, want %d", file, len(gotLines), len(wantLines))
}
