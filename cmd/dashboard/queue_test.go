package main

import (
	"os"
	"path/filepath"
	"testing"
)

// A file above the limit is said to be too large for the dashboard, not for
// Plusofon, and what becomes smaller by it is offered to be converted.
func TestFilesAboveTheLimit(t *testing.T) {
	t.Parallel()
	b := openBrowser(t, startProgram(t, "--demo", "--max-upload", "4KiB"))
	b.signIn()
	b.drop(tones(t, "Тон")...) // a WAV
	b.wait(`document.querySelector(".queue-item[data-state=offered] [data-reason]")?.textContent.includes("панель принимает до 4 КБ")`)
	picture := filepath.Join(t.TempDir(), "Рисунок.png")
	if err := os.WriteFile(picture, make([]byte, 10_000), 0o600); err != nil {
		t.Fatal(err)
	}
	b.drop(picture)
	b.wait(`document.querySelector(".queue-item[data-state=failed] [data-reason]")?.textContent.includes("панель принимает до 4 КБ")`)
}

// A drop that is announced as files and has none, as out of an archive, is told
// what to do.
func TestADropWithoutFiles(t *testing.T) {
	t.Parallel()
	b := openBrowser(t, startProgram(t, "--demo"))
	b.signIn()
	b.do(evaluate(`
		const transfer = { types: ["Files"], files: [], items: [{ kind: "string" }] };
		const drop = new Event("drop", { bubbles: true, cancelable: true });
		Object.defineProperty(drop, "dataTransfer", { value: transfer });
		document.body.dispatchEvent(drop)`))
	b.wait(`document.querySelector("#toasts").textContent.includes("Файлы не дошли до страницы")`)
}

// A waveform that can't be loaded says so, and can be asked for again.
func TestAWaveThatCannotBeLoaded(t *testing.T) {
	t.Parallel()
	b := openBrowser(t, startProgram(t, "--demo"))
	b.signIn()
	b.expect("wavesurfer")
	b.block("wavesurfer")
	b.click("#media-1 [data-play]")
	b.wait(`document.querySelector("[data-player] audio")?.currentTime > 0`)
	b.click("[data-player-wave]")
	b.wait(`document.querySelector("[data-player-error]").textContent.includes("Волну показать не удалось")`)
	if value[bool](b, `document.querySelector("[data-player-wave]").disabled || document.querySelector("[data-player-canvas]").ariaBusy === "true"`) {
		t.Error("it stays busy")
	}
}
