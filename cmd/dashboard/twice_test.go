package main

import (
	"net/http"
	"sync"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// While the first click is on its way the button can't be used, and a second
// one, however quick, is none.
func TestAButtonIsUsedOnce(t *testing.T) {
	t.Parallel()
	b, api := openAccount(t, 3)
	hold := func(method, path string) (release func()) {
		more := make(chan struct{})
		release = sync.OnceFunc(func() { close(more) })
		t.Cleanup(release) // a test that fails ends all the same
		api.Fail(plusofontest.Match(method, path), plusofontest.Hold(more))
		return release
	}

	release := hold(http.MethodPatch, "/api/v1/media/2")
	b.click(`#media-2 [data-rename]`)
	b.wait(`document.activeElement.matches("[data-rename-form] input")`)
	b.keys("Новое")
	b.do(evaluate(`const form = document.querySelector("[data-rename-form]"); form.requestSubmit(); form.requestSubmit();`))
	b.wait(`document.querySelector("[data-rename-form] button[type=submit]").disabled`)
	release()
	b.wait(`document.querySelector("tr:has([title='Новое']) [data-rename]") && !document.querySelector("[data-rename-form]")`)

	release = hold(http.MethodPost, "/api/v1/media")
	b.open("/standard")
	b.wait(`document.querySelector(".standard button")`)
	b.do(evaluate(`const button = document.querySelector(".standard button"); button.click(); button.click();`))
	b.wait(`document.querySelector(".standard button").disabled`)
	release()
	b.wait(`document.querySelector("#toasts").textContent.includes("добавлена") && !document.querySelector(".standard button").disabled`)

	if posts, patches := api.Count(http.MethodPost, "/api/v1/media"), api.Count(http.MethodPatch, "/api/v1/media/2"); posts != 1 || patches != 1 {
		t.Errorf("Plusofon got %d additions and %d new names, want one each", posts, patches)
	}
}
