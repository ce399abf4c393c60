package handlers_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// sounds are files with names that must not become names of files as they are.
func sounds(t *testing.T) []plusofontest.File {
	t.Helper()
	wav, mp3 := sound(t, "wav-pcm16-8000.wav"), sound(t, "mp3-bare-frames-mpeg25-8k.mp3")
	return []plusofontest.File{
		{Name: "Привет", Format: "wav", Content: wav},
		{Name: "привет.wav", Format: "wav", Content: wav[:len(wav)-2]},
		{Name: "../../etc/passwd", Format: "mp3", Content: mp3},
		{Name: "Привет", Format: "mp3", Content: mp3},
		{Name: "Сбой", Format: "wav", Content: wav},
	}
}

// entries opens an archive and gives the content of each entry.
func (a *answer) entries() (names []string, content map[string]string) {
	a.t.Helper()
	archive, err := zip.NewReader(strings.NewReader(a.body), int64(len(a.body)))
	if err != nil {
		a.t.Fatal(err)
	}
	content = map[string]string{}
	for _, file := range archive.File {
		if file.Method != zip.Store {
			a.t.Errorf("%s is compressed", file.Name)
		}
		r, err := file.Open()
		if err != nil {
			a.t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			a.t.Fatalf("%s: %v", file.Name, err)
		}
		names = append(names, file.Name)
		content[file.Name] = string(text)
	}
	return names, content
}

func TestArchive(t *testing.T) {
	t.Parallel()
	files := sounds(t)
	ids := url.Values{"id": {"4", "1", "2", "3", "1", "5", "99"}}
	for name, get := range map[string]func(d *dashboard) *answer{
		"address": func(d *dashboard) *answer { return d.get("/media/archive?" + ids.Encode()) },
		"form":    func(d *dashboard) *answer { return d.post("/media/archive", ids) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := signedIn(t, files...)
			d.api.Fail(plusofontest.Match(http.MethodGet, "/api/v1/media/5/file"), slices.Repeat([]plusofontest.Fault{plusofontest.HTML(502)}, 9)...)
			answer := get(d).status(http.StatusOK)
			names, content := answer.entries()
			want := []string{"Привет.mp3", "Привет.wav", "привет (2).wav", "_.._etc_passwd.mp3", "Не удалось скачать.txt"}
			if strings.Join(names, "|") != strings.Join(want, "|") {
				t.Fatalf("the archive has %q, want %q", names, want)
			}
			for i, file := range []int{3, 0, 1, 2} {
				if content[names[i]] != string(files[file].Content) {
					t.Errorf("%s is not what Plusofon has", names[i])
				}
			}
			for _, want := range []string{"«Сбой» (номер 5) — нет в архиве. Plusofon сейчас недоступен", "(номер 99) — нет в архиве. Такого файла нет"} {
				if report := content["Не удалось скачать.txt"]; !strings.Contains(report, want) {
					t.Errorf("the report does not say %q:\n%s", want, report)
				}
			}
			if got := answer.header.Get("Content-Disposition"); !strings.HasPrefix(got, "attachment; ") || !strings.HasSuffix(got, ".zip") {
				t.Errorf("Content-Disposition: %s", got)
			}
		})
	}
}

func TestArchiveOfAllAndOfWhatWasFound(t *testing.T) {
	t.Parallel()
	files := office()
	for i := range files {
		files[i].Content = sound(t, "wav-pcm16-8000.wav")
	}
	d := signedIn(t, files...)
	if names, _ := d.get("/media/archive?all=1").status(http.StatusOK).entries(); len(names) != len(office()) {
		t.Errorf("the backup has %d files, want %d", len(names), len(office()))
	}
	names, _ := d.get("/media/archive?sort=name&q=" + url.QueryEscape("меню")).status(http.StatusOK).entries()
	if len(names) != 2 || !strings.HasPrefix(names[0], "Ёлка — праздничное меню") || !strings.HasPrefix(names[1], "меню_ склад") {
		t.Errorf("found are %q", names)
	}
}

// What is cut off on its way is named, and the others are whole.
func TestArchiveWithAFileThatIsCutOff(t *testing.T) {
	t.Parallel()
	files := sounds(t)
	d := signedIn(t, files...)
	d.api.Fail(plusofontest.Match(http.MethodGet, "/api/v1/media/1/file"), slices.Repeat([]plusofontest.Fault{plusofontest.CutOff(len(files[0].Content) - 10)}, 9)...)
	names, content := d.get("/media/archive?id=1&id=3").status(http.StatusOK).entries()
	if len(names) != 3 || content["_.._etc_passwd.mp3"] != string(files[2].Content) {
		t.Fatalf("the archive has %q", names)
	}
	if report := content["Не удалось скачать.txt"]; !strings.Contains(report, "«Привет» (номер 1) — файл в архиве неполный") {
		t.Errorf("the report says: %s", report)
	}
}

func TestArchivesThatAreRefused(t *testing.T) {
	t.Parallel()
	d := signedIn(t, sounds(t)...)
	d.get("/media/archive").status(http.StatusUnprocessableEntity).contains("Не выбрано ни одного файла")
	d.get("/media/archive?id=1&id=..").status(http.StatusNotFound)
	d.get("/media/archives").status(http.StatusNotFound).contains("Номер файла состоит только из цифр")
	d.get("/media/archive?id=99").status(http.StatusNotFound).contains("Такого файла нет")
	d.post("/media/archive", url.Values{"id": {"1"}}, "Sec-Fetch-Site", "cross-site").status(http.StatusForbidden)
	d.get("/media/archive?all=1", "Sec-Fetch-Site", "cross-site").status(http.StatusForbidden)
	nobody := start(t)
	nobody.get("/media/archive?all=1").status(http.StatusSeeOther)
}

// A client that leaves ends the transfer from Plusofon.
func TestArchiveWhoseClientLeaves(t *testing.T) {
	t.Parallel()
	files := sounds(t)
	files[0].Content = append(files[0].Content[:len(files[0].Content):len(files[0].Content)], make([]byte, 64<<10)...) // more than is held back
	d := signedIn(t, files...)
	asked, ended := make(chan struct{}), make(chan struct{})
	d.api.Fail(plusofontest.Match(http.MethodGet, "/api/v1/media/2/file"), func(_ http.ResponseWriter, r *http.Request, _ http.Handler) {
		close(asked)
		defer close(ended)
		<-r.Context().Done()
	})
	ctx, leave := context.WithTimeout(t.Context(), time.Minute)
	defer leave()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, d.url+"/media/archive", bytes.NewBufferString("id=1&id=2&id=3"))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := d.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if _, err := io.ReadFull(response.Body, make([]byte, 100)); err != nil {
		t.Fatal(err)
	}
	for _, event := range []chan struct{}{asked, ended} {
		select {
		case <-event:
			leave()
		case <-time.After(20 * time.Second):
			t.Fatal("waited in vain")
		}
	}
	if got := d.api.Count(http.MethodGet, "/api/v1/media/3/file"); got != 0 {
		t.Errorf("the next file was asked for %d times", got)
	}
}
