package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// deleteChosen says yes to the question about the chosen files.
func (b *browser) deleteChosen() {
	b.t.Helper()
	b.click(`[data-delete-many]`)
	b.click(`#delete-many-dialog button.danger`)
}

// reported waits for the end of a deletion, and for what the panel says then.
func (b *browser) reported(texts ...string) {
	b.t.Helper()
	b.wait(`document.querySelector("[data-deletion-bar]").hidden && document.activeElement.matches("[data-deletion-heading]")`)
	panel := value[string](b, `document.querySelector("[data-deletion]").innerText`)
	for _, text := range texts {
		if !strings.Contains(panel, text) {
			b.t.Errorf("the panel does not say %q:\n%s", text, panel)
		}
	}
}

// rowsLeft gives the ids of the rows of the list.
const rowsLeft = `[...document.querySelectorAll("[data-media]")].map((row) => row.dataset.media).join()`

// Files of two pages are deleted. Plusofon refuses one, and asks to wait with
// another.
func TestDeleteMany(t *testing.T) {
	t.Parallel()
	b, api := openAccount(t, 20)
	var together, most atomic.Int64
	api.FailBy(func(r *http.Request) plusofontest.Fault {
		if r.Method != http.MethodDelete {
			return nil
		}
		return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
			most.Store(max(most.Load(), together.Add(1)))
			defer together.Add(-1)
			next.ServeHTTP(w, r)
		}
	})
	api.Fail(plusofontest.Match(http.MethodDelete, "/api/v1/media/3"), plusofontest.JSONError(http.StatusConflict, 409, "Файл занят"))
	api.Fail(plusofontest.Match(http.MethodDelete, "/api/v1/media/5"), plusofontest.RetryAfter(http.StatusTooManyRequests, "1"))
	b.expect("502")
	b.expect("503")
	b.click(`[data-select-page]`)
	b.wait(`document.querySelector("[data-selection-status]").textContent === "Выбрано 15 файлов"`)
	b.click(`.pager a[rel=next]`)
	b.click(`#media-16 [data-select]`)
	b.click(`#media-17 [data-select]`)

	b.click(`[data-delete-many]`)
	b.wait(`document.querySelector("#delete-many-dialog[open]")?.innerText.includes("Удалить 17 файлов?")`)
	if names := value[string](b, `document.querySelector("[data-names]").innerText`); names != "Файл 1\nФайл 2\nФайл 3\nФайл 4\nФайл 5\nи ещё 12" {
		t.Errorf("the question names\n%s", names)
	}
	b.click(`#delete-many-dialog button.quiet`)
	b.wait(`document.activeElement.matches("[data-delete-many]")`)
	b.deleteChosen()
	b.reported("Удалено 16 из 17.", "Не удалось удалить 1 файл:", "Файл 3", "Plusofon отклонил запрос. Ответ Plusofon: «Файл занят»")

	b.wait(rowsLeft + ` === "3,18,19,20" && document.querySelector("#media-3 [data-row-note]")?.textContent.includes("Файл занят")`)
	for id := range 20 {
		want := map[int]int{4: 2, 17: 0, 18: 0, 19: 0} // the fifth had to wait
		if got := deletions(api, id+1); got != want[id] && (got != 1 || want[id] > 0) {
			t.Errorf("Plusofon was asked %d times to delete file %d", got, id+1)
		}
	}
	if most.Load() > 2 {
		t.Errorf("%d files were deleted at once, want two at most", most.Load())
	}

	b.click(`[data-deletion-again]`)
	b.reported("Удалено 1 из 1.")
	b.wait(rowsLeft + ` === "18,19,20"`)
	b.click(`[data-deletion-close]`)
	b.wait(`document.querySelector("[data-deletion]").hidden && document.querySelector("[data-selection]").hidden && document.activeElement.id === "search"`)
}

