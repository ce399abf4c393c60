package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

func TestRenaming(t *testing.T) {
	t.Parallel()
	d := signedIn(t, plusofontest.File{ID: 7, Name: "Старое"})
	answer := d.send(http.MethodPatch, "/media/7", url.Values{"name": {" Новое "}}, htmx...).status(http.StatusOK).
		has("tr#media-7", 1).contains("Новое").lacks("<html")
	if trigger := answer.header.Get("HX-Trigger"); !strings.Contains(trigger, `"toast"`) {
		t.Errorf("HX-Trigger %q tells nothing", trigger)
	}
	d.post("/media/7/rename", url.Values{"name": {"Ещё новее"}}).status(http.StatusSeeOther).location("/media")
	d.get("/media").contains("Файл переименован: «Ещё новее».")
	if got := d.api.Files(token)[0].Name; got != "Ещё новее" {
		t.Errorf("Plusofon has %q", got)
	}
}

func TestDeleting(t *testing.T) {
	t.Parallel()
	d := signedIn(t, plusofontest.File{ID: 7, Name: "Первый"}, plusofontest.File{ID: 8, Name: "Второй"})
	answer := d.send(http.MethodDelete, "/media/7", nil, htmx...).status(http.StatusOK)
	if answer.body != "" {
		t.Errorf("the row is replaced by %q, want nothing", answer.body)
	}
	d.post("/media/8/delete", nil).status(http.StatusSeeOther).location("/media")
	d.get("/media").contains("Файл «Второй» удалён.", "Здесь пока пусто")
	if got := d.api.Count(http.MethodDelete, "/api/v1/media/*"); got != 2 {
		t.Errorf("Plusofon got %d deletions, want 2", got)
	}
	d.post("/media/8/delete", nil).status(http.StatusNotFound).contains("Такого файла нет")
}

func TestABadNameIsRefusedWithoutAskingPlusofon(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, value, want string }{
		{"empty", "", "Введите название"},
		{"spaces", " \t ", "Введите название"},
		{"too long", strings.Repeat("я", 256), "не больше 255"},
		{"control characters", "a\x07b", "управляющие знаки"},
		{"line break", "a\nb", "управляющие знаки"},
		{"invalid UTF-8", "a\xffb", "управляющие знаки"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := signedIn(t, plusofontest.File{ID: 7, Name: "Старое"})
			before := d.asked()
			form := url.Values{"name": {tt.value}}
			d.send(http.MethodPatch, "/media/7", form, htmx...).status(http.StatusUnprocessableEntity).contains(tt.want).lacks("<html")
			d.post("/media/7/rename", form).status(http.StatusUnprocessableEntity).contains(tt.want).
				has(`form[action="/media/7/rename"] input[name=name][aria-invalid=true]`, 1)
			d.post("/media", url.Values{"name": {tt.value}, "standard_id": {"f6965c7eadb44c1a5aae6b99df4da814"}}).
				status(http.StatusUnprocessableEntity).contains(tt.want)
			if got := d.asked() - before; got != 0 {
				t.Errorf("Plusofon was asked %d times, want none", got)
			}
		})
	}
}

func TestABadNumberIsRefusedWithoutAskingPlusofon(t *testing.T) {
	t.Parallel()
	d := signedIn(t)
	before := d.asked()
	for _, id := range []string{"abc", "0", "-1", "1.5", "1e3", "99999999999999999999", "%00", "..%2f1", "1;2"} {
		d.get("/media/" + id).status(http.StatusNotFound).contains("Такого файла нет")
		d.get("/media/" + id + "/file").status(http.StatusNotFound)
		d.get("/media/" + id + "/preview").status(http.StatusNotFound)
		d.send(http.MethodPatch, "/media/"+id, url.Values{"name": {"x"}}, htmx...).status(http.StatusNotFound)
		d.send(http.MethodDelete, "/media/"+id, nil, htmx...).status(http.StatusNotFound)
	}
	if got := d.asked() - before; got != 0 {
		t.Errorf("Plusofon was asked %d times, want none", got)
	}
}

func TestAFileThatIsGone(t *testing.T) {
	t.Parallel()
	for _, style := range errorStyles {
		t.Run(style.name, func(t *testing.T) {
			t.Parallel()
			d := start(t, append(style.options, plusofontest.WithAccount(token))...)
			d.signIn(token)
			d.get("/media/999").status(http.StatusNotFound).contains("Такого файла нет", "К аудиофайлам")
			d.get("/media/999/file").status(http.StatusNotFound)
			d.send(http.MethodDelete, "/media/999", nil, htmx...).status(http.StatusNotFound).
				has("[data-problem]", 1).lacks("<html")
			d.send(http.MethodPatch, "/media/999", url.Values{"name": {"x"}}, htmx...).status(http.StatusNotFound)
		})
	}
}

func TestPresets(t *testing.T) {
	t.Parallel()
	d := signedIn(t)
	page := d.get("/standard").status(http.StatusOK).
		contains("Секретарь", "Приветствие", "Голосовая почта", "Тех-поддержка").
		has(`form[action="/media"] [aria-label="Добавить «Секретарь»"]`, 1)
	id, _ := page.find("input[name=standard_id]").First().Attr("value")
	form := url.Values{"name": {"Наш секретарь"}, "standard_id": {id}}
	d.post("/media", form).status(http.StatusSeeOther).location("/media")
	d.get("/media").contains("Запись «Наш секретарь» добавлена", "1 файл")
	d.post("/media", form, htmx...).status(http.StatusCreated).has("tr[data-media]", 1)
	if got := len(d.api.Files(token)); got != 2 {
		t.Errorf("Plusofon has %d files, want 2", got)
	}
}

func TestPagesOfOneFile(t *testing.T) {
	t.Parallel()
	d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет", Format: "wav", Content: sound(t, "wav-pcm16-8000.wav")})
	d.get("/media/7").status(http.StatusOK).
		has(`audio[src="/media/7/preview"]`, 1).
		has(`form[action="/media/7/rename"] input[name=name][value="Привет"]`, 1).
		has(`form[action="/media/7/delete"]`, 1).
		contains("Удалить «Привет»?", "8\u00a0000 Гц", "моно", "WAV")
}

// A name is what one sees of it: composed, with spaces for tabs, and none at all
// where nothing is seen.
func TestNamesAreTidied(t *testing.T) {
	t.Parallel()
	d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет"})
	for typed, want := range map[string]string{"Мои\u0306 файл": "Мой файл", "a\tb": "a b", "soft\u00ADhyphen": "soft\u00ADhyphen"} {
		d.post("/media/7/rename", url.Values{"name": {typed}}).status(http.StatusSeeOther)
		if got := d.api.Files(token)[0].Name; got != want {
			t.Errorf("%q became %q, want %q", typed, got, want)
		}
	}
	for _, nothing := range []string{"\u200b", "\ufeff \u00ad", "\u202e"} {
		d.post("/media/7/rename", url.Values{"name": {nothing}}).status(http.StatusUnprocessableEntity).contains("Введите название")
	}
	d.post("/media/7/rename", url.Values{"name": {"при\u00ADвет"}}).status(http.StatusSeeOther)
	d.get("/media?q=привет").status(http.StatusOK).has("tr#media-7", 1)
	d.get("/media").has(`[data-name-cell] bdi[translate=no]`, 1).has(`meta[name=format-detection][content="telephone=no"]`, 1)
	d.upload("", "a%22b.wav", longWAV(1000)).status(http.StatusSeeOther)
	if files := d.api.Files(token); files[1].Name != `a"b` {
		t.Errorf("a file with a quote is called %q", files[1].Name)
	}
}
