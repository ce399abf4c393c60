package main

import (
	"archive/zip"
	"fmt"
	"io"
	"path/filepath"
	"testing"

	cdp "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
)

// A range of rows is chosen with Shift, more on the next page, and all of it
// comes as one archive.
func TestSelection(t *testing.T) {
	t.Parallel()
	b, _ := openAccount(t, 20)
	folder := t.TempDir()
	if _, err := chromedp.Call(b.ctx, cdp.SetDownloadBehavior, cdp.SetDownloadBehaviorParams{
		Behavior: cdp.SetDownloadBehaviorBehaviorAllow, DownloadPath: folder,
		BrowserContextID: chromedp.FromContext(b.ctx).BrowserContextID,
	}); err != nil {
		t.Fatal(err)
	}
	b.click(`#media-3 [data-select]`)
	b.do(evaluate(`document.querySelector("#media-6 [data-select]").dispatchEvent(new MouseEvent("click", { shiftKey: true, bubbles: true }))`))
	b.wait(`document.querySelector("[data-selection-status]").textContent === "Выбрано 4 файла" && document.querySelector("#media-5 [data-select]").checked`)
	b.click(`.pager a[rel=next]`)
	b.wait(`document.querySelector("#media-16 [data-select]")`)
	b.click(`[data-select-page]`)
	b.click(`#media-20 [data-select]`)
	b.wait(`document.querySelector("[data-selection-status]").textContent === "Выбрано 8 файлов"`)
	b.click(`[data-selection] button[type=submit]`)
	var paths []string
	waitFor(b, func() bool {
		paths, _ = filepath.Glob(filepath.Join(folder, "*.zip")) // fails only for a bad pattern
		return len(paths) == 1
	})
	archive, err := zip.OpenReader(paths[0])
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	packed := map[string]string{}
	for _, file := range archive.File {
		packed[file.Name] = contentOf(t, file)
	}
	for _, id := range []int{3, 4, 5, 6, 16, 17, 18, 19} {
		name, want := fmt.Sprintf("Файл %d.bin", id), fmt.Sprintf("sound %d", id)
		if got := packed[name]; got != want {
			t.Errorf("%s has the content %q, want %q", name, got, want)
		}
		delete(packed, name)
	}
	if len(packed) > 0 {
		t.Errorf("the archive has what nobody chose: %q", packed)
	}
	b.click(`[data-selection-clear]`)
	b.wait(`document.querySelector("[data-selection]").hidden && !document.querySelector("[data-select]:checked")`)
}

func contentOf(t *testing.T, file *zip.File) string {
	t.Helper()
	r, err := file.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	content, err := io.ReadAll(r) // which checks its sum, too
	if err != nil {
		t.Fatalf("%s: %v", file.Name, err)
	}
	return string(content)
}

// Once a page is chosen, all that was found can be, and one of it left out.
func TestSelectionOfAllThatWasFound(t *testing.T) {
	t.Parallel()
	b, _ := openAccount(t, 40)
	status := func(text string) string {
		return `document.querySelector("[data-selection-status]").textContent === "` + text + `"`
	}
	b.do(chromedp.SendKeys(chromedp.CSS(`#search`), "файл"))
	b.wait(`document.querySelectorAll("[data-media]").length === 15 && document.querySelectorAll("mark").length === 15`)
	b.click(`[data-select-page]`)
	b.wait(`document.querySelector("[data-selection-all]").textContent === "Выбрать все 40 файлов"`)
	b.click(`[data-selection-all]`)
	b.wait(status("Выбрано 40 файлов") + ` && document.querySelector("[data-selection-all]").hidden`)
	b.click(`.pager a[rel=next]`)
	b.wait(`document.querySelector("#media-16 [data-select]:checked")`)
	b.click(`#media-20 [data-select]`)
	b.wait(status("Выбрано 39 файлов") + ` && document.querySelector("[data-select-page]").indeterminate`)
	b.click(`#media-20 [data-select]`)
	b.wait(`!document.querySelector("[data-selection-all]").hidden`) // it is no longer known that these are all
	b.click(`[data-selection-clear]`)
	b.wait(`document.querySelector("[data-selection]").hidden`)
	b.do(chromedp.SendKeys(chromedp.CSS(`#search`), " 3"))
	b.wait(`document.querySelectorAll("[data-media]").length === 13`)
	b.click(`[data-select-page]`) // there are no more to offer
	b.wait(status("Выбрано 13 файлов") + ` && document.querySelector("[data-selection-all]").hidden`)
}