// holdDeletions keeps Plusofon from answering deletions until it is released.
func holdDeletions(t *testing.T, api *plusofontest.Server) (release func()) {
	t.Helper()
	held := make(chan struct{})
	api.FailBy(func(r *http.Request) plusofontest.Fault {
		if r.Method != http.MethodDelete {
			return nil
		}
		return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
			select {
			case <-held:
			case <-r.Context().Done():
			}
			next.ServeHTTP(w, r)
		}
	})
	return func() { close(held) }
}

func TestDeleteManyStopped(t *testing.T) {
	t.Parallel()
	b, api := openAccount(t, 15)
	release := holdDeletions(t, api)
	b.click(`[data-select-page]`)
	b.deleteChosen()
	if err := api.Await(b.ctx, http.MethodDelete, "/api/v1/media/*", 2); err != nil {
		t.Fatal(err)
	}
	b.wait(`document.querySelector("[data-deletion-state]").textContent === "Удалено 0 из 15." && document.querySelectorAll("[data-media].going[inert]").length === 15`)
	b.click(`[data-deletion-stop]`)
	b.wait(`document.querySelector("[data-deletion-note]").textContent.includes("Останавливаем")`)
	release()
	b.reported("Удалено 2 из 15.", "Осталось удалить 13 файлов.")
	b.wait(rowsLeft + ` === "3,4,5,6,7,8,9,10,11,12,13,14,15" && !document.querySelector("[data-media].going, [data-row-note]")`)
	b.click(`[data-deletion-again]`)
	b.reported("Удалено 13 из 13.")
	if left := len(api.Files(testToken)); left != 0 {
		t.Errorf("%d files are left", left)
	}
}

// Whoever leaves the page is asked, and what was not begun stays. The next
// list tells.
func TestPageLeftWhileManyAreDeleted(t *testing.T) {
	t.Parallel()
	b, api := openAccount(t, 15)
	release := holdDeletions(t, api)
	b.click(`[data-select-page]`)
	b.deleteChosen()
	if err := api.Await(b.ctx, http.MethodDelete, "/api/v1/media/*", 2); err != nil {
		t.Fatal(err)
	}
	asked := make(chan string, 1)
	if err := chromedp.Listen(b.ctx, func(event any) {
		if dialog, ok := event.(*page.EventJavascriptDialogOpening); ok {
			asked <- string(dialog.Type)
			go func() {
				_, _ = chromedp.Call(b.ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true}) // if it fails, the page stays
			}()
		}
	}); err != nil {
		t.Fatal(err)
	}
	b.do(evaluate(`setTimeout(() => document.querySelector('nav a[href="/standard"]').click())`))
	b.wait(`location.pathname === "/standard"`)
	if kind := <-asked; kind != "beforeunload" {
		t.Errorf("the browser asked about %s", kind)
	}
	release()
	waitFor(b, func() bool { return len(api.Files(testToken)) == 13 })
	b.click(`nav a[href="/media"]`)
	b.wait(`document.querySelector("#toasts .warning")?.textContent.includes("Удалено 0 из 15; начато, но не подтверждено: 2.")`)
	b.wait(rowsLeft + ` === "3,4,5,6,7,8,9,10,11,12,13,14,15"`)
	if got := api.Count(http.MethodDelete, "/api/v1/media/*"); got != 2 {
		t.Errorf("Plusofon was asked %d times to delete, want twice", got)
	}
}

// What concerns all files is said once, and the rest stays.
func TestDeleteManyStopsByItself(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		status string
		fail   func(api *plusofontest.Server)
		note   string
		then   string
	}{
		"token refused": {"401", func(api *plusofontest.Server) { api.RemoveAccount(testToken) }, "Нужно войти.", `document.querySelector("[data-deletion-login]:not([hidden])[href^='/login?next=']")`},
		"unavailable":   {"503", func(api *plusofontest.Server) { api.Refuse() }, "Plusofon сейчас недоступен.", `document.querySelector("[data-deletion-again]:not([hidden])").textContent === "Продолжить удаление"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, api := openAccount(t, 15)
			b.expect(tt.status)
			b.click(`[data-select-page]`)
			b.click(`[data-delete-many]`)
			tt.fail(api)
			b.click(`#delete-many-dialog button.danger`)
			b.wait(`document.querySelector("[data-deletion-left]").textContent === "Осталось удалить 15 файлов."`)
			if note := value[string](b, `document.querySelector("[data-deletion-note]").textContent`); !strings.HasPrefix(note, tt.note) {
				t.Errorf("the panel says %q", note)
			}
			b.wait(tt.then)
			b.wait(fmt.Sprintf(`document.querySelectorAll("[data-deletion-reasons] li, [data-row-note]").length === %d`, 0))
		})
	}
}

