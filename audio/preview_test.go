package audio_test

import (
	"bytes"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/audio"
)

func TestPreviewWindowsEqualTheWhole(t *testing.T) {
	t.Parallel()
	for _, c := range previewCases {
		t.Run(c.file, func(t *testing.T) {
			t.Parallel()
			file, info := c.open(t)
			whole := wholePreview(t, file, info)
			kept, err := audio.NewPreview(file, info)
			if err != nil {
				t.Fatal(err)
			}
			random := rand.New(rand.NewPCG(1, 2))
			for i := range 300 {
				preview := kept
				if i%3 == 0 { // as another request would
					if preview, err = audio.NewPreview(file, info); err != nil {
						t.Fatal(err)
					}
				}
				first := random.IntN(len(whole))
				window := make([]byte, random.IntN(min(len(whole)-first, 5000)+1))
				if n, err := preview.ReadAt(window, int64(first)); n != len(window) || err != nil {
					t.Fatalf("ReadAt(%d bytes, %d): %d, %v", len(window), first, n, err)
				}
				if !bytes.Equal(window, whole[first:first+len(window)]) {
					t.Fatalf("%d bytes from %d differ from those of the whole", len(window), first)
				}
			}
		})
	}
}

func TestPreviewWritesWhatItReads(t *testing.T) {
	t.Parallel()
	for _, c := range previewCases {
		file, info := c.open(t)
		whole := wholePreview(t, file, info)
		preview, err := audio.NewPreview(file, info)
		if err != nil {
			t.Fatal(err)
		}
		var all, some bytes.Buffer
		if n, err := preview.WriteRange(&all, 0, preview.Size()); n != preview.Size() || err != nil || !bytes.Equal(all.Bytes(), whole) {
			t.Errorf("%s: WriteTo wrote %d of %d bytes, %v", c.file, n, preview.Size(), err)
		}
		if n, err := preview.WriteRange(&some, 41, 100); n != 100 || err != nil || !bytes.Equal(some.Bytes(), whole[41:141]) {
			t.Errorf("%s: WriteRange wrote %d bytes, %v", c.file, n, err)
		}
	}
}

func TestPreviewPadsOddSound(t *testing.T) {
	t.Parallel()
	file := bytes.NewReader([]byte{0x00, 0x7F, 0x80})
	info := audio.Info{Format: audio.AU, Codec: audio.PCM, SampleRate: 8000, Channels: 1, BitsPerSample: 8,
		Signed: true, BlockAlign: 1, DataSize: 3}
	content := wholePreview(t, file, info)
	if wav := parsePreview(t, content); !bytes.Equal(wav.sound, []byte{0x80, 0xFF, 0x00}) {
		t.Errorf("the sound is % X", wav.sound)
	}
	if len(content) != 44+3+1 || content[47] != 0 {
		t.Errorf("% X: no padding", content[44:])
	}
}

func TestPreviewKeepsWholeSamplesOnly(t *testing.T) {
	t.Parallel()
	info := audio.Info{Format: audio.AU, Codec: audio.PCM, SampleRate: 8000, Channels: 2, BitsPerSample: 16,
		BigEndian: true, Signed: true, BlockAlign: 4, DataSize: 7}
	wav := parsePreview(t, wholePreview(t, bytes.NewReader([]byte{1, 2, 3, 4, 5, 6, 7}), info))
	if !bytes.Equal(wav.sound, []byte{2, 1, 4, 3}) {
		t.Errorf("the sound is % X", wav.sound)
	}
}

