package main

import (
	"archive/zip"
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
	}); err != nil {
		t.Fatal(err)
	}
	b.click(`#select-3`)
	b.do(evaluate(`document.querySelector("#select-6").dispatchEvent(new MouseEvent("click", { shiftKey: true, bubbles: true }))`))
	b.wait(`document.querySelector("[data-selection-status]").textContent === "Выбрано 4 файла" && document.querySelector("#select-5").checked`)
	b.click(`.pager a[rel=next]`)
	b.wait(`document.querySelector("#select-16")`)
	b.click(`[data-select-page]`)
	b.click(`#select-20`)
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
	if len(archive.File) != 8 {
		t.Errorf("the archive has %d files, want the 8 that were chosen", len(archive.File))
	}
	b.click(`[data-selection-clear]`)
	b.wait(`document.querySelector("[data-selection]").hidden && !document.querySelector("[data-select]:checked")`)
}
