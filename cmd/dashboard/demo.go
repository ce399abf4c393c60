package main

import (
	"embed"
	"encoding/json"
	"fmt"
	"net"
	"net/http"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// demoToken opens the demo. It is no secret: the sign-in page shows it.
const demoToken = "demo"

//go:embed demo/manifest.json demo/audio
var demoFiles embed.FS

// demo is a Plusofon of our own with example files, in memory. It starts
// afresh at every start of the program.
type demo struct {
	url    string
	server *http.Server
}

// demoManifest is demo/manifest.json.
type demoManifest struct {
	Files []struct {
		File, Name, Format string
	}
	Presets []struct {
		ID, File, Name string
	}
}

// startDemo starts the embedded Plusofon if it is asked for; else it gives
// nil.
func (s *settings) startDemo() (*demo, error) {
	if !s.Demo {
		return nil, nil
	}
	api, err := demoAPI()
	if err != nil {
		return nil, fmt.Errorf("preparing the demo: %w", err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("starting the demo: %w", err)
	}
	d := &demo{url: "http://" + listener.Addr().String(), server: &http.Server{Handler: api, ReadHeaderTimeout: readHeaderTimeout}}
	go func() { _ = d.server.Serve(listener) }() // ends when it is stopped
	return d, nil
}

// demoAPI fills the embedded Plusofon with the example files.
func demoAPI() (*plusofontest.API, error) {
	text, err := demoFiles.ReadFile("demo/manifest.json")
	if err != nil {
		return nil, err
	}
	var manifest demoManifest
	if err := json.Unmarshal(text, &manifest); err != nil {
		return nil, fmt.Errorf("reading the list of example files: %w", err)
	}
	var files []plusofontest.File
	for _, entry := range manifest.Files {
		content, err := demoFiles.ReadFile("demo/" + entry.File)
		if err != nil {
			return nil, err
		}
		files = append(files, plusofontest.File{Name: entry.Name, Format: entry.Format, Content: content})
	}
	var presets []plusofontest.Standard
	for _, entry := range manifest.Presets {
		content, err := demoFiles.ReadFile("demo/" + entry.File)
		if err != nil {
			return nil, err
		}
		presets = append(presets, plusofontest.Standard{ID: entry.ID, Name: entry.Name, Content: content})
	}
	return plusofontest.New(plusofontest.WithAccount(demoToken, files...), plusofontest.WithStandard(presets...)), nil
}

// stop ends the demo; there may be none.
func (d *demo) stop() {
	if d != nil {
		_ = d.server.Close() // nothing is left to save
	}
}

// offeredToken is what the sign-in page fills in: nothing without a demo.
func (d *demo) offeredToken() string {
	if d == nil {
		return ""
	}
	return demoToken
}
