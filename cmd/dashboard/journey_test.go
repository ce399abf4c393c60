package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"
)

// The main job of the dashboard in one sitting: sign in, drop files, listen,
// rename, delete, page, change the language, sign out.
func TestJourney(t *testing.T) {
	t.Parallel()
	b := openBrowser(t, startProgram(t, "--demo"))
	b.signIn()
	b.dropThreeFilesAndSeeTheBarsMove()
	b.playOne()
	b.renameIt()
	b.deleteIt()
	b.pageThrough()
	b.changeLanguage()
	b.addAStandardRecording()
	b.signOut()
}

func (b *browser) dropThreeFilesAndSeeTheBarsMove() {
	b.t.Helper()
	total := value[string](b, `document.querySelector("[data-media-total]").textContent`)
	b.slowUploads(150 << 10)
	b.do(recordBars)
	b.drop(tones(b.t, "Первый", "Второй", "Третий")...)
	b.wait(`document.querySelectorAll('.queue-item[data-state=done]').length === 3`)
	b.slowUploads(-1)
	for i, seen := range value[[]int](b, `window.barsSeen.map((values) => values.size)`) {
		if seen < 3 {
			b.t.Errorf("the bar of file %d showed %d values, want it to move", i+1, seen)
		}
	}
	if most := value[int](b, `window.mostAtOnce`); most > 2 {
		b.t.Errorf("%d files went up at once, want two at most", most)
	}
	for _, name := range []string{"Первый", "Второй", "Третий"} {
		b.wait(fmt.Sprintf(`document.querySelector('[data-media-rows] tr:has([title=%q])')`, name))
	}
	if now := value[string](b, `document.querySelector("[data-media-total]").textContent`); now == total {
		b.t.Errorf("the count of files stayed %q", now)
	}
}

// recordBars notes the values that each bar of the queue takes.
var recordBars = evaluate(`
	window.barsSeen = [];
	window.mostAtOnce = 0;
	const look = () => {
		document.querySelectorAll(".queue-item").forEach((item, i) => {
			(window.barsSeen[i] ??= new Set()).add(item.querySelector("progress").value);
		});
		const busy = document.querySelectorAll(".queue-item[data-state=sending], .queue-item[data-state=checking]").length;
		window.mostAtOnce = Math.max(window.mostAtOnce, busy);
		requestAnimationFrame(look);
	};
	look();
`)

func (b *browser) playOne() {
	b.t.Helper()
	b.click(`tr:has([title="Первый"]) [data-play]`)
	b.wait(`document.querySelector("[data-player] audio")?.currentTime > 0.3`)
	if length := value[float64](b, `document.querySelector("[data-player] audio").duration`); math.Abs(length-toneSeconds) > 0.05 {
		b.t.Errorf("the player says %.2f s, want %d s", length, toneSeconds)
	}
	b.click(`tr:has([title="Второй"]) [data-play]`)
	b.wait(`document.querySelectorAll("[data-player] audio").length === 1 &&
		document.querySelector('tr:has([title="Второй"]) + tr audio')?.currentTime > 0.1`)
	b.click(`[data-player-close]`)
	b.wait(`!document.querySelector("[data-player]")`)
}

func (b *browser) renameIt() {
	b.t.Helper()
	b.click(`tr:has([title="Первый"]) [data-rename]`)
	b.wait(`document.activeElement.matches("[data-rename-form] input")`)
	b.keys("Отменённое\x1b")
	b.wait(`!document.querySelector("[data-rename-form]") && document.activeElement.matches("tr:has([title='Первый']) [data-rename]")`)
	b.keys("\r")
	b.wait(`document.activeElement.matches("[data-rename-form] input")`)
	b.keys("Переименованный\r")
	b.wait(`document.querySelector("tr:has([title='Переименованный'])") && !document.querySelector("tr:has([title='Первый'])")`)
	b.wait(`document.activeElement.matches("tr:has([title='Переименованный']) [data-rename]")`)
	b.wait(`document.querySelector("#toasts").textContent.includes("Переименованный")`)
}

func (b *browser) deleteIt() {
	b.t.Helper()
	b.click(`tr:has([title="Переименованный"]) [data-delete]`)
	b.wait(`document.querySelector("#delete-dialog[open] h2")?.textContent === "Удалить «Переименованный»?"`)
	b.keys("\x1b")
	b.wait(`!document.querySelector("#delete-dialog[open]")`)
	b.click(`tr:has([title="Переименованный"]) [data-delete]`)
	b.click(`#delete-dialog button.danger`)
	b.wait(`document.querySelector("tr:has([title='Переименованный']).going") && !document.querySelector("#delete-dialog[open]")`)
	b.wait(`document.querySelector("#toasts").textContent.includes("Файл «Переименованный» удаляется")`)
	b.wait(`!document.querySelector("tr:has([title='Переименованный'])")`)
	b.wait(`document.querySelector("#toasts").textContent.includes("удалён")`)
}

func (b *browser) pageThrough() {
	b.t.Helper()
	b.open("/media")
	first := value[string](b, `document.querySelector("[data-media] [data-name-cell] a").title`)
	b.click(`.pager a[rel=next]`)
	b.wait(`location.search === "?page=2" && document.querySelector(".pager [aria-current]").textContent === "2"`)
	if second := value[string](b, `document.querySelector("[data-media] [data-name-cell] a").title`); second == first {
		b.t.Errorf("page 2 begins with %q as page 1 does", second)
	}
	b.do(back)
	b.wait(fmt.Sprintf(`document.querySelector("[data-media] [data-name-cell] a")?.title === %q`, first))
}

func (b *browser) changeLanguage() {
	b.t.Helper()
	b.click(`a.language`)
	b.wait(`document.documentElement.lang === "en" && document.querySelector("h1").textContent === "Audio files"`)
}

func (b *browser) addAStandardRecording() {
	b.t.Helper()
	b.click(`nav a[href="/standard"]`)
	b.wait(`document.querySelector(".standard button")`)
	b.click(`.standard button`)
	b.wait(`document.querySelector("#toasts").textContent.includes("has been added")`)
}

func (b *browser) signOut() {
	b.t.Helper()
	b.click(`form[action="/logout"] button`)
	b.wait(`location.pathname === "/login"`)
	b.do(back)
	b.wait(`location.pathname === "/login" && !document.querySelector("[data-media]")`)
}

// toneSeconds is the length of the files that the journey uploads.
const toneSeconds = 8

// tones writes WAV files of a tone, one for each name.
func tones(t *testing.T, names ...string) []string {
	t.Helper()
	const rate = 8000
	var file bytes.Buffer
	size := uint32(toneSeconds * rate * 2)
	file.WriteString("RIFF")
	for _, part := range []any{36 + size, []byte("WAVEfmt "), uint32(16), uint16(1), uint16(1), uint32(rate), uint32(2 * rate), uint16(2), uint16(16), []byte("data"), size} {
		if err := binary.Write(&file, binary.LittleEndian, part); err != nil {
			t.Fatal(err)
		}
	}
	for i := range toneSeconds * rate {
		sample := int16(6000 * math.Sin(2*math.Pi*440*float64(i)/rate))
		file.WriteByte(byte(sample))
		file.WriteByte(byte(sample >> 8))
	}
	folder := t.TempDir()
	var paths []string
	for _, name := range names {
		path := filepath.Join(folder, name+".wav")
		if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}
