package audio_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/audio"
)

func FuzzDetect(f *testing.F) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil || len(files) == 0 {
		f.Fatal("no samples", err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		if len(content) <= 20<<10 {
			f.Add(content, filepath.Ext(file)) // larger ones make the fuzzer slow
		}
		f.Add(content[:min(len(content), 1024)], filepath.Ext(file))
	}
	for _, content := range builtFiles(f) {
		f.Add(content, ".raw")
	}
	f.Fuzz(func(t *testing.T, content []byte, ending string) {
		size := int64(len(content))
		for _, detect := range []func() (audio.Info, error){
			func() (audio.Info, error) { return audio.Detect(bytes.NewReader(content), size, "a"+ending) },
			func() (audio.Info, error) { return audio.DetectStored(bytes.NewReader(content), size) },
		} {
			info, err := detect()
			if err != nil {
				var refused *audio.RefusedError
				if !errors.As(err, &refused) {
					t.Fatalf("refused by an error of another kind: %v", err)
				}
				continue
			}
			checkInfo(t, info, size)
		}
		audio.Peek(content)
	})
}

// checkInfo checks what holds for every sound.
func checkInfo(t *testing.T, info audio.Info, size int64) {
	t.Helper()
	switch {
	case info.DataOffset < 0, info.DataSize < 0, info.DataOffset+info.DataSize > size,
		info.Duration <= 0, info.Duration > 1000*time.Hour,
		info.SampleRate <= 0, info.SampleRate > 1_000_000,
		info.Channels <= 0, info.Channels > 255,
		info.BitsPerSample < 0, info.BlockAlign < 0, info.Format == "", info.Codec == "":
		t.Fatalf("%+v of %d bytes", info, size)
	}
}

// builtFiles are whole files of the containers that no sample is of.
func builtFiles(tb testing.TB) [][]byte {
	vorbis := sample(tb, "ogg-vorbis.ogg")[:4<<10]
	files := [][]byte{
		riff("RF64", wavFormat(1, 1, 8000, 16), chunk("data", make([]byte, 320))),
		riff("RIFF", wavFormat(0xFFFE, 2, 44100, 32), chunk("data", make([]byte, 320))),
		mp4(track("soun", "mp4a")), mp4(track("vide", "avc1")),
		append(vorbis, withSerial(vorbis, 7)...),
		joined(sample(tb, "mp3-bare-frames-mpeg25-8k.mp3"), sample(tb, "mp3-bare-frames-mpeg25-8k.mp3")),
	}
	for compression := range aiffTypes {
		files = append(files, aifc(compression, 16, 10, make([]byte, 400)))
	}
	return files
}
