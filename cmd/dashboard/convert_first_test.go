package main

import "testing"

// What Plusofon would take as it is can be converted for the phone all the same, and
// the original is not sent then.
func TestConvertingOnRequest(t *testing.T) {
	t.Parallel()
	b := openBrowser(t, startProgram(t, "--demo"))
	b.signIn()
	b.slowUploads(1000) // so that it can be caught on its way
	b.drop(tones(t, "Приветствие")...)
	b.wait(`document.querySelector(".queue-item[data-state=sending]")`)
	b.click("[data-convert-first]")
	b.wait(`document.querySelector(".queue-item[data-state=converted]")`)
	if files := value[float64](b, `document.querySelectorAll("tr:has([title='Приветствие'])").length`); files != 0 {
		t.Errorf("%.0f files are there before it was sent", files)
	}
	b.slowUploads(-1)
	b.click("[data-send]")
	b.wait(`document.querySelector(".queue-item[data-state=done]") && document.querySelector("tr:has([title='Приветствие'])")`)
	if files := value[float64](b, `document.querySelectorAll("tr:has([title='Приветствие'])").length`); files != 1 {
		t.Errorf("%.0f files of the name, want that which was converted", files)
	}
}

// A name that is being changed is not lost by leaving the page unasked.
func TestANameBeingChangedIsUnsaved(t *testing.T) {
	t.Parallel()
	b := openBrowser(t, startProgram(t, "--demo"))
	b.signIn()
	b.click("#media-2 [data-rename]")
	b.wait(`document.activeElement.matches("#media-2 [data-rename-form] input")`)
	const asks = `!window.dispatchEvent(new Event("beforeunload", { cancelable: true }))`
	if value[bool](b, asks) {
		t.Error("it asks though nothing was changed")
	}
	b.keys("Другое имя")
	if !value[bool](b, asks) {
		t.Error("it does not ask")
	}
}
