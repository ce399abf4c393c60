package main

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// window gives the page a window of a size, of a phone or not.
func (b *browser) window(width, height int64, phone bool) {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: width, Height: height, DeviceScaleFactor: 1, Mobile: phone,
	})
	if err == nil {
		_, err = chromedp.Call(b.ctx, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: phone})
	}
	if err != nil {
		b.t.Fatalf("setting the window: %v", err)
	}
}

// tooSmall are the targets that a finger misses: less than 24 pixels wide or high, and
// not in the middle of a text (WCAG 2.2, 2.5.8).
const tooSmall = `[...document.querySelectorAll("a, button, input, select, summary, [role=button]")]
	.filter((target) => target.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !target.closest("p, small, .visually-hidden, .skip, dialog:not([open])"))
	.map((target) => [target.closest("label:not([for])") ?? target, target])
	.filter(([area]) => { const { width, height } = area.getBoundingClientRect(); return width > 1 && (width < 24 || height < 24); })
	.map(([area, target]) => target.outerHTML.slice(0, 100) + " " + Math.round(area.getBoundingClientRect().width) + "×" + Math.round(area.getBoundingClientRect().height)).join("\n")`

// All that is touched on a phone is large enough for a finger, while selecting, too.
func TestTargetsOfAFinger(t *testing.T) {
	t.Parallel()
	b := openBrowser(t, startProgram(t, "--demo"))
	b.window(360, 780, true)
	b.open("/login")
	look := func(where string) {
		t.Helper()
		if !value[bool](b, `matchMedia("(pointer: coarse)").matches`) {
			t.Fatal("this is no phone")
		}
		if small := value[string](b, tooSmall); small != "" {
			t.Errorf("%s: %s", where, strings.ReplaceAll(small, "\n", "\n\t"))
		}
	}
	look("signing in")
	b.signIn()
	look("the list")
	b.click("#media-2 [data-select]")
	b.wait(`document.querySelector(".selection[data-scripted]:not([hidden])")`)
	look("selecting")
	b.open("/media/2")
	look("a file")
	b.open("/standard")
	look("presets")
}

// With a window that is enlarged fourfold the bar of what is selected leaves room for
// the list.
func TestTheSelectionBarLeavesRoom(t *testing.T) {
	t.Parallel()
	b := openBrowser(t, startProgram(t, "--demo"))
	b.window(320, 256, false)
	b.signIn()
	b.click("#media-2 [data-select]")
	b.wait(`document.querySelector(".selection[data-scripted]:not([hidden])")`)
	if height := value[float64](b, `document.querySelector(".selection").getBoundingClientRect().height`); height > 256/4 {
		t.Errorf("it takes %.0f of 256 pixels", height)
	}
}

// Where the colours are the system's, the section one is in is told from others, and
// sliders have a track.
func TestForcedColours(t *testing.T) {
	t.Parallel()
	b := openBrowser(t, startProgram(t, "--demo"))
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "forced-colors", Value: "active"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	b.signIn()
	lines := value[[]string](b, `[...document.querySelectorAll(".sections a")].map((section) => getComputedStyle(section).borderBottomColor)`)
	background := value[string](b, `getComputedStyle(document.body).backgroundColor`)
	if len(lines) != 2 || lines[0] == lines[1] || lines[0] == background {
		t.Errorf("the lines below the sections are %v on %s", lines, background)
	}
	b.click("#media-2 [data-play]")
	b.wait(`document.querySelector(".player input[type=range]")`)
	if track := value[string](b, `getComputedStyle(document.querySelector(".player input[type=range]"), "::-webkit-slider-runnable-track").borderTopStyle`); track != "solid" {
		t.Errorf("the track has the border %q", track)
	}
}
