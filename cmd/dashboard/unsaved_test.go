package main

import "testing"

// When the session ends, what is in the queue is not lost: a letter in the search
// leaves the page where it is, and after signing in elsewhere all goes on.
func TestTheQueueOutlivesTheSession(t *testing.T) {
	t.Parallel()
	b, api := openAccount(t, 3)
	b.expect("401")
	b.expect("Response Status Error Code")
	value[any](b, `fetch("/logout", { method: "POST", redirect: "manual" }).then(() => (window.out = true))`)
	b.wait(`window.out`)
	b.drop(tones(t, "Привет")...)
	b.wait(`document.querySelector(".queue-item[data-state=failed] [data-login]:not([hidden])")`)
	b.click("#search")
	b.keys("a")
	b.wait(`document.querySelector("#toasts .problem a[target=_blank]")?.pathname === "/login"`)
	if value[bool](b, `location.pathname !== "/media" || !document.querySelector(".queue-item")`) {
		t.Error("the page was left")
	}
	value[any](b, `fetch("/login", { method: "POST", body: new URLSearchParams({ token: "`+testToken+`" }) }).then(() => (window.back = true))`)
	b.wait(`window.back`)
	b.click(".queue-item [data-retry]")
	b.wait(`document.querySelector(".queue-item[data-state=done]")`)
	if got := len(api.Files(testToken)); got != 4 {
		t.Errorf("Plusofon has %d files", got)
	}
}
