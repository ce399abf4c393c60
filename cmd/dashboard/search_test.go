package main

import (
	"net/http"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// The list follows what is typed, the address follows the list, and Back
// leads to where one was.
func TestSearchAsOneTypes(t *testing.T) {
	t.Parallel()
	b := openBrowser(t, startProgram(t, "--demo"))
	b.signIn()
	b.click(`a[href^="/media?sort=name"]`)
	b.wait(`location.search.includes("sort=name") && document.querySelector("th[aria-sort=ascending]")`)
	b.do(chromedp.SendKeys(chromedp.CSS(`#search`), "МЕНЮ"))
	b.wait(`[...document.querySelectorAll("tr[data-media] bdi")].every((name) => /меню|menu/i.test(name.textContent)) &&
		document.querySelectorAll("mark").length === 2 && new URLSearchParams(location.search).get("q") === "МЕНЮ"`)
	if value[string](b, `new URLSearchParams(location.search).get("sort")`) != "name" {
		t.Error("typing lost the order")
	}
	if !value[bool](b, `document.activeElement.id === "search"`) {
		t.Error("typing lost the focus")
	}
	b.click(`tr[data-media] .name a`)
	b.wait(`document.querySelector(".facts")`)
	b.do(back)
	b.wait(`document.readyState === "complete" && document.querySelector("[data-upload][data-scripted]") &&
		document.querySelector("#search")?.value === "МЕНЮ" && document.querySelector("mark")`)
	b.do(chromedp.Clear(chromedp.CSS(`#search`)), chromedp.SendKeys(chromedp.CSS(`#search`), "нет такого"))
	b.wait(`document.querySelector("#media-list .empty")?.textContent.includes("нет такого")`)
}

// holdLastPage keeps the last of three pages back until it is released.
func holdLastPage(t *testing.T, api *plusofontest.Server) (release func()) {
	t.Helper()
	held := make(chan struct{})
	api.FailBy(func(r *http.Request) plusofontest.Fault {
		if r.URL.Query().Get("page") != "3" {
			return nil
		}
		return plusofontest.Hold(held)
	})
	release = sync.OnceFunc(func() { close(held) })
	t.Cleanup(release) // a test that fails ends all the same
	return release
}

// The first search shows how far the reading of all files has come.
func TestSearchShowsItsProgress(t *testing.T) {
	t.Parallel()
	b, api := openAccount(t, 40)
	release := holdLastPage(t, api)
	b.do(chromedp.SendKeys(chromedp.CSS(`#search`), "файл"))
	b.wait(`(({ hidden, max, value }) => !hidden && max === 3 && value === 2)(document.querySelector("#search-progress"))`)
	release()
	b.wait(`document.querySelectorAll("mark").length === 15 && document.querySelector("#search-progress").hidden`)
}

// The bar goes when a search fails, and when one order overtakes another.
func TestTheBarOfASearchEnds(t *testing.T) {
	t.Parallel()
	b, api := openAccount(t, 40)
	release := holdLastPage(t, api)
	b.expect("htmx:") // which says in the console that it has given up a request
	b.click(`th a[href="/media?sort=name"]`)
	b.wait(`!document.querySelector("#search-progress").hidden`)
	b.click(`th a[href="/media?sort=id"]`)
	release()
	b.wait(`document.querySelector("th[aria-sort=ascending] a[href='/media?sort=-id']") && document.querySelector("#search-progress").hidden`)

	b.open("/media")
	b.wait(`document.querySelector(".pager")`)
	more := make(chan struct{})
	api.FailBy(func(*http.Request) plusofontest.Fault {
		return func(w http.ResponseWriter, r *http.Request, api http.Handler) {
			<-more
			plusofontest.JSONError(http.StatusOK, 409, "Занято")(w, r, api)
		}
	})
	b.expect("502")
	b.click(`.pager a[rel=next]`)
	b.wait(`!document.querySelector("#search-progress").hidden`)
	close(more)
	b.wait(`document.querySelector("#toasts .problem") && document.querySelector("#search-progress").hidden`)
}

// The focus stays where it was when the list comes anew.
func TestTheFocusStaysInTheList(t *testing.T) {
	t.Parallel()
	b, _ := openAccount(t, 40)
	b.do(evaluate(`document.querySelector('th a[href="/media?sort=name"]').focus()`))
	b.keys("\r")
	b.wait(`document.activeElement.matches('th[aria-sort=ascending] a[href="/media?sort=-name"]')`)
	b.do(evaluate(`document.querySelector('.pager a[rel=next]').focus()`))
	b.keys("\r")
	b.wait(`document.activeElement.matches('.pager [aria-current]') && document.activeElement.textContent === "2"`)
	b.do(evaluate(`window.before = document.querySelector("#media-20")
		document.querySelector("#media-20 [data-rename]").focus()
		document.body.dispatchEvent(new CustomEvent("media:changed"))`))
	b.wait(`document.querySelector("#media-20") !== window.before && document.activeElement.matches("#media-20 [data-rename]")`)
}

// The link to the other language leads to what is shown by now.
func TestTheLanguageOfAFoundList(t *testing.T) {
	t.Parallel()
	b, _ := openAccount(t, 40)
	b.do(chromedp.SendKeys(chromedp.CSS(`#search`), "файл 3"))
	b.wait(`document.querySelectorAll("[data-media]").length === 13 && location.search !== ""`)
	b.click(`a.language`)
	b.wait(`document.documentElement.lang === "en" && document.querySelector("#search").value === "файл 3" && document.querySelectorAll("[data-media]").length === 13`)
}

// A page that fails leaves the list and its address as they were.
func TestAPageThatFails(t *testing.T) {
	t.Parallel()
	b, api := openAccount(t, 40)
	b.wait(`document.querySelector(".pager")`)
	api.Refuse()
	b.expect("503")
	b.click(`.pager a[rel=next]`)
	b.wait(`document.querySelector("#toasts .problem")`)
	if got := value[string](b, `location.search`); got != "" {
		t.Errorf("the address has %s", got)
	}
}
