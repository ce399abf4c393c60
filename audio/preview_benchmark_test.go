package audio_test

import (
	"bytes"
	"io"
	"net"
	"os"
	"testing"

	"github.com/plusofon-dashboard/dashboard/audio"
)

// benchmarkSize is that of the originals: a song of four minutes in 16 bits, stereo.
const benchmarkSize = 40 << 20

// BenchmarkSend compares the preview of a file of 16-bit big-endian PCM (AU, AIFF) with the original, both copied from a
// file to a connection on the loopback.
func BenchmarkSend(b *testing.B) {
	file := benchmarkFile(b)
	info := audio.Info{Format: audio.AU, Codec: audio.PCM, SampleRate: 44100, Channels: 2, BitsPerSample: 16,
		BigEndian: true, Signed: true, BlockAlign: 4, DataSize: benchmarkSize}
	preview, err := audio.NewPreview(file, info)
	if err != nil {
		b.Fatal(err)
	}
	benchmarks := []struct {
		name string
		send func(w io.Writer) (int64, error)
	}{
		{"original", func(w io.Writer) (int64, error) {
			return io.Copy(w, struct{ io.Reader }{io.NewSectionReader(file, 0, benchmarkSize)})
		}},
		{"preview", func(w io.Writer) (int64, error) { return preview.WriteRange(w, 0, preview.Size()) }},
		{"preview through io.Copy", func(w io.Writer) (int64, error) {
			return io.Copy(w, struct{ io.Reader }{io.NewSectionReader(preview, 0, preview.Size())})
		}},
	}
	for _, benchmark := range benchmarks {
		b.Run(benchmark.name, func(b *testing.B) {
			connection := benchmarkConnection(b)
			b.SetBytes(benchmarkSize)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := benchmark.send(struct{ io.Writer }{connection}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkGSM makes the preview of 1 MiB of GSM, ten minutes and a half: all of it, its first second, and its last
// second, which needs what is before it.
func BenchmarkGSM(b *testing.B) {
	file, info := benchmarkGSM(b)
	const second = 16000
	for name, window := range map[string]func(size int64) (first, n int64){
		"whole":        func(size int64) (int64, int64) { return 0, size },
		"first second": func(int64) (int64, int64) { return 0, 44 + second },
		"last second":  func(size int64) (int64, int64) { return size - second, second },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				preview, err := audio.NewPreview(file, info)
				if err != nil {
					b.Fatal(err)
				}
				first, n := window(preview.Size())
				if _, err := preview.WriteRange(io.Discard, first, n); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func benchmarkGSM(b *testing.B) (io.ReaderAt, audio.Info) {
	b.Helper()
	frames, err := os.ReadFile("gsm/testdata/speech.gsm")
	if err != nil {
		b.Fatal(err)
	}
	frames = bytes.Repeat(frames, 1<<20/len(frames)+1)
	return bytes.NewReader(frames), audio.Info{Format: audio.GSM, Codec: audio.GSM610, SampleRate: 8000, Channels: 1,
		BlockAlign: 33, DataSize: 1 << 20}
}

func benchmarkFile(b *testing.B) *os.File {
	b.Helper()
	file, err := os.CreateTemp(b.TempDir(), "sound")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = file.Close() })
	if _, err := file.Write(bytes.Repeat([]byte{1, 2, 3, 4, 5, 6, 7, 8}, benchmarkSize/8)); err != nil {
		b.Fatal(err)
	}
	return file
}

// benchmarkConnection is one end of a connection whose other end throws everything away.
func benchmarkConnection(b *testing.B) net.Conn {
	b.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = listener.Close() })
	go func() {
		connection, err := listener.Accept()
		if err != nil {
			return
		}
		_, _ = io.Copy(io.Discard, connection)
		_ = connection.Close()
	}()
	connection, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = connection.Close() })
	return connection
}
