package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/plusofon-dashboard/dashboard/audio"
)

// Every example file, and so every format that Plusofon takes, plays in the
// page, says its right length, and can be sought in.
func TestEveryFormatPlays(t *testing.T) {
	t.Parallel()
	lengths, formats := exampleLengths(t)
	if len(formats) != 7 {
		t.Fatalf("the examples are of %d formats, want all seven", len(formats))
	}
	b := openBrowser(t, startProgram(t, "--demo"))
	b.signIn()
	for i, want := range lengths {
		id := i + 1
		if i%15 == 0 {
			b.open(fmt.Sprintf("/media?page=%d", i/15+1))
			b.wait(`document.querySelector("[data-upload][data-scripted]")`)
		}
		b.click(fmt.Sprintf(`#media-%d [data-play]`, id))
		b.wait(fmt.Sprintf(`document.querySelector("#media-%d + tr audio")?.currentTime > 0`, id))
		if got := value[float64](b, `document.querySelector("audio").duration`); math.Abs(got-want) > 0.05 {
			t.Errorf("file %d: the player says %.3f s, want %.3f s", id, got, want)
		}
		middle := want / 2
		b.do(evaluate(fmt.Sprintf(`document.querySelector("audio").currentTime = %f`, middle)))
		b.wait(fmt.Sprintf(`document.querySelector("audio").currentTime > %f && !document.querySelector("audio").seeking`, middle))
	}
}

// exampleLengths gives the length of each example in seconds, in the order of
// the list, and the formats that occur.
func exampleLengths(t *testing.T) (lengths []float64, formats map[string]bool) {
	t.Helper()
	text, err := demoFiles.ReadFile("demo/manifest.json")
	if err != nil {
		t.Fatal(err)
	}
	var manifest demoManifest
	if err := json.Unmarshal(text, &manifest); err != nil {
		t.Fatal(err)
	}
	formats = make(map[string]bool)
	for _, file := range manifest.Files {
		content, err := demoFiles.ReadFile("demo/" + file.File)
		if err != nil {
			t.Fatal(err)
		}
		info, err := audio.Detect(bytes.NewReader(content), int64(len(content)), file.File)
		if err != nil {
			t.Fatalf("%s: %v", file.File, err)
		}
		lengths, formats[file.Format] = append(lengths, info.Duration.Seconds()), true
	}
	return lengths, formats
}

func TestTheWaveIsDrawnAndCanBeClicked(t *testing.T) {
	t.Parallel()
	b := openBrowser(t, startProgram(t, "--demo"))
	b.signIn()
	b.click(`#media-2 [data-play]`)
	b.wait(`document.querySelector("audio")?.currentTime > 0`)
	b.click(`[data-player-toggle]`)
	b.click(`[data-player-wave]`)
	b.wait(`document.querySelector("[data-player-canvas]:not([aria-busy]) div")?.shadowRoot?.querySelector("canvas")`)
	b.do(evaluate(`document.querySelector("audio").currentTime = 0`))
	b.do(chromedp.Click(chromedp.CSS("[data-player-canvas]")))
	b.wait(`document.querySelector("audio").currentTime > document.querySelector("audio").duration * 0.4`)
}

// What Plusofon does not take and the browser can read is converted when the
// user wants it, and only then uploaded.
func TestAForeignFileIsConverted(t *testing.T) {
	t.Parallel()
	b := openBrowser(t, startProgram(t, "--demo"))
	b.signIn()
	content, err := os.ReadFile("../../audio/testdata/foreign-flac.flac")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "Реклама на линии.flac")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	b.drop(path)
	b.wait(`document.querySelector(".queue-item[data-state=offered]")`)
	b.click(`.queue-item [data-convert]`)
	b.wait(`document.querySelector(".queue-item[data-state=converted] [data-about]")?.textContent.match(/FLAC.*→.*WAV/)`)
	b.wait(`document.querySelector(".queue-item audio").duration > 1.9`)
	b.click(`.queue-item [data-send]`)
	b.wait(`document.querySelector(".queue-item[data-state=done]") && document.querySelector("tr:has([title='Реклама на линии'])")`)
	b.click(`tr:has([title="Реклама на линии"]) [data-play]`)
	b.wait(`Math.abs(document.querySelector("[data-player] audio")?.duration - 2) < 0.1`)
}
