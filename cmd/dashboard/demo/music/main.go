// Command music plays the hold music and the signals of the demo into a WAV
// file, 16-bit stereo at 44.1 kHz. All of it was composed for this project.
//
//	go run ./cmd/dashboard/demo/music guitar guitar.wav
package main

import (
	"encoding/binary"
	"fmt"
	"io"
	"log"
	"maps"
	"os"
	"slices"
	"strings"
)

// sampleRate is in samples a second, for each channel.
const sampleRate = 44100

func main() {
	log.SetFlags(0)
	log.SetPrefix("music: ")
	if len(os.Args) != 3 {
		log.Fatalf("usage: music PIECE FILE, where PIECE is one of: %s", strings.Join(names(), " "))
	}
	if err := play(os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

func names() []string { return slices.Sorted(maps.Keys(pieces)) }

// play writes a piece to a file.
func play(name, path string) error {
	compose, ok := pieces[name]
	if !ok {
		return fmt.Errorf("no piece %q, only %s", name, strings.Join(names(), " "))
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := writeWAV(file, mix(compose())); err != nil {
		file.Close()
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return file.Close()
}

// writeWAV writes two channels of samples from -1 to 1 as 16-bit PCM.
func writeWAV(w io.Writer, channels [2][]float64) error {
	const channelCount, sampleBytes = 2, 2
	size := uint32(len(channels[0]) * channelCount * sampleBytes)
	pcm := make([]int16, 0, len(channels[0])*channelCount)
	for i := range channels[0] {
		pcm = append(pcm, int16(channels[0][i]*32767), int16(channels[1][i]*32767))
	}
	for _, field := range []any{
		[]byte("RIFF"), 36 + size, []byte("WAVEfmt "), uint32(16), uint16(1), uint16(channelCount),
		uint32(sampleRate), uint32(sampleRate * channelCount * sampleBytes),
		uint16(channelCount * sampleBytes), uint16(8 * sampleBytes), []byte("data"), size, pcm,
	} {
		if err := binary.Write(w, binary.LittleEndian, field); err != nil {
			return err
		}
	}
	return nil
}