func TestPreviewLeavesOutTheFillingOfTheLastBlock(t *testing.T) {
	t.Parallel()
	const blocks, perBlock = 16, 505
	tests := map[string]struct{ says, want int }{
		"a last block half full": {blocks*perBlock - 200, blocks*perBlock - 200},
		"full blocks":            {blocks * perBlock, blocks * perBlock},
		"more than there is":     {blocks*perBlock + 1, blocks * perBlock},
		"too little to be true":  {perBlock, blocks * perBlock},
	}
	for name, test := range tests {
		file, info := previewCases[18].open(t)
		info.Duration = 0
		whole := parsePreview(t, wholePreview(t, file, info)).sound
		info.Duration = time.Duration(test.says) * time.Second / time.Duration(info.SampleRate)
		got := parsePreview(t, wholePreview(t, file, info)).sound
		if len(got) != test.want*2*info.Channels || !bytes.Equal(got, whole[:len(got)]) {
			t.Errorf("%s: %d samples, want %d", name, len(got)/2/info.Channels, test.want)
		}
	}
}

func TestPreviewRefuses(t *testing.T) {
	t.Parallel()
	pcm := audio.Info{Format: audio.AU, Codec: audio.PCM, SampleRate: 8000, Channels: 1, BitsPerSample: 16, DataSize: 100}
	tests := map[string]func(info *audio.Info){
		"Speex":                func(i *audio.Info) { i.Format, i.Codec = audio.OGG, audio.Speex },
		"MP3":                  func(i *audio.Info) { i.Format, i.Codec = audio.MP3, audio.MPEG },
		"more than 4 GiB":      func(i *audio.Info) { i.DataSize = math.MaxUint32 },
		"GSM of over 4 GiB":    func(i *audio.Info) { i.Format, i.Codec, i.DataSize = audio.GSM, audio.GSM610, 1<<32 },
		"endless GSM":          func(i *audio.Info) { i.Format, i.Codec, i.DataSize = audio.GSM, audio.GSM610, math.MaxInt64 },
		"stereo GSM":           func(i *audio.Info) { i.Format, i.Codec, i.Channels = audio.GSM, audio.GSM610, 2 },
		"ADPCM without blocks": func(i *audio.Info) { i.Format, i.Codec = audio.WAV, audio.IMAADPCM },
		"no channels":          func(i *audio.Info) { i.Channels = 0 },
		"no sample rate":       func(i *audio.Info) { i.SampleRate = 0 },
		"64-bit PCM":           func(i *audio.Info) { i.BitsPerSample = 64 },
		"16-bit floats":        func(i *audio.Info) { i.Codec = audio.Float },
		"negative offset":      func(i *audio.Info) { i.DataOffset = -1 },
		"a huge sample rate":   func(i *audio.Info) { i.SampleRate, i.Channels = math.MaxInt32, 2 },
	}
	for name, change := range tests {
		info := pcm
		change(&info)
		if _, err := audio.NewPreview(bytes.NewReader(nil), info); !errors.Is(err, audio.ErrNotPlayable) {
			t.Errorf("%s: %v, want %v", name, err, audio.ErrNotPlayable)
		}
	}
}

func TestPreviewReadsBeyondItsEnds(t *testing.T) {
	t.Parallel()
	file, info := previewCases[0].open(t)
	preview, err := audio.NewPreview(file, info)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := preview.ReadAt(make([]byte, 1), preview.Size()); n != 0 || err != io.EOF {
		t.Errorf("at its end: %d, %v", n, err)
	}
	if n, err := preview.ReadAt(make([]byte, 1), -1); n != 0 || err == nil {
		t.Errorf("before its start: %d, %v", n, err)
	}
}

func TestPreviewServesSeveralAtOnce(t *testing.T) {
	t.Parallel()
	for _, c := range previewCases {
		file, info := c.open(t)
		whole := wholePreview(t, file, info)
		preview, err := audio.NewPreview(file, info)
		if err != nil {
			t.Fatal(err)
		}
		var readers sync.WaitGroup
		for i := range 4 {
			readers.Go(func() {
				first := len(whole) * i / 5
				window := make([]byte, len(whole)/5)
				if _, err := preview.ReadAt(window, int64(first)); err != nil || !bytes.Equal(window, whole[first:][:len(window)]) {
					t.Errorf("%s: %d bytes from %d differ, %v", c.file, len(window), first, err)
				}
			})
		}
		readers.Wait()
	}
}
