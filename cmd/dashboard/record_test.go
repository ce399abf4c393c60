package main

import (
	"bytes"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/plusofon-dashboard/dashboard/audio"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// Flags of Chromium: a microphone that beeps, and a user who lets every page
// listen to it.
var (
	microphone = chromedp.Flag("use-fake-device-for-media-stream", true)
	trusting   = chromedp.Flag("use-fake-ui-for-media-stream", true)
)

// openRecorder presses the button that begins a recording.
func openRecorder(t *testing.T, options ...chromedp.ExecAllocatorOption) (*browser, *plusofontest.Server) {
	t.Helper()
	b, api := openFilesWith(t, nil, options...)
	b.click(`[data-record]`)
	return b, api
}

// What is recorded can be listened to and named, goes up when its user says so,
// and is a sound for the phone.
func TestARecordingFromTheMicrophone(t *testing.T) {
	t.Parallel()
	b, api := openRecorder(t)
	b.wait(`document.querySelector("[data-recorder-level]")?.value > 0`)
	b.wait(`document.querySelector("[data-recorder-time]").textContent >= "0:02"`)
	b.click(`[data-recorder-stop]`)
	b.wait(`document.querySelector(".queue-item[data-state=recorded] audio")?.duration > 1.5`)
	if reason := value[string](b, `document.querySelector(".queue-item [data-reason]").textContent`); reason != "" {
		t.Errorf("a beep is doubted: %s", reason)
	}
	b.do(evaluate(`document.querySelector(".queue-item audio").play()`))
	b.wait(`document.querySelector(".queue-item audio").currentTime > 0.5`)
	b.wait(`document.activeElement.matches(".queue-name") && document.activeElement.value.startsWith("Запись ")`)
	b.keys("Мы закрыты до завтра") // in place of the name, which is selected
	b.click(`.queue-item [data-send]`)
	b.wait(`document.querySelector(".queue-item[data-state=done]") && document.querySelector("tr:has([title='Мы закрыты до завтра'])")`)

	files := api.Files(testToken)
	if len(files) != 1 {
		t.Fatalf("Plusofon has %d files", len(files))
	}
	info, err := audio.Detect(bytes.NewReader(files[0].Content), int64(len(files[0].Content)), "")
	if err != nil || info.Format != audio.WAV || info.SampleRate != 8000 || info.Channels != 1 || info.Duration < 1500*time.Millisecond {
		t.Errorf("Plusofon got %+v, %v", info, err)
	}
}

// A recording that is given up leaves nothing behind, and the microphone off.
func TestARecordingIsGivenUp(t *testing.T) {
	t.Parallel()
	b, api := openRecorder(t)
	b.wait(`document.querySelector("[data-recorder-time]").textContent >= "0:01"`)
	b.click(`[data-recorder-cancel]`)
	b.wait(`document.querySelector("[data-recorder]").hidden && document.activeElement.matches("[data-record]")`)
	b.do(evaluate(`
		const listen = MediaDevices.prototype.getUserMedia;
		MediaDevices.prototype.getUserMedia = async function (wanted) { return (window.stream = await listen.call(this, wanted)); }`))
	b.click(`[data-record]`) // and again
	b.wait(`document.querySelector("[data-recorder-time]").textContent >= "0:01"`)
	b.wait(`window.stream.getTracks().every((track) => track.readyState === "live")`)
	b.click(`[data-recorder-cancel]`)
	b.wait(`document.querySelector("[data-recorder]").hidden && window.stream.getTracks().every((track) => track.readyState === "ended")`)
	if value[bool](b, `!!document.querySelector(".queue-item")`) {
		t.Error("something is in the queue")
	}
	if files := api.Files(testToken); len(files) != 0 {
		t.Errorf("Plusofon has %d files", len(files))
	}
}

// Why there is no recording is said, with what to do.
func TestNoMicrophone(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		options []chromedp.ExecAllocatorOption
		want    string
	}{
		{"denied", []chromedp.ExecAllocatorOption{microphone, chromedp.Flag("deny-permission-prompts", true)}, "Браузер не пускает к микрофону."},
		{"missing", []chromedp.ExecAllocatorOption{trusting}, "Микрофон не найден."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b, _ := openRecorder(t, tt.options...)
			b.wait(`document.querySelector("[data-recorder-error]").textContent.startsWith("` + tt.want + `")`)
			b.click(`[data-recorder-close]`)
			b.wait(`document.querySelector("[data-recorder]").hidden`)
		})
	}
}