// A thousand files, found and chosen by three clicks, are deleted while one in
// twenty deletions fails. What the panel reports is so, nothing is asked for
// twice, and what is still there stays in the list with its reason.
func TestDeleteAThousandThatWereFound(t *testing.T) {
	t.Parallel()
	const seed = 11
	b, api := openAccount(t, 1000)
	faults := []plusofontest.Fault{
		plusofontest.JSONError(http.StatusConflict, 409, "Файл занят"), plusofontest.HTML(http.StatusBadGateway), plusofontest.Reset(),
		plusofontest.CarriedOut(plusofontest.Reset()), plusofontest.Truncated(),
	}
	meets := map[string]plusofontest.Fault{}
	for i, place := range rand.New(rand.NewPCG(seed, 0)).Perm(1000)[:50] {
		meets[fmt.Sprintf("/api/v1/media/%d", place+1)] = faults[i%len(faults)]
	}
	api.FailBy(func(r *http.Request) plusofontest.Fault {
		if r.Method != http.MethodDelete {
			return nil
		}
		return meets[r.URL.Path]
	})
	b.expect("502")
	b.expect("504")
	b.click(`[data-select-page]`)
	b.click(`[data-selection-all]`)
	b.wait(`/^Выбрано 1\s000 файлов$/.test(document.querySelector("[data-selection-status]").textContent)`)
	b.deleteChosen()
	b.deletionEnds()

	left := map[int64]string{}
	for _, file := range api.Files(testToken) {
		left[file.ID] = file.Name
	}
	if len(left) == 0 || len(left) > 50 {
		t.Errorf("%d files are left, want some of the 50 that met a fault", len(left))
	}
	b.reported(fmt.Sprintf("Удалено %d из 1\u00a0000.", 1000-len(left)), fmt.Sprintf("Не удалось удалить %d файл", len(left)))
	named := value[[]string](b, `[...document.querySelectorAll("[data-deletion-reasons] li")].map((line) => line.querySelector("bdi").textContent)`)
	for _, name := range left {
		if !slices.Contains(named, name) {
			t.Errorf("%s is still there, and nobody says why", name)
		}
	}
	if len(named) != len(left) {
		t.Errorf("%d files are said to have failed, %d are left", len(named), len(left))
	}
	for id := range 1000 {
		if got := deletions(api, id+1); got != 1 {
			t.Errorf("Plusofon was asked %d times to delete file %d", got, id+1)
		}
	}
	b.wait(fmt.Sprintf(`document.querySelectorAll("[data-media]").length === Math.min(15, %d) &&
		[...document.querySelectorAll("[data-media]")].every((row) => row.querySelector("[data-row-note]") && !row.inert)`, len(left)))

	api.FailBy(nil)
	b.click(`[data-deletion-again]`)
	b.reported(fmt.Sprintf("Удалено %[1]d из %[1]d.", len(left)))
	if got := len(api.Files(testToken)); got != 0 {
		t.Errorf("%d files are left", got)
	}
}

// deletionEnds waits for as long as a deletion comes on.
func (b *browser) deletionEnds() {
	b.t.Helper()
	for done := -1; ; {
		b.wait(fmt.Sprintf(`document.querySelector("[data-deletion-bar]").hidden || document.querySelector("[data-deletion-bar]").value > %d`, done))
		if done = value[int](b, `document.querySelector("[data-deletion-bar]").hidden ? -1 : document.querySelector("[data-deletion-bar]").value`); done < 0 {
			return
		}
	}
}
