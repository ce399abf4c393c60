package gsm_test

import (
	"fmt"
	"os"

	"github.com/plusofon-dashboard/dashboard/audio/gsm"
)

func Example() {
	file, err := os.ReadFile("testdata/speech.gsm")
	if err != nil {
		fmt.Println(err)
		return
	}
	var decoder gsm.Decoder
	samples := make([]int16, gsm.FrameSamples)
	frames := 0
	for ; len(file) >= gsm.FrameSize; file = file[gsm.FrameSize:] {
		if err := decoder.Decode(file[:gsm.FrameSize], samples); err != nil {
			fmt.Println(err)
			return
		}
		frames++ // samples holds the next 20 ms
	}
	fmt.Printf("%.2f s of speech\n", float64(frames*gsm.FrameSamples)/gsm.SampleRate)
	// Output: 5.28 s of speech
}
