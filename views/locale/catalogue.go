package locale

import (
	"embed"
	"fmt"
	"sync"

	"github.com/BurntSushi/toml"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

//go:embed ru.toml en.toml
var files embed.FS

// catalogue is everything that is known of one language.
type catalogue struct {
	tag     language.Tag
	texts   map[string]string            // by key; of a text with plural forms, the form for all else
	forms   map[string]map[string]string // plural forms by key, and then by their names
	numbers *message.Printer
}

// formNames are the names of plural forms, as in CLDR and in Intl.PluralRules.
var formNames = map[plural.Form]string{plural.One: "one", plural.Few: "few", plural.Many: "many", plural.Other: "other"}

// catalogues are those of all languages. They are read while the rest of the
// program starts, of which they would be a good part.
var catalogues = sync.OnceValue(load)

func init() { go catalogues() }

func load() map[Language]*catalogue {
	loaded := make(map[Language]*catalogue)
	for _, lang := range Languages() {
		c := &catalogue{tag: language.Make(string(lang)), texts: make(map[string]string), forms: make(map[string]map[string]string)}
		c.numbers = message.NewPrinter(c.tag)
		var words map[string]any
		if _, err := toml.DecodeFS(files, string(lang)+".toml", &words); err != nil {
			panic(fmt.Sprintf("locale: the embedded words of %q cannot be read: %v", lang, err))
		}
		c.add("", words)
		loaded[lang] = c
	}
	return loaded
}

// add takes in a table of a file, with all tables in it. One that has the form
// "other" is a text with plural forms.
func (c *catalogue) add(key string, table map[string]any) {
	if other, ok := table["other"].(string); ok {
		forms := make(map[string]string, len(table))
		for name, text := range table {
			forms[name] = text.(string)
		}
		c.texts[key], c.forms[key] = other, forms
		return
	}
	for name, value := range table {
		inner := name
		if key != "" {
			inner = key + "." + name
		}
		switch value := value.(type) {
		case string:
			c.texts[inner] = value
		case map[string]any:
			c.add(inner, value)
		default:
			panic(fmt.Sprintf("locale: %s is neither a text nor a table", inner))
		}
	}
}

// form gives the form of a text for a number.
func (c *catalogue) form(key string, count int) (text string, ok bool) {
	n := max(count, -count) % 10_000_000 // as far as the rules of any language look
	form := plural.Cardinal.MatchPlural(c.tag, n, 0, 0, 0, 0)
	text, ok = c.forms[key][formNames[form]]
	return text, ok
}
