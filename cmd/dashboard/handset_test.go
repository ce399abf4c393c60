package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/plusofon-dashboard/dashboard/static"
)

// What a caller hears is switched on while a sound plays, stays on for the next
// one, and does not keep a sound from playing on.
func TestListeningAsOnThePhone(t *testing.T) {
	t.Parallel()
	b := openBrowser(t, startProgram(t, "--demo"))
	b.signIn()
	b.do(evaluate(`
		const connect = AudioNode.prototype.connect;
		AudioNode.prototype.connect = function (to, ...more) {
			if (this instanceof MediaElementAudioSourceNode) window.leadsTo = to.constructor.name;
			return connect.call(this, to, ...more);
		}`))
	b.click(`#media-2 [data-play]`)
	b.wait(`document.querySelector("audio")?.currentTime > 0`)
	b.click(`[data-handset]`)
	b.wait(`document.querySelector("[data-handset][aria-pressed=true]") && window.leadsTo === "BiquadFilterNode"`)
	b.playsOn()
	b.click(`#media-3 [data-play]`)
	b.wait(`document.querySelector("#media-3 + tr [data-handset][aria-pressed=true]")`)
	b.playsOn()
	b.click(`[data-handset]`)
	b.wait(`document.querySelector("[data-handset][aria-pressed=false]") && window.leadsTo === "AudioDestinationNode"`)
	b.playsOn()
	b.click(`#media-2 [data-play]`)
	b.wait(`document.querySelector("#media-2 + tr [data-handset][aria-pressed=false]")`)

	b.open("/media/2")
	b.click(`[data-handset]`)
	b.wait(`document.querySelector("[data-handset][aria-pressed=true]")`)
	b.do(evaluate(`document.querySelector("audio").play()`))
	b.playsOn()
	b.open("/media/3")
	b.wait(`document.querySelector("[data-handset][aria-pressed=true]")`)
	b.do(evaluate(`document.querySelector("audio").play()`))
	b.playsOn()
}

// playsOn waits until the sound has gone on for a while.
func (b *browser) playsOn() {
	b.t.Helper()
	now := value[float64](b, `document.querySelector("audio").currentTime`)
	b.wait(fmt.Sprintf(`document.querySelector("audio").currentTime > %f`, now+0.2))
}

// A telephone line lets the tones of speech through and not those below and
// above.
func TestTheTelephoneLine(t *testing.T) {
	t.Parallel()
	b := openBrowser(t, startProgram(t, "--demo"))
	b.open("/login")
	for _, tt := range []struct{ frequency, lowest, highest float64 }{ // levels in decibels
		{100, -60, -30}, {300, -5, -2}, {500, -0.7, 0.7}, {1000, -0.7, 0.7}, {3000, -1.5, 0.7}, {3400, -8, -4}, {5000, -90, -45},
	} {
		level, err := chromedp.Run(b.ctx, chromedp.Evaluate[float64](fmt.Sprintf(`(async () => {
			const { phoneLine } = await import(%q);
			const context = new OfflineAudioContext(1, 48000, 48000);
			const line = phoneLine(context);
			const tone = new OscillatorNode(context, { frequency: %f });
			tone.connect(new GainNode(context, { gain: 0.5 })).connect(line.input);
			line.output.connect(context.destination);
			tone.start();
			const samples = (await context.startRendering()).getChannelData(0).subarray(24000);
			const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
			return 10 * Math.log10(power / 0.125);
		})()`, static.Path("js/phone-line.js"), tt.frequency), chromedp.EvalAwaitPromise))
		if err != nil {
			t.Fatal(err)
		}
		if level < tt.lowest || level > tt.highest {
			t.Errorf("%.0f Hz comes out at %.1f dB, want %.1f to %.1f", tt.frequency, level, tt.lowest, tt.highest)
		}
	}
}
