package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// screens are the pages as a user meets them: how to get to each.
var screens = []struct {
	name string
	show func(b *browser)
}{
	{"login", func(b *browser) { b.open("/login") }},
	{"list", func(b *browser) { b.signIn() }},
	{"player", func(b *browser) {
		b.click(`tr[data-media] [data-play]`)
		b.wait(`document.querySelector("[data-player] audio")?.currentTime > 0.2`)
		b.click(`[data-player-toggle]`)
	}},
	{"rename", func(b *browser) {
		b.click(`tr:nth-of-type(4) [data-rename]`)
		b.wait(`document.activeElement.matches("[data-rename-form] input")`)
	}},
	{"delete", func(b *browser) {
		b.keys("\x1b")
		b.click(`tr[data-media] [data-delete]`)
		b.wait(`document.querySelector("#delete-dialog[open]")`)
	}},
	{"upload", func(b *browser) {
		b.open("/media")
		b.wait(`document.querySelector("[data-upload][data-scripted]")`)
		files := tones(b.t, "Приветствие после праздников", "Музыка на удержании")
		b.drop(append(files, foreignFile(b.t))...)
		b.expect("415")
		b.wait(`document.querySelectorAll(".queue-item[data-state=done]").length === 2 && document.querySelector(".queue-item[data-state=failed]")`)
	}},
	{"record", func(b *browser) {
		b.click(`[data-record]`)
		b.wait(`document.querySelector("[data-recorder-time]").textContent >= "0:01"`)
	}},
	{"recorded", func(b *browser) {
		b.click(`[data-recorder-stop]`)
		b.wait(`document.querySelector(".queue-item[data-state=recorded] audio")?.duration > 0`)
	}},
	{"selection", func(b *browser) {
		b.do(evaluate(`window.confirm = () => true`))
		b.click(`.queue-item[data-state=recorded] [data-remove]`) // or the browser would ask whether to leave
		b.open("/media")
		b.click(`#media-2 [data-select]`)
		b.wait(`document.querySelector("[data-selection]:not([hidden])")`)
	}},
	{"delete-many", func(b *browser) {
		b.click(`[data-select-page]`)
		b.click(`[data-delete-many]`)
		b.wait(`document.querySelector("#delete-many-dialog[open]")`)
	}},
	{"deletion", func(b *browser) {
		b.do(evaluate(holdDeletionsInPage))
		b.click(`#delete-many-dialog button.danger`)
		b.wait(`document.querySelector("[data-deletion-bar]").value === 11`)
	}},
	{"deletion-report", func(b *browser) {
		b.do(evaluate(`window.releaseDeletions()`))
		b.wait(`document.querySelector("[data-deletion-bar]").hidden && document.querySelector("[data-row-note]")`)
	}},
	{"file", func(b *browser) { b.open("/media/2") }},
	{"standard", func(b *browser) { b.open("/standard") }},
	{"delete-question", func(b *browser) { b.open("/media/delete?id=2,20,21,22,23,24,99999") }},
	{"delete-report", func(b *browser) {
		b.click(`article.deletion button.danger`)
		b.wait(`document.querySelector("article.deletion strong")`)
	}},
	{"problem", func(b *browser) {
		b.expect("404")
		b.open("/media/99999")
	}},
}

// holdDeletionsInPage answers deletions in place of the dashboard, so that the
// page shows what it seldom has to: some are done, two fail, two wait.
const holdDeletionsInPage = `
	const fetchReally = window.fetch;
	const release = Promise.withResolvers();
	const problem = (text) => new Response('<div data-problem="rejected"><p>' + text + '</p></div>', { status: 502, headers: { Dashboard: "1" } });
	window.releaseDeletions = release.resolve;
	window.fetch = async (address, options) => {
		if (options?.method !== "DELETE") return fetchReally(address, options);
		const id = Number(address.split("/").pop());
		if (id > 11) await release.promise;
		if (id === 2 || id === 5) return problem("Plusofon отклонил запрос. Ответ Plusofon: «Файл используется в сценарии «Рабочее время»»");
		return new Response("", { headers: { Dashboard: "1", "HX-Trigger": '{"toast":{"text":"-"}}' } });
	};`

// Every page fits its window without scrolling sideways, and writes no error
// to the console: in both languages, on a desk and on a phone, light and dark.
// Where PICTURES names a folder, pictures of all are left there.
func TestPagesFit(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"ru", "en"} {
		for _, width := range []int64{1280, 360} {
			for _, scheme := range []string{"light", "dark"} {
				name := fmt.Sprintf("%s-%d-%s", language, width, scheme)
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					b := openBrowser(t, startProgram(t, "--demo"))
					b.emulate(width, scheme)
					b.open("/login?lang=" + language)
					for _, screen := range screens {
						screen.show(b)
						b.fits(screen.name)
						b.picture(name + "-" + screen.name)
					}
				})
			}
		}
	}
}

func (b *browser) emulate(width int64, scheme string) {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(width, 800))
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme},
			{Name: "prefers-reduced-motion", Value: "reduce"}, // or a picture may catch a bar half way
		},
	})
	if err != nil {
		b.t.Fatalf("choosing the colour scheme: %v", err)
	}
}

func (b *browser) fits(screen string) {
	b.t.Helper()
	if over := value[int](b, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
		b.t.Errorf("%s is %d px wider than its window", screen, over)
	}
}

func (b *browser) picture(name string) {
	b.t.Helper()
	folder := os.Getenv("PICTURES")
	if folder == "" {
		return
	}
	picture, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// foreignFile is a picture, which Plusofon does not take.
func foreignFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "Логотип.png")
	if err := os.WriteFile(path, []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
