package handlers

import (
	"fmt"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/internal/library"
	"github.com/plusofon-dashboard/dashboard/internal/transfer"
	"github.com/plusofon-dashboard/dashboard/plusofon"
	"github.com/plusofon-dashboard/dashboard/views"
)

// addMedia answers POST /media: a multipart form brings a file, a plain form
// chooses one of the vendor's presets.
func (s *server) addMedia(c echo.Context) error {
	contentType, _, err := mime.ParseMediaType(c.Request().Header.Get(echo.HeaderContentType))
	if err != nil {
		return fmt.Errorf("%w: reading the content type: %w", transfer.ErrMalformed, err)
	}
	switch contentType {
	case echo.MIMEMultipartForm:
		return s.uploadMedia(c)
	case echo.MIMEApplicationForm:
		return s.addStandard(c)
	default:
		return fmt.Errorf("%w: %s is no form", transfer.ErrMalformed, contentType)
	}
}

// uploadHeader is by which a script says that an upload is a second try of one whose
// answer it did not get.
const uploadHeader = "Dashboard-Upload"

func (s *server) uploadMedia(c echo.Context) error {
	defer s.Metrics.Transfer("upload")()
	form, err := s.uploadForm(c).Read(c.Response(), c.Request())
	if err != nil {
		return err
	}
	defer form.Close()
	old, err := plusofon.ParseMediaID(form.Fields["replaces"])
	replaces := err == nil
	if replaces {
		c.Set(pageBefore, old)
	}
	if form.File == nil {
		return s.addPreset(c, strings.TrimSpace(form.Fields["name"]), form.Fields["standard_id"]) // a form for presets may be multipart too
	}
	s.Metrics.Received(form.File.Size())
	name := strings.TrimSpace(form.Fields["name"])
	if name == "" {
		name = nameFromFile(form.FileName)
	}
	if name, err = checkName(name); err != nil {
		return err
	}
	file, err := s.account(c).Upload(c.Request().Context(), library.Upload{
		Name: name, FileName: form.FileName, Content: form.File, Key: c.Request().Header.Get(uploadHeader),
	})
	if err != nil {
		return err
	}
	s.logUnlisted(c, file)
	if replaces && file.ID.Usable() {
		return s.sendReplaced(c, old, file)
	}
	return s.sendAdded(c, uploaded, "uploaded", file)
}

// uploadForm is the form of an upload. One from a page of another account is
// refused before its file is read.
func (s *server) uploadForm(c echo.Context) transfer.FileForm {
	return transfer.FileForm{
		FileField: "file",
		Fields:    []string{views.AccountField, "name", "standard_id", "replaces"},
		MaxFile:   s.MaxUpload,
		Pool:      s.spools,
		Check: func(field, value string) error {
			if field == views.AccountField {
				return sameAccount(c, value)
			}
			return nil
		},
	}
}

func (s *server) addStandard(c echo.Context) error {
	form, err := s.readForm(c, maxSmallForm)
	if err != nil {
		return err
	}
	return s.addPreset(c, form.Get("name"), form.Get("standard_id"))
}

func (s *server) addPreset(c echo.Context, name, standardID string) error {
	if standardID == "" {
		return &fieldError{Field: "file", Key: "field.file_missing"}
	}
	name, err := checkName(name)
	if err != nil {
		return err
	}
	if !presetID(standardID) {
		return &fieldError{Field: "standard_id", Key: "field.standard_missing"}
	}
	file, err := s.account(c).AddPreset(c.Request().Context(), name, standardID)
	if err != nil {
		return err
	}
	s.logUnlisted(c, file)
	return s.sendAdded(c, presetAdded, "added", file)
}

// presetID reports whether s can be the id of a preset: the vendor's are 32
// hexadecimal digits, and other short words without marks are let through.
func presetID(s string) bool {
	for _, r := range s {
		if (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '-' && r != '_' {
			return false
		}
	}
	return len(s) <= 64
}

// logUnlisted tells of a new file that is not in the list yet.
func (s *server) logUnlisted(c echo.Context, file library.Added) {
	if !file.ID.Usable() {
		s.Log.WarnContext(c.Request().Context(), "a new file is not in the list yet", "id", requestIDOf(c), "name", file.Name, "error", file.Unlisted)
	}
}

// sendAdded answers with the new row, or goes to the page on which it is.
func (s *server) sendAdded(c echo.Context, told done, event string, file library.Added) error {
	s.logEvent(c, event, string(file.ID), file.Name)
	if fromHTMX(c) {
		events := map[string]any{}
		if file.Total > 0 {
			events["media:total"] = mediaCount(c, file.Total)
		}
		triggerNotice(c, told, file.LookedUp, file.Name, events)
		row := mediaRow(file.Media)
		row.New = true
		return send(c, http.StatusCreated, views.MediaTableRow(row))
	}
	s.keepNotice(c, told.notice(file.LookedUp), file.Name)
	if file.Page <= 1 {
		return c.Redirect(http.StatusSeeOther, defaultPath)
	}
	return c.Redirect(http.StatusSeeOther, defaultPath+"?page="+strconv.Itoa(file.Page))
}
