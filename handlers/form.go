package handlers

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/labstack/echo/v4"
	"golang.org/x/text/unicode/norm"

	"github.com/plusofon-dashboard/dashboard/internal/transfer"
	"github.com/plusofon-dashboard/dashboard/plusofon"
	"github.com/plusofon-dashboard/dashboard/views"
)

// readForm reads a form without files, of a limited size. It refuses one from a
// page of another account.
func (s *server) readForm(c echo.Context, limit int64) (url.Values, error) {
	bodyOf(c).LimitTo(s.FormTimeout)
	form, err := transfer.ReadForm(c.Response(), c.Request(), limit)
	if err != nil {
		return nil, err
	}
	return form, sameAccount(c, form.Get(views.AccountField))
}

// maxNameLength is in characters. Plusofon does not say how long a name may
// be; 255 is what its kind of database column holds.
const maxNameLength = 255

// checkName gives the name of a media file without the spaces around it, or
// says what is wrong with it.
func checkName(name string) (string, error) {
	name = strings.TrimSpace(norm.NFC.String(strings.ReplaceAll(name, "\t", " ")))
	switch {
	case !hasVisible(name):
		return "", &fieldError{Field: "name", Key: "field.name_empty"}
	case !utf8.ValidString(name), strings.ContainsFunc(name, unicode.IsControl):
		return "", &fieldError{Field: "name", Key: "field.name_control"}
	case utf8.RuneCountInString(name) > maxNameLength:
		return "", &fieldError{Field: "name", Key: "field.name_long", Values: []string{"max", strconv.Itoa(maxNameLength)}}
	}
	return name, nil
}

// hasVisible reports whether a name has anything that is seen.
func hasVisible(name string) bool {
	return strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) })
}

// nameFromFile makes a name of a file's name: without folders and ending, and
// without what may not stand in a name.
func nameFromFile(fileName string) string {
	fileName = strings.ReplaceAll(fileName, "%22", `"`) // as browsers write quotes in forms (WHATWG HTML, multipart form data)
	fileName = fileName[strings.LastIndexAny(fileName, `/\`)+1:]
	if dot := strings.LastIndexByte(fileName, '.'); dot > 0 {
		fileName = fileName[:dot]
	}
	fileName = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(fileName, ""))
	fileName = strings.TrimSpace(fileName)
	if runes := []rune(fileName); len(runes) > maxNameLength {
		fileName = strings.TrimSpace(string(runes[:maxNameLength]))
	}
	return fileName
}

// mediaID reads the id of the address.
func mediaID(c echo.Context) (plusofon.MediaID, error) {
	id, err := plusofon.ParseMediaID(c.Param("id"))
	if err != nil {
		return "", fmt.Errorf("%w: %w", errMediaID, err)
	}
	return id, nil
}
