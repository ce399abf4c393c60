package main

import (
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestShortcuts(t *testing.T) {
	t.Parallel()
	b := openBrowser(t, startProgram(t, "--demo"))
	b.signIn()
	b.keys("j")
	b.keys("j")
	b.wait(`document.activeElement.matches("#media-2 a")`)
	b.keys("k")
	b.wait(`document.activeElement.matches("#media-1 a")`)
	b.keys(" ")
	b.wait(`document.querySelector("#media-1 + tr audio")?.currentTime > 0`)
	b.keys(" ")
	b.wait(`document.querySelector("#media-1 + tr audio").paused`)
	b.press("у", "KeyE") // with a Russian layout
	b.wait(`document.activeElement.matches("#media-1 [data-rename-form] input")`)
	b.keys("j?/")
	b.wait(`document.activeElement.value === "j?/"`)
	b.keys(kb.Escape)
	b.wait(`document.activeElement.matches("#media-1 [data-rename]")`)
	b.keys(kb.Delete)
	b.wait(`document.querySelector("#delete-dialog[open]")`)
	b.keys(kb.Escape)
	b.keys("?")
	b.wait(`document.querySelector("#shortcuts[open]")`)
	b.keys(kb.Escape)
	b.wait(`!document.querySelector("#shortcuts[open]")`)
	b.press("/", "Slash")
	b.wait(`document.activeElement.id === "search"`)
	b.keys("jukebox")
	b.wait(`document.activeElement.value === "jukebox"`)
}

// press presses a key that makes a character, as a keyboard does it: a page
// that takes the key for itself keeps the character from being typed.
func (b *browser) press(character, code string) {
	b.t.Helper()
	for _, event := range []input.DispatchKeyEventParams{
		{Type: input.DispatchKeyEventTypeKeyDown, Key: character, Code: code, Text: character},
		{Type: input.DispatchKeyEventTypeKeyUp, Key: character, Code: code},
	} {
		if _, err := chromedp.Call(b.ctx, input.DispatchKeyEvent, event); err != nil {
			b.t.Fatalf("pressing %s: %v", character, err)
		}
	}
}
