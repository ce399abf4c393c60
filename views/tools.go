package views

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
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

// toolboxes are drawn when the first page leads to them.
var toolboxes = map[Language]func() toolbox{
	locale.Russian: sync.OnceValue(func() toolbox { return newToolbox(locale.Russian) }),
	locale.English: sync.OnceValue(func() toolbox { return newToolbox(locale.English) }),
}

func newToolbox(language Language) toolbox {
	text := must(rendering(locale.NewContext(context.Background(), language), tools()))
	hash := sha256.Sum256(text)
	return toolbox{path: fmt.Sprintf("/tools/%s.%s.html", language, hex.EncodeToString(hash[:4])), text: text}
}

// ToolsPath is where scripts find the tools in the language of a page.
func ToolsPath(ctx context.Context) string { return toolboxes[locale.FromContext(ctx)]().path }

// LookupTools gives the tools at an address.
func LookupTools(path string) (html []byte, ok bool) {
	for _, box := range toolboxes {
		if box := box(); box.path == path {
			return box.text, true
		}
	}
	return nil, false
}
