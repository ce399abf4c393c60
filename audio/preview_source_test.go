package audio_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/plusofon-dashboard/dashboard/audio"
	"github.com/plusofon-dashboard/dashboard/audio/gsm"
)

// A watchedFile remembers how far it was read, and fails from a given place on.
type watchedFile struct {
	io.ReaderAt
	furthest  int64
	backwards bool
	failFrom  int64 // 0: never
	err       error
}

func (w *watchedFile) ReadAt(b []byte, off int64) (int, error) {
	w.backwards = w.backwards || off < w.furthest
	w.furthest = max(w.furthest, off+int64(len(b)))
	if w.failFrom > 0 && w.furthest > w.failFrom {
		return 0, w.err
	}
	return w.ReaderAt.ReadAt(b, off)
}

func TestPreviewReadsForwardAndNoFurtherThanAsked(t *testing.T) {
	t.Parallel()
	for _, c := range previewCases {
		t.Run(c.file, func(t *testing.T) {
			t.Parallel()
			content, info := c.open(t)
			file := &watchedFile{ReaderAt: content}
			preview, err := audio.NewPreview(file, info)
			if err != nil {
				t.Fatal(err)
			}
			if file.furthest != 0 {
				t.Errorf("NewPreview read up to %d", file.furthest)
			}
			const piece = 512 // whole samples of every size, less the header of 44 or 58 bytes
			ratio := float64(info.DataSize) / float64(preview.Size()-44)
			for off := int64(0); off < preview.Size(); off += piece {
				if _, err := preview.ReadAt(make([]byte, piece), off); err != nil && err != io.EOF {
					t.Fatal(err)
				}
				// What a window needs is its share of the file, and the rest of a block or sample.
				if most := info.DataOffset + int64(float64(off+piece)*ratio) + int64(info.BlockAlign); file.furthest > most {
					t.Fatalf("for the bytes before %d the file was read up to %d, want %d at most", off+piece, file.furthest, most)
				}
			}
			if file.backwards && info.Codec != audio.PCM && info.Codec != audio.Float {
				t.Error("the file was read backwards")
			}
		})
	}
}

func TestPreviewReportsAFailingFile(t *testing.T) {
	t.Parallel()
	broken := errors.New("connection reset")
	for _, c := range previewCases {
		for name, test := range map[string]struct{ returned, want error }{
			"broken": {broken, broken},
			"short":  {io.EOF, io.ErrUnexpectedEOF},
		} {
			content, info := c.open(t)
			whole := wholePreview(t, content, info)
			file := &watchedFile{ReaderAt: content, failFrom: info.DataOffset + info.DataSize/2, err: test.returned}
			preview, err := audio.NewPreview(file, info)
			if err != nil {
				t.Fatal(err)
			}
			got := make([]byte, preview.Size())
			n, err := preview.ReadAt(got, 0)
			if !errors.Is(err, test.want) || n == len(got) {
				t.Errorf("%s, %s: %d of %d bytes, %v; want %v", c.file, name, n, len(got), err, test.want)
			}
			if !bytes.Equal(got[:n], whole[:n]) {
				t.Errorf("%s, %s: the %d bytes before the failure differ", c.file, name, n)
			}
			file.failFrom = 0 // it has come back: nothing of the failure may be left
			if n, err := preview.ReadAt(got, 0); n != len(got) || err != nil || !bytes.Equal(got, whole) {
				t.Errorf("%s, %s: after the failure %d bytes, %v", c.file, name, n, err)
			}
		}
	}
}

func TestPreviewMakesDamagedGSMFramesSilent(t *testing.T) {
	t.Parallel()
	const damaged = 100
	file, info := previewCases[19].open(t)
	content := make([]byte, file.Size())
	if _, err := file.ReadAt(content, 0); err != nil {
		t.Fatal(err)
	}
	content[damaged*gsm.FrameSize] = 0
	sound := parsePreview(t, wholePreview(t, bytes.NewReader(content), info)).sound
	const size = 2 * gsm.FrameSamples
	if silence := make([]byte, size); !bytes.Equal(sound[damaged*size:][:size], silence) {
		t.Error("the damaged frame is not silent")
	}
	if len(sound) != len(content)/gsm.FrameSize*size {
		t.Errorf("%d bytes of sound", len(sound))
	}
}

func TestPreviewForgetsAFailedSeek(t *testing.T) {
	t.Parallel()
	broken := errors.New("connection reset")
	for _, c := range previewCases {
		content, info := c.open(t)
		whole := wholePreview(t, content, info)
		file := &watchedFile{ReaderAt: content, err: broken}
		window := make([]byte, 100)
		end := len(whole) - len(window)
		for at := end; at > max(0, end-2000); at -= len(window) {
			preview, err := audio.NewPreview(file, info)
			if err != nil {
				t.Fatal(err)
			}
			_, before := preview.ReadAt(window, 0)
			file.failFrom = info.DataOffset + 1
			_, during := preview.ReadAt(window, int64(end))
			file.failFrom = 0
			_, after := preview.ReadAt(window, int64(at))
			if before != nil || !errors.Is(during, broken) || after != nil {
				t.Fatalf("%s: %v; %v; %v", c.file, before, during, after)
			}
			if !bytes.Equal(window, whole[at:at+len(window)]) {
				t.Fatalf("%s: %d bytes from %d differ after a failure", c.file, len(window), at)
			}
		}
	}
}
