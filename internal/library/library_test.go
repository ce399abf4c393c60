package library_test

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/plusofon-dashboard/dashboard/internal/library"
	"github.com/plusofon-dashboard/dashboard/internal/spool"
	"github.com/plusofon-dashboard/dashboard/plusofon"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

const token = "a-token-of-the-tests"

// office is an account's recordings before a Plusofon in memory.
type office struct {
	*library.Account
	t      *testing.T
	api    *plusofontest.Server
	spools *spool.Pool
	shared *library.Library
}

func newOffice(t *testing.T, files ...plusofontest.File) *office {
	t.Helper()
	api := plusofontest.NewServer(plusofontest.WithAccount(token, files...))
	t.Cleanup(api.Close)
	client, err := plusofon.New("", plusofon.WithBaseURL(api.URL))
	if err != nil {
		t.Fatal(err)
	}
	spools := spool.NewPool(1 << 20)
	shared, err := library.New(client, spools)
	if err != nil {
		t.Fatal(err)
	}
	return &office{Account: shared.Account("account", "session", token), t: t, api: api, spools: spools, shared: shared}
}

// names are what Plusofon has.
func (o *office) names() []string {
	var names []string
	for _, file := range o.api.Files(token) {
		names = append(names, file.Name)
	}
	return names
}

// upload adds a file.
func (o *office) upload(name string, content []byte, key string) (library.Added, error) {
	o.t.Helper()
	held, err := o.spools.New(bytes.NewReader(content), 1<<20)
	if err != nil {
		o.t.Fatal(err)
	}
	defer held.Close()
	return o.Upload(o.t.Context(), library.Upload{Name: name, FileName: name + ".wav", Content: held, Key: key})
}

// wav is a sound of so many samples: mono, 8 kHz, 16 bits, each with its number.
func wav(samples int) []byte {
	sound := make([]byte, 2*samples)
	for i := range samples {
		binary.LittleEndian.PutUint16(sound[2*i:], uint16(i)) // #nosec G115 -- any value will do
	}
	le := binary.LittleEndian
	header := append([]byte("RIFF"), le.AppendUint32(nil, uint32(36+len(sound)))...) // #nosec G115 -- small
	header = append(header, "WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00data"...)
	header = le.AppendUint32(header, uint32(len(sound))) // #nosec G115 -- small
	return append(header, sound...)
}
