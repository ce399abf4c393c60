package views

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"sync"

	"github.com/a-h/templ"
	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/plusofon-dashboard/dashboard/views/locale"
)

// keptPart names a part of a page that is always the same.
type keptPart struct {
	name     string
	setting  any // on which it depends besides the language: of the program, not of a request
	language Language
}

var keptParts sync.Map // texts as []byte by keptPart

// kept renders a component once for each language and setting, for parts that
// say the same to everyone: they would be drawn anew with every page.
func kept(name string, setting any, component templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		part := keptPart{name: name, setting: setting, language: locale.FromContext(ctx)}
		text, found := keptParts.Load(part)
		if !found {
			rendered, err := rendering(ctx, component)
			if err != nil {
				return fmt.Errorf("rendering the part %q: %w", name, err)
			}
			text, _ = keptParts.LoadOrStore(part, rendered)
		}
		_, err := w.Write(text.([]byte))
		return err
	})
}

func rendering(ctx context.Context, component templ.Component) ([]byte, error) {
	var text bytes.Buffer
	err := component.Render(ctx, &text)
	return text.Bytes(), err
}

// keptRow is all that a plain row of the list says.
type keptRow struct {
	id, name string
	language Language
}

// maxKeptName bounds the memory that rows take, in bytes.
const maxKeptName = 256

// keptRows are the rows drawn last, some 1.5 KB each.
var keptRows = must(lru.New[keptRow, []byte](2000))

// mediaTableRow is MediaTableRow for a row that is probably drawn again soon,
// as the list is read anew after every change: drawing rows is most of the
// work that a list page is.
func mediaTableRow(row MediaRow) templ.Component {
	if row.New || len(row.Matches) > 0 || len(row.Name) > maxKeptName {
		return MediaTableRow(row)
	}
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		key := keptRow{id: row.ID, name: row.Name, language: locale.FromContext(ctx)}
		text, found := keptRows.Get(key)
		if !found {
			var err error
			if text, err = rendering(ctx, MediaTableRow(row)); err != nil {
				return fmt.Errorf("rendering a row: %w", err)
			}
			keptRows.Add(key, text)
		}
		_, err := w.Write(text)
		return err
	})
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err) // a mistake in the program: see where it is used
	}
	return value
}
