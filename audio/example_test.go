package audio_test

import (
	"errors"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/plusofon-dashboard/dashboard/audio"
)

// A file is what its content says, whatever its name.
func ExampleDetect() {
	for _, name := range []string{"testdata/wav-gsm-8000.wav", "testdata/foreign-aac.m4a", "testdata/foreign-theora.ogv"} {
		file, err := os.Open(name)
		if err != nil {
			log.Fatal(err)
		}
		defer file.Close()
		stat, err := file.Stat()
		if err != nil {
			log.Fatal(err)
		}
		info, err := audio.Detect(file, stat.Size(), "greeting.mp3")
		var refused *audio.RefusedError
		switch {
		case errors.As(err, &refused):
			fmt.Printf("refused: %s, it is %s\n", refused.Reason, refused.Detail)
		case err != nil:
			log.Fatal(err)
		default:
			fmt.Printf("%s: %s, %d Hz, %s\n", info.Format, info.Codec, info.SampleRate, info.Duration.Round(time.Second))
			fmt.Println("browsers play it:", info.PlaysInBrowser())
		}
	}
	// Output:
	// wav: GSM 06.10, 8000 Hz, 2s
	// browsers play it: false
	// refused: convertible, it is M4A
	// refused: video, it is OGV
}
