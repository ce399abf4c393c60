package handlers_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// files makes count files named "Файл 1" and so on.
func files(count int) []plusofontest.File {
	var made []plusofontest.File
	for i := 1; i <= count; i++ {
		made = append(made, plusofontest.File{Name: fmt.Sprintf("Файл %d", i)})
	}
	return made
}

func TestPages(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		query string
		want  string // the first name on the page
		rows  int
		asked int
	}{
		{"", "Файл 1", 15, 1},
		{"?page=1", "Файл 1", 15, 1},
		{"?page=2", "Файл 16", 15, 1},
		{"?page=3", "Файл 31", 2, 1},
		{"?page=4", "Файл 31", 2, 2},
		{"?page=999999999999999999999", "Файл 31", 2, 2},
		{"?page=-999999999999999999999", "Файл 1", 15, 1},
		{"?page=0", "Файл 1", 15, 1},
		{"?page=-1", "Файл 1", 15, 1},
		{"?page=abc", "Файл 1", 15, 1},
	} {
		t.Run(tt.query, func(t *testing.T) {
			t.Parallel()
			d := signedIn(t, files(32)...)
			before := d.asked()
			answer := d.get("/media"+tt.query).status(http.StatusOK).
				has("tr[data-media]", tt.rows).
				contains("32 файла")
			if got := answer.find("tr[data-media] bdi").First().Text(); got != tt.want {
				t.Errorf("the first row is %q, want %q", got, tt.want)
			}
			if got := d.asked() - before; got != tt.asked {
				t.Errorf("Plusofon was asked %d times, want %d", got, tt.asked)
			}
		})
	}
}

func TestTheListForHTMXIsAFragment(t *testing.T) {
	t.Parallel()
	d := signedIn(t, files(16)...)
	answer := d.get("/media?page=2", htmx...).status(http.StatusOK).
		has("#media-list", 1).has("tr[data-media]", 1).
		lacks("<html", "<header")
	if got := answer.header.Values("Vary"); !strings.Contains(strings.Join(got, ","), "HX-Request") {
		t.Errorf("Vary is %q, want HX-Request in it", got)
	}
	d.get("/media?page=2", append(htmx, "HX-History-Restore-Request", "true")...).contains("<html")
}

func TestAnEmptyListSaysWhatToDo(t *testing.T) {
	t.Parallel()
	d := signedIn(t)
	d.get("/media").status(http.StatusOK).contains("Здесь пока пусто", "перетащите файлы")
}

func TestControlsNameTheirFile(t *testing.T) {
	t.Parallel()
	d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет"})
	d.get("/media").
		has(`tr#media-7 [aria-label="Прослушать «Привет»"]`, 1).
		has(`tr#media-7 [aria-label="Переименовать «Привет»"]`, 1).
		has(`tr#media-7 [aria-label="Скачать «Привет»"][href="/media/7/file?download=1"]`, 1).
		has(`tr#media-7 [aria-label="Удалить «Привет»"]`, 1)
	d.get("/media", english...).has(`tr#media-7 [aria-label="Delete “Привет”"]`, 1)
}

func TestStrangeNamesAreTextAndShown(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, file, want string }{
		{"markup", `<script>alert(1)</script>"'`, `<script>alert(1)</script>"'`},
		{"right to left override", "a\u202Egnp.exe", "a[U+202E]gnp.exe"},
		{"controls", "a\r\nb\x00", "a␍␊b␀"},
		{"emoji", "Привет 👩‍💻", "Привет 👩‍💻"},
		{"nothing to see", " ", "Без названия"},
		{"very long", strings.Repeat("я", 10_000), strings.Repeat("я", 120) + "…"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := signedIn(t, plusofontest.File{ID: 7, Name: tt.file})
			for _, path := range []string{"/media", "/media/7"} {
				answer := d.get(path).status(http.StatusOK).lacks("<script>alert")
				if got := answer.find("bdi").First().Text(); got != tt.want {
					t.Errorf("%s shows %q, want %q", path, got, tt.want)
				}
			}
			whole, _ := d.get("/media").find("[data-name-cell] a").Attr("title")
			// What is not seen is shown there, too.
			if want := strings.NewReplacer("\r", "␍", "\n", "␊", "\x00", "␀", "\u202E", "[U+202E]").Replace(tt.file); whole != want {
				t.Errorf("the title is %q, want the whole name %q", whole, want)
			}
		})
	}
}

// Bytes that are no UTF-8 are shown as such, and don't keep a file from being
// renamed and downloaded.
func TestANameOfWrongBytes(t *testing.T) {
	t.Parallel()
	d := signedIn(t, plusofontest.File{ID: 7, Name: "x", Content: longWAV(1000)})
	list := plusofontest.Answer(http.StatusOK, "application/json", "{\"current_page\":1,\"data\":[{\"id\":7,\"name\":\"a\xff\xfeb\"}]}")
	d.api.Fail(plusofontest.Match(http.MethodGet, "/api/v1/media"), list)
	if got := d.get("/media").status(http.StatusOK).find("#media-7 bdi").First().Text(); got != "a\uFFFD\uFFFDb" {
		t.Errorf("the list shows %q", got)
	}
	d.api.Fail(plusofontest.Match(http.MethodGet, "/api/v1/media/7"), plusofontest.Answer(http.StatusOK, "application/json", "{\"id\":7,\"name\":\"a\xff\xfeb\"}"))
	d.get("/media/7/file?download=1").status(http.StatusOK)
	d.post("/media/7/rename", map[string][]string{"name": {"Новое"}}).status(http.StatusSeeOther)
}

func TestAFileWithoutAProperNumberIsShownWithoutActions(t *testing.T) {
	t.Parallel()
	d := signedIn(t)
	d.api.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasSuffix(r.URL.Path, "/media") {
			return false
		}
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"current_page":1,"last_page":1,"per_page":15,"total":4,"from":1,"to":4,"data":[
			{"id":"17","name":"строкой"},{"id":9007199254740993,"name":"большой"},{"id":null,"name":"никакой"},{"name":"без номера","x":1}]}`)
		return true
	})
	d.get("/media").status(http.StatusOK).
		contains("строкой", "большой", "никакой", "без номера").
		has("#media-17", 1).has("#media-9007199254740993", 1).
		has("tr.unusable", 2).has("tr.unusable button", 0)
}

// HTML knows no autocomplete for checkboxes and radio buttons.
func TestNoAutocompleteOnCheckboxes(t *testing.T) {
	t.Parallel()
	d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет"})
	for _, path := range []string{"/media", "/media/7", "/standard"} {
		d.get(path).has("input[type=checkbox][autocomplete], input[type=radio][autocomplete]", 0)
	}
}
