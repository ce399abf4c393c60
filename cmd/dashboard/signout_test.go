package main

import (
	"strings"
	"testing"
)

// Whoever uses the computer next and goes back in its history finds the
// sign-in page, and not one name.
func TestGoingBackAfterSigningOut(t *testing.T) {
	t.Parallel()
	b, _ := openAccount(t, 0)
	const name = "Тайное приветствие"
	b.drop(tones(t, name)...)
	b.wait(`document.querySelector('[data-media="1"]')`)
	b.open("/media/1")
	b.wait(`document.querySelector("h1").textContent.includes("` + name + `")`)
	b.click(`form[action="/logout"] button`)
	b.wait(`location.pathname === "/login"`)
	for _, next := range []string{"/media/1", "/media"} {
		b.do(back)
		b.wait(`location.pathname === "/login" && new URLSearchParams(location.search).get("next") === "` + next + `" && document.readyState === "complete"`)
		b.wait(`document.querySelector("#token")`)
		if page := value[string](b, `document.documentElement.outerHTML`); strings.Contains(page, name) {
			t.Errorf("back at %s the page has names:\n%s", next, page)
		}
	}
}
