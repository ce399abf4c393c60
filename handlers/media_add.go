package handlers

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/audio"
	"github.com/plusofon-dashboard/dashboard/internal/spool"
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
	info, err := audio.Detect(form.File, form.File.Size(), form.FileName)
	if err != nil {
		return fmt.Errorf("recognising the upload: %w", err)
	}
	content, size, err := fitForPlusofon(form.File, &info)
	if err != nil {
		return fmt.Errorf("giving the upload a header: %w", err)
	}
	target := fmt.Sprintf("upload %x %s", form.File.Hash(), name)
	key := uploadKey(c)
	if key != "" {
		target = "upload " + key
	}
	if file, again := s.uploads.find(key); again {
		return s.sendAdded(c, uploaded, "uploaded", file) // its answer got lost
	}
	same := func(ctx context.Context, client *plusofon.Client, id plusofon.MediaID) error {
		return compareStored(ctx, client, id, io.NewSectionReader(content, 0, size), size)
	}
	file, err := s.addOnce(c, target, name, same, func(ctx context.Context, client *plusofon.Client) error {
		return client.UploadMedia(ctx, plusofon.Upload{
			Name:    name,
			Format:  plusofon.Format(info.Format),
			Content: io.NewSectionReader(content, 0, size),
			Size:    size,
		})
	})
	if err != nil {
		return fmt.Errorf("uploading a file: %w", err)
	}
	s.uploads.keep(key, file)
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

// fitForPlusofon is the file as it goes up: as it is, or, where it has no header
// that says how it is coded, as a WAV.
func fitForPlusofon(file *spool.Spool, info *audio.Info) (content io.ReaderAt, size int64, err error) {
	if !info.NeedsHeader() {
		return file, file.Size(), nil
	}
	wav, err := audio.NewPreview(file, *info)
	if err != nil {
		return nil, 0, err
	}
	info.Format = audio.WAV
	return wav, wav.Size(), nil
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
	file, err := s.addOnce(c, "add "+standardID+" "+name, name, nil, func(ctx context.Context, client *plusofon.Client) error {
		return client.AddStandardMedia(ctx, name, standardID)
	})
	if err != nil {
		return fmt.Errorf("adding a standard recording: %w", err)
	}
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

// added is a new file.
type added struct {
	newest
	LookedUp bool // for Plusofon did not confirm it
}

// comparison says whether a file of Plusofon's is the one that was sent.
type comparison func(ctx context.Context, client *plusofon.Client, id plusofon.MediaID) error

// errAnotherFile is a file of the same name that somebody else has added.
var errAnotherFile = errors.New("the newest file of this name is another one")

// compareStored compares a file of Plusofon's with what was sent.
func compareStored(ctx context.Context, source fileSource, id plusofon.MediaID, sent io.Reader, size int64) error {
	file, err := source.OpenFile(ctx, id, nil)
	if err != nil {
		return fmt.Errorf("comparing media file %s with what was sent: %w", id, err)
	}
	defer file.Body.Close()
	stored, read := bufio.NewReader(file.Body), bufio.NewReader(sent)
	for range size {
		a, err := stored.ReadByte()
		if err != nil {
			return fmt.Errorf("%w: %w", errAnotherFile, err)
		}
		b, err := read.ReadByte()
		if err != nil {
			return fmt.Errorf("reading what was sent: %w", err)
		}
		if a != b {
			return errAnotherFile
		}
	}
	if _, err := stored.ReadByte(); !errors.Is(err, io.EOF) {
		return errAnotherFile
	}
	return nil
}

// addOnce sends a new file once and finds it in the list. Of an account, one file
// of a name is added at a time: Plusofon does not say which number it gives, and
// two that are added at once could not be told apart.
func (s *server) addOnce(c echo.Context, target, name string, same comparison, send func(context.Context, *plusofon.Client) error) (added, error) {
	client, account := s.client(c), sessionOf(c).Account
	return once(s, c, target, func(ctx context.Context) (added, error) {
		release, err := s.names.acquire(ctx, account+" "+name)
		if err != nil {
			return added{}, fmt.Errorf("waiting for another file of this name: %w", err)
		}
		defer release()
		return s.addAndFind(ctx, client, name, same, func() error { return send(ctx, client) })
	})
}

// addAndFind reads the list before it adds the file too: without knowing which
// files of this name there were, an upload that Plusofon did not confirm could
// not be told from an older one.
func (s *server) addAndFind(ctx context.Context, client *plusofon.Client, name string, same comparison, send func() error) (added, error) {
	before, err := findNewest(ctx, client, name)
	if err != nil {
		return added{}, fmt.Errorf("reading the list beforehand: %w", err)
	}
	var after added
	look := func(ctx lookupContext) (bool, error) {
		after.newest, err = findNewest(ctx, client, name)
		return err == nil && later(after.ID, before.ID), err
	}
	sent := send()
	if errors.Is(sent, plusofon.ErrOutcomeUnknown) {
		after.LookedUp, err = confirm(ctx, sent, func(ctx lookupContext) (bool, error) {
			found, err := look(ctx)
			if found && err == nil && same != nil {
				err = same(ctx, client, after.ID) // or the file of somebody else would pass for it
			}
			return found, err
		})
		return after, err
	}
	if sent != nil {
		return added{}, sent
	}
	if found, err := look(ctx); err != nil || !found {
		// It is there, Plusofon said so; only its number is not known.
		s.Log.WarnContext(ctx, "a new file is not in the list yet", "name", name, "error", err)
		return added{newest: newest{Media: plusofon.Media{Name: name}}}, nil
	}
	return after, nil
}

// sendAdded answers with the new row, or goes to the page on which it is.
func (s *server) sendAdded(c echo.Context, told done, event string, file added) error {
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
