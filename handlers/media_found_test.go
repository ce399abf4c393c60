package handlers_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// Files with the same name stand together, whatever case it is written in, and
// can be searched, sorted, packed and deleted like others.
func TestDuplicatesAreShown(t *testing.T) {
	t.Parallel()
	d := signedIn(t, append(office(), plusofontest.File{Name: "ПРИВЕТСТВИЕ"})...)
	d.get("/media").has(`a[href="/media?duplicates=1"]`, 1)
	for query, want := range map[string]string{
		"duplicates=1":            "Приветствие|ПРИВЕТСТВИЕ|Файл 10|Файл 10",
		"duplicates=1&sort=-name": "Файл 10|Файл 10|ПРИВЕТСТВИЕ|Приветствие",
		"duplicates=1&q=файл":     "Файл 10|Файл 10",
		"duplicates=1&q=склад":    "",
		"duplicates=yes&q=меню":   "Ёлка — праздничное меню|меню: склад",
	} {
		if got := strings.Join(d.get("/media?"+query).status(http.StatusOK).names(), "|"); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	d.get("/media?duplicates=1").contains("Здесь только файлы, чьи названия повторяются.", "Найдено:").
		has(`input[form=search-form][name=duplicates]`, 1).
		has(`th[aria-sort=ascending] a[href="/media?duplicates=1&sort=-name"]`, 1).
		has(`a[href="/media/archive?duplicates=1"]`, 1)
	d.get("/media/delete?duplicates=1").status(http.StatusOK).contains("Удалить 4 файла?")
	names, _ := signedIn(t, sounds(t)...).get("/media/archive?duplicates=1").entries()
	if got := strings.Join(names, "|"); got != "Привет.wav|Привет.mp3" {
		t.Errorf("the archive has %s", got)
	}
	signedIn(t, files(3)...).get("/media?duplicates=1").status(http.StatusOK).
		contains("Файлов с одинаковыми названиями нет", "Показать все файлы")
}

// A script is given all files that a search finds: their names as they are
// shown, and without those that can't be used.
func TestFoundFilesForAScript(t *testing.T) {
	t.Parallel()
	type file struct{ ID, Name string }
	d := signedIn(t, append(files(40), plusofontest.File{ID: 9007199254740993, Name: "Файл\u202e\x00"})...)
	for query, want := range map[string]struct {
		count       int
		first, last file
	}{
		"":                               {41, file{"1", "Файл 1"}, file{"9007199254740993", "Файл[U+202E]␀"}},
		"q=" + url.QueryEscape("4 файл"): {5, file{"4", "Файл 4"}, file{"40", "Файл 40"}},
		"q=" + url.QueryEscape("4") + "&sort=-id": {5, file{"40", "Файл 40"}, file{"4", "Файл 4"}},
	} {
		answer := d.get("/media/found?"+query, htmx...).status(http.StatusOK)
		if got := answer.header.Get("Content-Type"); got != "application/json" {
			t.Errorf("%q: a %s", query, got)
		}
		var found []file
		if err := json.Unmarshal([]byte(answer.body), &found); err != nil {
			t.Fatal(err)
		}
		if len(found) != want.count || found[0] != want.first || found[len(found)-1] != want.last {
			t.Errorf("%q: %d files, %v to %v", query, len(found), found[0], found[len(found)-1])
		}
	}
	if got := d.get("/media/found?q=" + url.QueryEscape("нет такого")).status(http.StatusOK).body; strings.TrimSpace(got) != "[]" {
		t.Errorf("nothing found is %q", got)
	}
	start(t).get("/media/found", htmx...).status(http.StatusUnauthorized).contains("Нужно войти")
}

// How far the reading of all files has come is told while it goes on.
func TestProgressOfTheReading(t *testing.T) {
	t.Parallel()
	d := signedIn(t, files(40)...)
	held := make(chan struct{})
	d.api.FailBy(func(r *http.Request) plusofontest.Fault {
		if r.URL.Query().Get("page") != "3" {
			return nil
		}
		return plusofontest.Hold(held)
	})
	d.get("/media/progress").status(http.StatusNoContent)
	found := make(chan int, 1)
	go func() {
		response, err := d.client.Get(d.url + "/media?q=" + url.QueryEscape("файл"))
		if err != nil {
			found <- 0
			return
		}
		response.Body.Close()
		found <- response.StatusCode
	}()
	release := sync.OnceFunc(func() { close(held) })
	defer release() // a test that fails ends all the same
	var steps []string
	for deadline := time.Now().Add(20 * time.Second); !slices.Contains(steps, `{"done":2,"total":3}`); {
		if time.Now().After(deadline) {
			t.Fatalf("on the way it was only %q", steps)
		}
		if step := strings.TrimSpace(d.get("/media/progress").body); !slices.Contains(steps, step) {
			steps = append(steps, step)
		}
	}
	release()
	if status := <-found; status != http.StatusOK {
		t.Errorf("the search has the status %d", status)
	}
	d.get("/media/progress").status(http.StatusNoContent)
	for _, step := range steps {
		if !slices.Contains([]string{"", `{"done":0,"total":0}`, `{"done":1,"total":3}`, `{"done":2,"total":3}`}, step) {
			t.Errorf("on the way it was %s", step)
		}
	}
}
