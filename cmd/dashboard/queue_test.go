package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// A file above the limit is said to be too large for the dashboard, not for
// Plusofon, and what becomes smaller by it is offered to be converted.
func TestFilesAboveTheLimit(t *testing.T) {
	t.Parallel()
	b := openBrowser(t, startProgram(t, "--demo", "--max-upload", "4KiB"))
	b.signIn()
	b.drop(tones(t, "Тон")...) // a WAV
	b.wait(`document.querySelector(".queue-item[data-state=offered] [data-reason]")?.textContent.includes("панель принимает до 4 КБ")`)
	picture := filepath.Join(t.TempDir(), "Рисунок.png")
	if err := os.WriteFile(picture, make([]byte, 10_000), 0o600); err != nil {
		t.Fatal(err)
	}
	second := filepath.Join(t.TempDir(), "Рисунок 2.png")
	if err := os.WriteFile(second, make([]byte, 10_000), 0o600); err != nil {
		t.Fatal(err)
	}
	b.drop(picture, second)
	b.wait(`[...document.querySelectorAll(".queue-item[data-state=failed] [data-reason]")].filter((reason) => reason.textContent.includes("панель принимает до 4 КБ")).length === 2`)
	if value[bool](b, `document.querySelector("[data-queue-retry]").checkVisibility()`) {
		t.Error("what can't be tried again is offered to be")
	}
	if !value[bool](b, `!!(document.querySelector("[data-state=offered] [data-reason]").compareDocumentPosition(document.querySelector("[data-state=offered] .queue-offer")) & Node.DOCUMENT_POSITION_FOLLOWING)`) {
		t.Error("the offer stands before what it is an answer to")
	}
}

// A drop that is announced as files and has none, as out of an archive, is told
// what to do.
func TestADropWithoutFiles(t *testing.T) {
	t.Parallel()
	b := openBrowser(t, startProgram(t, "--demo"))
	b.signIn()
	b.do(evaluate(`
		const transfer = { types: ["Files"], files: [], items: [{ kind: "string" }] };
		const drop = new Event("drop", { bubbles: true, cancelable: true });
		Object.defineProperty(drop, "dataTransfer", { value: transfer });
		document.body.dispatchEvent(drop)`))
	b.wait(`document.querySelector("#toasts").textContent.includes("Файлы не дошли до страницы")`)
}

// A waveform that can't be loaded says so, and can be asked for again.
func TestAWaveThatCannotBeLoaded(t *testing.T) {
	t.Parallel()
	b := openBrowser(t, startProgram(t, "--demo"))
	b.signIn()
	b.expect("wavesurfer")
	b.block("wavesurfer")
	b.click("#media-1 [data-play]")
	b.wait(`document.querySelector("[data-player] audio")?.currentTime > 0`)
	b.click("[data-player-wave]")
	b.wait(`document.querySelector("[data-player-error]").textContent.includes("Волну показать не удалось")`)
	if value[bool](b, `document.querySelector("[data-player-wave]").disabled || document.querySelector("[data-player-canvas]").ariaBusy === "true"`) {
		t.Error("it stays busy")
	}
}

// Three hundred files: one line says how far they are, what failed stands in front
// and is tried again with one button, and the list begins below a queue of its
// own height.
func TestThreeHundredFiles(t *testing.T) {
	t.Parallel()
	b, api := openAccount(t, 1)
	b.expect("502")
	var failed atomic.Int32
	api.FailBy(func(r *http.Request) plusofontest.Fault {
		if r.Method == http.MethodPost && failed.Add(1) <= 3 {
			return plusofontest.JSONError(http.StatusOK, 400, "Занято")
		}
		return nil
	})
	names := make([]string, 300)
	for i := range names {
		names[i] = "Файл " + strconv.Itoa(i+1)
	}
	b.drop(tones(t, names...)...)
	for done := 20; done < 297; done += 20 { // each within the time of a wait, on a busy machine, too
		b.wait(`parseInt(document.querySelector("[data-queue-sum]").textContent.match(/\d+/)) >= ` + strconv.Itoa(done))
	}
	b.wait(`document.querySelector("[data-queue-sum]").textContent === "Загружено 297 из 300, не загружено 3"`)
	if states := value[string](b, `[...document.querySelectorAll(".queue-item")].slice(0, 4).map((item) => item.dataset.state).join()`); states != "failed,failed,failed,done" {
		t.Errorf("the first rows are %s", states)
	}
	if top := value[float64](b, `document.querySelector("#media-list").getBoundingClientRect().top + scrollY`); top > 1000 {
		t.Errorf("the list begins at %v px", top)
	}
	b.click("[data-queue-retry]")
	b.wait(`document.querySelector("[data-queue-sum]").textContent === "Загружено 300 из 300"`)
}

// One upload is told in few words, however many steps its bar takes.
func TestAnUploadIsAnnouncedSparingly(t *testing.T) {
	t.Parallel()
	b := openBrowser(t, startProgram(t, "--demo"))
	b.signIn()
	b.do(evaluate(`
		window.announced = 0;
		new MutationObserver((changes) => {
			for (const { target } of changes) {
				if ((target.nodeType === 1 ? target : target.parentElement)?.closest("[role=status], [role=alert], [aria-live]:not([aria-live=off])")) window.announced++;
			}
		}).observe(document.body, { subtree: true, childList: true, characterData: true })`))
	b.slowUploads(20 << 10)
	b.drop(tones(t, "Долгий")...)
	b.wait(`document.querySelector(".queue-item[data-state=done]")`)
	if announced := value[int](b, `window.announced`); announced > 8 {
		t.Errorf("%d announcements", announced)
	}
}

// Fetching files leaves no page, so that the browser does not ask about leaving
// while others go up; leaving it does.
func TestDownloadsDuringAnUpload(t *testing.T) {
	t.Parallel()
	b, _ := openAccount(t, 3)
	asked := make(chan struct{}, 10)
	if err := chromedp.Listen(b.ctx, func(event any) {
		if _, ok := event.(*page.EventJavascriptDialogOpening); ok {
			asked <- struct{}{}
		}
	}); err != nil {
		t.Fatal(err)
	}
	b.slowUploads(1)
	b.drop(tones(t, "Долгий")...)
	b.wait(`document.querySelector(".queue-item[data-state=sending]")`)
	b.click(`#media-1 [data-icon=download]`)
	b.click(`#media-1 [data-select]`)
	b.click(`[data-selection] button[type=submit]:not(.danger)`)
	b.wait(`document.querySelector(".queue-item[data-state=sending]")`)
	if len(asked) != 0 {
		t.Error("the browser asked about leaving")
	}
	b.slowUploads(-1)
	b.wait(`document.querySelector(".queue-item[data-state=done]")`)
}
