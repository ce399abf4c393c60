package main

import (
	"net/http"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// What Plusofon did not confirm is looked up, and whoever did it is told so
// where it was done: in the row of the upload, in the corner of the page.
func TestWhatHadToBeLookedUpIsTold(t *testing.T) {
	t.Parallel()
	b, api := openAccount(t, 3)
	unconfirmed := plusofontest.CarriedOut(plusofontest.Reset())
	api.Fail(plusofontest.Match(http.MethodPost, "/api/v1/media"), unconfirmed)
	b.drop(tones(t, "Первый", "Второй")...)
	b.wait(`document.querySelectorAll(".queue-item[data-state=done]").length === 2`)
	notes := value[[]string](b, `[...document.querySelectorAll(".queue-item [data-note]")].map((note) => note.checkVisibility() ? note.textContent : "").sort()`)
	if notes[0] != "" || notes[1] != "Plusofon не подтвердил загрузку, но мы проверили: файл «Первый» на месте." &&
		notes[1] != "Plusofon не подтвердил загрузку, но мы проверили: файл «Второй» на месте." {
		t.Errorf("the rows say %q, want one of them to say that it was looked up", notes)
	}
	api.Fail(plusofontest.Match(http.MethodPatch, "/api/v1/media/*"), unconfirmed)
	b.click(`#media-2 [data-rename]`)
	b.wait(`document.activeElement.matches("#media-2 [data-rename-form] input")`)
	b.keys("Переименованный\r")
	b.wait(`document.querySelector("#toasts").textContent.includes("но мы проверили: файл теперь называется «Переименованный».")`)
}
