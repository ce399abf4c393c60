package main

import (
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// openFiles signs in to an account with the files given.
func openFiles(t *testing.T, files ...plusofontest.File) (*browser, *plusofontest.Server) {
	t.Helper()
	return openFilesWith(t, files)
}

// openFilesWith is openFiles with options for the browser.
func openFilesWith(t *testing.T, files []plusofontest.File, options ...chromedp.ExecAllocatorOption) (*browser, *plusofontest.Server) {
	t.Helper()
	api := plusofontest.NewServer(plusofontest.WithAccount(testToken, files...))
	t.Cleanup(api.Close)
	b := openBrowser(t, startProgram(t, "--plusofon-url", api.URL), options...)
	b.signInWith(testToken)
	return b, api
}

// signInWith signs in with a token.
func (b *browser) signInWith(token string) {
	b.t.Helper()
	b.open("/login")
	b.do(chromedp.SendKeys(chromedp.CSS(`#token`), token))
	b.click("main button[type=submit]")
	b.wait(`document.querySelector("[data-upload][data-scripted]")`)
}

// A page in place of a sound is not played, and not shown: the player says what
// is wrong.
func TestAPageInPlaceOfASoundIsDamaged(t *testing.T) {
	t.Parallel()
	b, _ := openFiles(t, plusofontest.File{ID: 1, Name: "Страница", Content: []byte(`<!doctype html><title>x</title><script>alert(1)</script>`)},
		plusofontest.File{ID: 2, Name: "Картинка", Content: []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`)})
	b.expect("415") // the browser itself writes that no sound came
	for _, id := range []string{"1", "2"} {
		b.click(`#media-` + id + ` [data-play]`)
		b.wait(`document.querySelector("#media-` + id + ` + tr [data-player-error]")?.textContent.includes("Он повреждён, в нём нет звука")`)
	}
}

// A sound that can't be had now is not called damaged, and can be had when
// Plusofon is back.
func TestThePlayerWhilePlusofonIsAway(t *testing.T) {
	t.Parallel()
	b, api := openFiles(t, plusofontest.File{ID: 1, Name: "Привет", Format: "wav", Content: silence(160_000)})
	accept := api.Refuse()
	b.expect("503")
	b.click(`#media-1 [data-play]`)
	b.wait(`document.querySelector("[data-player-error]")?.textContent.startsWith("Plusofon сейчас недоступен.")`)
	accept()
	b.click(`[data-player-toggle]`)
	b.wait(`document.querySelector("[data-player] audio").currentTime > 0 && document.querySelector("[data-player-error]").textContent === ""`)
}