// What begins to play makes all others pause.
func TestOneSoundAtATime(t *testing.T) {
	t.Parallel()
	b := openBrowser(t, startProgram(t, "--demo"))
	b.signIn()
	b.click(`#media-3 [data-play]`)
	b.wait(`document.querySelector("[data-player] audio")?.currentTime > 0`)
	b.click(`[data-record]`)
	b.wait(`document.querySelector("[data-player] audio").paused`) // or it would be on the recording
	b.wait(`document.querySelector("[data-recorder-time]").textContent >= "0:01"`)
	b.click(`[data-recorder-stop]`)
	b.wait(`document.querySelector(".queue-item[data-state=recorded] audio")?.duration > 0`)
	b.click(`[data-player-toggle]`)
	b.wait(`!document.querySelector("[data-player] audio").paused`)
	b.do(evaluate(`document.querySelector(".queue-item audio").play()`))
	b.wait(`document.querySelector("[data-player] audio").paused`)
}

// Nothing that goes wrong on the way loses a recording: there is nothing to
// choose it from again.
func TestARecordingIsNotLost(t *testing.T) {
	t.Parallel()
	b, api := openRecorder(t)
	b.wait(`document.querySelector("[data-recorder-time]").textContent >= "0:01"`)
	b.do(evaluate(`window.realWorker = window.Worker; window.Worker = class { constructor() { throw new Error("not there"); } }`))
	b.click(`[data-recorder-stop]`)
	b.wait(`document.querySelector(".queue-item[data-state=failed] [data-retry]:not([hidden])")`)
	b.do(evaluate(`window.Worker = window.realWorker`))
	b.click(`.queue-item [data-retry]`)
	b.wait(`document.querySelector(".queue-item[data-state=recorded] audio")?.duration > 0`)

	// As on another tab.
	b.do(evaluate(`fetch("/logout", { method: "POST" }).then(() => (window.signedOut = true))`))
	b.wait(`window.signedOut`)
	b.expect("401")
	b.click(`.queue-item [data-send]`)
	b.wait(`document.querySelector(".queue-item[data-state=failed] [data-reason]")?.textContent.startsWith("Сеанс закончился") &&
		document.querySelector(".queue-item audio").duration > 0`)
	b.wait(`!document.querySelector("[data-login]").hidden && document.querySelector("[data-queue-clear]").hidden`)
	b.do(evaluate(`fetch("/login", { method: "POST", body: new URLSearchParams({ token: "` + testToken + `" }) }).then(() => (window.signedIn = true))`))
	b.wait(`window.signedIn`)
	b.click(`.queue-item [data-retry]`)
	b.wait(`document.querySelector(".queue-item[data-state=done]")`)
	if files := api.Files(testToken); len(files) != 1 {
		t.Errorf("Plusofon has %d files", len(files))
	}
}

// A recorder that can't be had says so, and is there when it can.
func TestARecorderThatCannotBeHad(t *testing.T) {
	t.Parallel()
	b := openBrowser(t, startProgram(t, "--demo"))
	b.signIn()
	b.block("tools/")
	b.expect("tools/")
	b.click(`[data-record]`)
	b.wait(`document.querySelector("#toasts").textContent.includes("ничего не сделано")`)
	b.block()
	b.click(`[data-record]`)
	b.wait(`document.querySelector("[data-recorder-time]")?.textContent >= "0:01"`)
	b.click(`[data-recorder-cancel]`)
}
