package main

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// Without JavaScript the same work is done with plain forms and links.
func TestWithoutJavaScript(t *testing.T) {
	t.Parallel()
	b := openBrowser(t, startProgram(t, "--demo"))
	_, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	if err != nil {
		t.Fatal(err)
	}
	b.open("/login")
	b.click(`main button[type=submit]`)
	b.sees(`#media-1`, `noscript .note`)

	b.click(`.pager a[rel=next]`)
	b.sees(`#media-16`)

	b.click(`[data-upload-open]`)
	b.sees(`#upload input[type=file]`)
	b.do(
		chromedp.SetUploadFiles(chromedp.CSS(`#upload-file`), tones(t, "Без скриптов")),
		chromedp.SendKeys(chromedp.CSS(`#upload-name`), "Загружен формой"),
	)
	b.click(`#upload button[type=submit]`)
	b.sees(`tr:has([title="Загружен формой"])`, `#toasts .toast`)

	b.click(`tr:has([title="Загружен формой"]) [data-rename]`)
	b.sees(`#rename input[name=name]`)
	b.do(chromedp.Clear(chromedp.CSS(`#rename input[name=name]`)), chromedp.SendKeys(chromedp.CSS(`#rename input[name=name]`), "Переименован формой"))
	b.click(`#rename button`)
	b.sees(`#media-list`, `#toasts .toast`)

	b.open("/media?page=99")
	b.click(`tr:has([title="Переименован формой"]) [data-delete]`)
	b.sees(`#delete details[open] button.danger`)
	b.click(`#delete button.danger`)
	b.sees(`#media-list`, `#toasts .toast`)
	b.open("/media?page=99")
	b.sees(`#media-43`)
	b.do(chromedp.WaitNotPresent(chromedp.CSS(`tr:has([title="Переименован формой"])`)))

	b.open("/media?page=2")
	b.click(`#media-16 [data-select]`)
	b.click(`#media-18 [data-select]`)
	b.click(`[data-delete-many]`)
	b.sees(`article.deletion ul`)
	b.click(`article.deletion button.danger`)
	b.sees(`article.deletion strong`)
	b.do(chromedp.WaitNotPresent(chromedp.CSS(`article.deletion button`)))
	b.open("/media?page=2")
	b.sees(`#media-17`)
	b.do(chromedp.WaitNotPresent(chromedp.CSS(`#media-16, #media-18`)))
	b.picture("without-scripts")

	b.open("/media/1")
	b.do(chromedp.SetUploadFiles(chromedp.CSS(`#replace-file`), tones(t, "Новая версия")))
	b.click(`#replace button`)
	b.sees(`#older`, `#toasts .toast`)
	b.picture("new-version")
	b.click(`#older button.danger`)
	b.sees(`#media-list`)
	b.do(chromedp.WaitNotPresent(chromedp.CSS(`#media-1`)))

	b.open("/standard")
	b.click(`.standard button`)
	b.sees(`tr:has([title="Секретарь"])`)

	b.click(`form[action="/logout"] button`)
	b.sees(`#token`)
}

// sees waits for elements to be visible, without a script in the page.
func (b *browser) sees(selectors ...string) {
	b.t.Helper()
	for _, selector := range selectors {
		b.do(chromedp.WaitVisible(chromedp.CSS(selector)))
	}
}
