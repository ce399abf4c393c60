package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// testToken opens the account of the tests that bring a Plusofon of their own.
const testToken = "a-token-of-the-tests"

// numberedFiles are so many files, "Файл 1" and on.
func numberedFiles(count int) []plusofontest.File {
	files := make([]plusofontest.File, count)
	for i := range files {
		files[i] = plusofontest.File{ID: int64(i + 1), Name: fmt.Sprintf("Файл %d", i+1), Format: "raw", Content: fmt.Appendf(nil, "sound %d", i+1)}
	}
	return files
}

// openAccount opens the list of an account with so many files.
func openAccount(t *testing.T, count int) (*browser, *plusofontest.Server) {
	t.Helper()
	return openFiles(t, numberedFiles(count)...)
}

// deletions counts the requests of a Plusofon to delete a file.
func deletions(api *plusofontest.Server, id int) int {
	return api.Count(http.MethodDelete, fmt.Sprintf("/api/v1/media/%d", id))
}

func (b *browser) deleteFile(id int) {
	b.t.Helper()
	b.click(fmt.Sprintf(`#media-%d [data-delete]`, id))
	b.click(`#delete-dialog button.danger`)
	b.wait(fmt.Sprintf(`document.querySelector("#media-%d.going") && document.querySelector('[data-undo="%[1]d"]')`, id))
}

func TestUndoPressed(t *testing.T) {
	t.Parallel()
	b, api := openAccount(t, 20)
	b.deleteFile(2)
	b.wait(`document.activeElement.matches("#media-3 [data-name-cell] a")`)
	b.click(`.pager a[rel=next]`) // the list changes, and what is going stays so
	b.wait(`document.querySelector("#media-16")`)
	b.click(`.pager a[rel=prev]`)
	b.wait(`document.querySelector("#media-2.going[inert]")`)
	b.do(evaluate(`document.body.dispatchEvent(new CustomEvent("media:changed"))`))
	b.click(`[data-undo="2"]`)
	b.wait(`document.querySelector("#media-2:not(.going):not([inert]) [data-delete]") && document.activeElement.matches("#media-2 [data-name-cell] a")`)
	b.do(chromedp.Sleep(undoTime)) // nothing comes that could be awaited
	if got := deletions(api, 2); got != 0 {
		t.Errorf("Plusofon was asked %d times to delete the file", got)
	}
}

// Ctrl+Z takes back the deletion that was announced last.
func TestUndoByKey(t *testing.T) {
	t.Parallel()
	b, _ := openAccount(t, 5)
	b.deleteFile(2)
	b.deleteFile(4)
	const ctrl = 2 // as a bit of the modifiers
	if _, err := chromedp.Call(b.ctx, input.DispatchKeyEvent, input.DispatchKeyEventParams{
		Type: input.DispatchKeyEventTypeRawKeyDown, Key: "z", Code: "KeyZ", Modifiers: ctrl,
	}); err != nil {
		t.Fatal(err)
	}
	b.wait(`document.querySelector("#media-4:not(.going)") && document.querySelector("#media-2.going") && document.activeElement.matches("#media-4 a")`)
}

func TestUndoRunsOut(t *testing.T) {
	t.Parallel()
	b, api := openAccount(t, 20)
	b.deleteFile(2)
	if got := deletions(api, 2); got != 0 {
		t.Errorf("the file was deleted at once")
	}
	b.wait(`!document.querySelector("#media-2") && document.querySelector("#media-16")`)
	b.wait(`document.querySelector("#toasts").textContent.includes("Файл «Файл 2» удалён.") && !document.querySelector("[data-undo]")`)
	if got := deletions(api, 2); got != 1 {
		t.Errorf("Plusofon was asked %d times to delete the file, want once", got)
	}
}

// A deletion that fails brings the row back, and says why.
func TestUndoRunsOutAndPlusofonFails(t *testing.T) {
	t.Parallel()
	b, api := openAccount(t, 3)
	api.Fail(plusofontest.Match(http.MethodDelete, "/api/v1/media/*"), plusofontest.JSONError(http.StatusConflict, 409, "Файл занят"))
	b.expect("502")
	b.deleteFile(2)
	b.wait(`document.querySelector("#toasts .problem")`)
	b.wait(`document.querySelector("#media-2:not(.going) [data-delete]")`)
	text := value[string](b, `document.querySelector("#toasts .problem").textContent`)
	for _, want := range []string{"Файл 2", "Файл занят", "Ничего не изменилось"} {
		if !strings.Contains(text, want) {
			t.Errorf("the message %q does not say %q", text, want)
		}
	}
}

// Whoever leaves the page in the middle has decided.
func TestPageLeftBeforeUndoRunsOut(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(b *browser){
		"a link":      func(b *browser) { b.click(`nav a[href="/standard"]`) },
		"reload":      func(b *browser) { b.do(chromedp.Reload()) },
		"closing":     func(b *browser) { b.do(evaluate(`location.replace("about:blank")`)) },
		"signing out": func(b *browser) { b.click(`form[action="/logout"] button`) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, api := openAccount(t, 3)
			b.deleteFile(1)
			b.deleteFile(3)
			leave(b)
			waitFor(b, func() bool { return len(api.Files(testToken)) == 1 })
			if first, third := deletions(api, 1), deletions(api, 3); first != 1 || third != 1 {
				t.Errorf("Plusofon was asked %d and %d times to delete, want once each", first, third)
			}
			if name == "reload" {
				b.wait(`document.querySelectorAll("[data-media]").length === 1`)
			}
		})
	}
}

// undoTime is more than the time in which a deletion can be taken back.
const undoTime = 9 * time.Second

// waitFor waits until something is so outside of the page.
func waitFor(b *browser, holds func() bool) {
	b.t.Helper()
	for !holds() {
		select {
		case <-b.ctx.Done():
			b.t.Fatal("waited in vain")
		case <-time.After(10 * time.Millisecond):
		}
	}
}
