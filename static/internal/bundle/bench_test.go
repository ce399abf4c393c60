package bundle_test

import (
	"os"
	"testing"

	"github.com/plusofon-dashboard/dashboard/static/internal/bundle"
)

// BenchmarkBuild is what the assets cost at the start of the program.
func BenchmarkBuild(b *testing.B) {
	source := os.DirFS("../..")
	for b.Loop() {
		if _, err := bundle.Build(source); err != nil {
			b.Fatal(err)
		}
	}
}
