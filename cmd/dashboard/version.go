package main

import (
	"fmt"
	"io"
	"runtime/debug"

	"github.com/plusofon-dashboard/dashboard/internal/metrics"
)

// version and revision are set where the program is built without its history,
// as in an image: -ldflags "-X main.version=v1.2.3 -X main.revision=…".
var version, revision string

// build tells which build of the program this is.
func build() metrics.Build {
	b := metrics.Build{Version: version, Revision: revision}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if b.Version == "" {
		b.Version = info.Main.Version
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" && b.Revision == "" {
			b.Revision = setting.Value
		}
	}
	return b
}

func showVersion(output io.Writer) {
	b := build()
	fmt.Fprintf(output, "dashboard %s, revision %s\n", orUnknown(b.Version), orUnknown(b.Revision))
}

func orUnknown(text string) string {
	if text == "" {
		return "unknown"
	}
	return text
}
