// Package locale holds the words of the dashboard in Russian and English and
// finds the right one for a request.
//
// The language travels in the context of the request:
//
//	ctx = locale.NewContext(ctx, locale.Match(cookie, acceptLanguage))
//	locale.T(ctx, "delete.question", "name", "Привет") // Удалить «Привет»?
//	locale.N(ctx, "media.count", 5)                    // 5 файлов
//
// A text is a line of ru.toml and en.toml. What stands in braces in it is
// replaced by the value given under that name.
package locale

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/language"
)

// Language is a language of the dashboard, as in <html lang>.
type Language string

// The languages of the dashboard. Russian is the first and the fallback.
const (
	Russian Language = "ru"
	English Language = "en"
)

// Languages lists the languages of the dashboard, the fallback first.
func Languages() []Language { return []Language{Russian, English} }

var matcher = language.NewMatcher([]language.Tag{language.Russian, language.English})

// Parse gives the language that s names exactly.
func Parse(s string) (Language, bool) {
	_, ok := catalogues()[Language(s)]
	return Language(s), ok
}

// Match chooses the language: what the user has chosen before (the value of
// the cookie, empty if there is none), else what the browser asks for (the
// Accept-Language header), else Russian.
func Match(chosen, acceptLanguage string) Language {
	if lang, ok := Parse(chosen); ok {
		return lang
	}
	wanted, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil {
		return Russian // a header that nobody can read asks for nothing
	}
	_, index, confidence := matcher.Match(wanted...)
	if confidence == language.No {
		return Russian
	}
	return Languages()[index]
}

type contextKey struct{}

// NewContext puts the language into the context.
func NewContext(ctx context.Context, lang Language) context.Context {
	return context.WithValue(ctx, contextKey{}, lang)
}

// FromContext gives the language of the context, Russian if it has none.
func FromContext(ctx context.Context) Language {
	if lang, ok := ctx.Value(contextKey{}).(Language); ok {
		return lang
	}
	return Russian
}

func from(ctx context.Context) *catalogue { return catalogues()[FromContext(ctx)] }

// T gives the text of a key in the language of the context. Values are pairs
// of a name and the value that replaces {name}. A key that does not exist
// gives the key itself, so that a page still shows; a test finds such keys.
func T(ctx context.Context, key string, values ...string) string {
	text, ok := from(ctx).texts[key]
	if !ok {
		return key
	}
	return replace(text, values)
}

// Has reports whether the key exists in the language of the context.
func Has(ctx context.Context, key string) bool {
	_, ok := from(ctx).texts[key]
	return ok
}

// N gives the text of a key in the plural form of count, with {count}
// replaced by the number as the language writes it.
func N(ctx context.Context, key string, count int, values ...string) string {
	text, ok := from(ctx).form(key, count)
	if !ok {
		return key + " " + strconv.Itoa(count)
	}
	return replace(text, append([]string{"count", Number(ctx, count)}, values...))
}

// Forms gives all plural forms of a text as JSON, under the names that
// Intl.PluralRules has for them: for scripts, which learn the number later.
func Forms(ctx context.Context, key string) string {
	text, err := json.Marshal(from(ctx).forms[key])
	if err != nil {
		panic(fmt.Sprintf("locale: texts are strings: %v", err))
	}
	return string(text)
}

// Number writes a whole number with the separators of the language.
func Number(ctx context.Context, n int) string {
	if 0 <= n && n < 1000 { // nothing to separate, and much sooner
		return strconv.Itoa(n)
	}
	return from(ctx).numbers.Sprintf("%d", n)
}

// Decimal writes a number with the mark of the language before its decimals.
func Decimal(ctx context.Context, n float64) string { return from(ctx).numbers.Sprint(n) }

// Bytes writes a size in bytes for people: 32 КБ, 1,4 МБ.
func Bytes(ctx context.Context, n int64) string {
	const kilo = 1024
	switch {
	case n < kilo:
		return T(ctx, "unit.bytes", "n", strconv.FormatInt(n, 10))
	case n < kilo*kilo:
		return T(ctx, "unit.kilobytes", "n", strconv.FormatInt((n+kilo/2)/kilo, 10))
	default:
		digits := 1
		if n%(kilo*kilo) == 0 {
			digits = 0
		}
		return T(ctx, "unit.megabytes", "n", from(ctx).numbers.Sprintf("%.*f", digits, float64(n)/(kilo*kilo)))
	}
}

// replace puts the values into a text, in one pass, so that braces in a value
// mean nothing. A name without a value stays as it is.
func replace(text string, values []string) string {
	if len(values) == 0 {
		return text
	}
	var b strings.Builder
	size := len(text)
	for _, value := range values {
		size += len(value)
	}
	b.Grow(size)
	for {
		before, rest, found := strings.Cut(text, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, closed := strings.Cut(rest, "}")
		value, known := valueOf(name, values)
		if !closed || !known {
			b.WriteByte('{')
			text = rest
			continue
		}
		b.WriteString(value)
		text = after
	}
}

func valueOf(name string, values []string) (value string, known bool) {
	for i := 0; i+1 < len(values); i += 2 {
		if values[i] == name {
			return values[i+1], true
		}
	}
	return "", false
}
