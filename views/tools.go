package views

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"sync"

	"github.com/plusofon-dashboard/dashboard/views/locale"
)

// toolbox is what scripts need when someone acts, in one language. It is the
// same for everybody, and so has an address of its own, with a hash of its
// content: browsers keep it, and no page carries it.
type toolbox struct {
	path string
	text []byte
}

const (
	toolsPrefix = "/tools/"
	toolsEnding = ".html"
)

// toolboxes are drawn when the first page leads to them.
var toolboxes = map[Language]func() toolbox{
	locale.Russian: sync.OnceValue(func() toolbox { return newToolbox(locale.Russian) }),
	locale.English: sync.OnceValue(func() toolbox { return newToolbox(locale.English) }),
}

func newToolbox(language Language) toolbox {
	text := must(rendering(locale.NewContext(context.Background(), language), tools()))
	hash := sha256.Sum256(text)
	return toolbox{path: toolsPrefix + string(language) + "." + hex.EncodeToString(hash[:4]) + toolsEnding, text: text}
}

// ToolsPath is where scripts find the tools in the language of a page.
func ToolsPath(ctx context.Context) string { return toolboxes[locale.FromContext(ctx)]().path }

// LookupTools gives the tools of the language at an address, and tells whether
// the address is that of this build: only then may they be kept.
func LookupTools(path string) (html []byte, current, ok bool) {
	name := strings.TrimPrefix(path, toolsPrefix)
	language, hash, _ := strings.Cut(strings.TrimSuffix(name, toolsEnding), ".")
	draw, ok := toolboxes[Language(language)]
	if !ok || !strings.HasPrefix(path, toolsPrefix) || !strings.HasSuffix(path, toolsEnding) || strings.ContainsAny(hash, "./") {
		return nil, false, false
	}
	box := draw()
	return box.text, box.path == path, true
}
