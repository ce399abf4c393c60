package main

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// A click that comes before its module is loaded is not lost, and where the
// module can't be had, the page does what it does without scripts.
func TestFirstClickIsNotLost(t *testing.T) {
	t.Parallel()
	b := openBrowser(t, startProgram(t, "--demo"))
	b.signIn()
	// A click by a script comes without the pointer that loads ahead.
	value[any](b, `void document.querySelector("#media-2 [data-rename]").click()`)
	b.wait(`document.activeElement.matches("#media-2 [data-rename-form] input")`)
	value[any](b, `void document.querySelector("[data-select]").click()`)
	b.wait(`document.querySelector("[data-select]").checked && !document.querySelector("[data-selection]").hidden`)

	b.expect("rename.")
	b.block("rename.")
	b.open("/media")
	b.wait(`document.querySelector("[data-upload][data-scripted]")`)
	b.click("#media-2 [data-rename]")
	b.wait(`location.pathname === "/media/2"`)
}

// Where the tools can't be had, files are not lost: the page says that there is
// no connection, and takes them when there is one again.
func TestToolsThatCannotBeHad(t *testing.T) {
	t.Parallel()
	b := openBrowser(t, startProgram(t, "--demo"))
	b.signIn()
	b.expect("tools/")
	b.block("tools/")
	files := tones(t, "Привет")
	b.drop(files...)
	b.wait(`document.querySelector("#toasts").textContent.includes("Нет связи с панелью, ничего не сделано.")`)
	b.block()
	b.drop(files...)
	b.wait(`document.querySelector(".queue-item[data-state=done]")`)
}

// The addresses that htmx sets outlive a reload, after which htmx is not there
// until it is needed again.
func TestBackAfterReload(t *testing.T) {
	t.Parallel()
	b := openBrowser(t, startProgram(t, "--demo"))
	b.signIn()
	b.click("[rel=next]")
	b.wait(`location.search === "?page=2" && !document.querySelector("#media-1")`)
	b.do(chromedp.Reload())
	b.wait(`document.querySelector("[data-upload][data-scripted]") && !document.querySelector("#media-1")`)
	value[any](b, `void history.back()`)
	b.wait(`location.search === "" && document.querySelector("#media-1")`)
}

// A script that is lost once is loaded again when it is needed: uploading,
// deleting and renaming go on without a reload, and wait for nothing else.
func TestALostScriptIsLoadedAgain(t *testing.T) {
	t.Parallel()
	b := openBrowser(t, startProgram(t, "--demo"))
	b.signIn()
	b.expect("htmx.min.js")
	b.block("htmx.min.js")
	b.drop(tones(t, "Без скрипта")...)
	b.wait(`document.querySelector(".queue-item[data-state=done]") && document.querySelector("tr:has([title='Без скрипта'])")`)
	value[any](b, `void document.querySelector("#media-2 [data-delete]").click()`)
	b.wait(`document.querySelector("#toasts").textContent.includes("Нет связи с панелью, ничего не сделано.") || location.pathname === "/media/2"`)
	b.open("/media")
	b.wait(`document.querySelector("[data-upload][data-scripted]")`)
	value[any](b, `void import(document.querySelector("script[type=module]").src.replace("app.js", "htmx.js")).then((htmx) => htmx.loadHTMX()).catch(() => (window.lost = true))`)
	b.wait(`window.lost`)
	b.block()
	b.click("#media-2 [data-rename]")
	b.wait(`document.activeElement.matches("#media-2 [data-rename-form] input")`)
	b.keys("Другое имя\r")
	b.wait(`document.querySelector("#media-2 [title='Другое имя']")`)
	b.click("#media-3 [data-delete]")
	b.wait(`document.querySelector("#delete-dialog").open`)
	b.click("#delete-dialog [type=submit]")
	b.wait(`document.querySelector("#media-3.going")`)
}
