package handlers

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/internal/transfer"
	"github.com/plusofon-dashboard/dashboard/plusofon"
	"github.com/plusofon-dashboard/dashboard/views/locale"
)

// mediaArchive answers GET and POST /media/archive: many files as one ZIP,
// which is made as it is sent.
func (s *server) mediaArchive(c echo.Context) error {
	wanted, err := s.readChoice(c)
	if err != nil {
		return err
	}
	files, err := s.chosenFiles(c, wanted)
	if err != nil {
		return err
	}
	defer s.Metrics.Transfer("download")()
	a := &archive{server: s, c: c, client: s.client(c), taken: map[string]bool{}}
	return a.send(files)
}

// archive is a ZIP on its way to a browser. Nothing of it is sent before the
// first file is there: until then a failure can be a page.
type archive struct {
	server *server
	c      echo.Context
	client *plusofon.Client
	zip    *zip.Writer
	taken  map[string]bool // names, in lower case: Windows knows no other
	failed []string        // lines of the report
}

func (a *archive) send(files []plusofon.Media) error {
	ctx := a.c.Request().Context()
	var first error
	for _, media := range files {
		err := a.add(media)
		if ctx.Err() != nil {
			return a.breakOff(ctx.Err())
		}
		if _, ours := errors.AsType[*archiveError](err); ours {
			return a.breakOff(err)
		}
		if err != nil {
			a.server.Log.WarnContext(ctx, "a file does not get into the archive", "id", requestIDOf(a.c), "media", string(media.ID), "error", err)
		}
		if first == nil {
			first = err
		}
	}
	if a.zip == nil && first != nil {
		return fmt.Errorf("archiving %d files: %w", len(files), first)
	}
	a.begin()
	if err := a.finish(); err != nil {
		return a.breakOff(err)
	}
	return nil
}

// archiveError is a failure of the archive as a whole, as against one file.
type archiveError struct{ err error }

func (e *archiveError) Error() string { return "writing the archive: " + e.err.Error() }
func (e *archiveError) Unwrap() error { return e.err }

// add puts one file into the archive, or a line into the report.
func (a *archive) add(media plusofon.Media) error {
	ctx := a.c.Request().Context()
	if media.Name == "" {
		known, err := a.client.GetMedia(ctx, media.ID)
		if err != nil {
			a.report(media, "archive.line", err)
			return err
		}
		media.Name = known.Name
	}
	file, err := a.server.openWhole(ctx, a.client, media.ID)
	if err != nil {
		a.report(media, "archive.line", err)
		return err
	}
	defer file.Close()
	a.begin()
	w, err := a.entry(file.name(media))
	if err != nil {
		return err
	}
	_, err = file.WriteRange(archiveWriter{w}, 0, file.facts.size)
	if err != nil {
		a.report(media, "archive.line_cut_off", err)
	}
	return err
}

// archiveWriter marks the failures of the archive.
type archiveWriter struct{ w io.Writer }

func (w archiveWriter) Write(p []byte) (int, error) {
	n, err := w.w.Write(p)
	if err != nil {
		err = &archiveError{err}
	}
	return n, err
}

// begin sends the headers and starts the archive, once.
func (a *archive) begin() {
	if a.zip != nil {
		return
	}
	h := a.c.Response().Header()
	name := locale.T(a.c.Request().Context(), "archive.name", "date", time.Now().Format(time.DateOnly))
	h.Set("Content-Disposition", transfer.Attachment(name+".zip"))
	h.Set("Content-Type", "application/zip")
	a.c.Response().WriteHeader(http.StatusOK)
	a.zip = zip.NewWriter(a.c.Response())
}

// entry starts an entry under a name that no other has. Sound is stored as it
// is: compressing it takes time and gains little.
func (a *archive) entry(name string) (io.Writer, error) {
	w, err := a.zip.CreateHeader(&zip.FileHeader{Name: a.unique(name), Method: zip.Store, Modified: time.Now()})
	if err != nil {
		return nil, &archiveError{err}
	}
	return w, nil
}

func (a *archive) unique(name string) string {
	ending := path.Ext(name)
	base, candidate := strings.TrimSuffix(name, ending), name
	for n := 2; a.taken[strings.ToLower(candidate)]; n++ {
		candidate = base + " (" + strconv.Itoa(n) + ")" + ending
	}
	a.taken[strings.ToLower(candidate)] = true
	return candidate
}

// report notes why a file is not in the archive, or not as a whole.
func (a *archive) report(media plusofon.Media, key string, err error) {
	a.server.logInsecure(a.c, err)
	name := transfer.PlainName(media.Name)
	a.failed = append(a.failed, locale.T(a.c.Request().Context(), key,
		"name", name, "id", string(media.ID), "reason", a.server.reason(a.c, err)))
}

// finish adds the report, if there is one, and the end of the archive.
func (a *archive) finish() error {
	if len(a.failed) > 0 {
		ctx := a.c.Request().Context()
		w, err := a.entry(locale.T(ctx, "archive.report_name") + ".txt")
		if err != nil {
			return err
		}
		lines := append([]string{locale.T(ctx, "archive.report"), ""}, a.failed...)
		// The line ends are for the editor of Windows.
		if _, err := io.WriteString(w, strings.Join(lines, "\r\n")+"\r\n"); err != nil {
			return &archiveError{err}
		}
	}
	if err := a.zip.Close(); err != nil {
		return &archiveError{err}
	}
	return nil
}

// breakOff ends the transfer so that the archive does not look whole.
func (a *archive) breakOff(err error) error {
	if a.zip == nil {
		return err
	}
	return fmt.Errorf("%w: %w", transfer.ErrBrokenOff, err)
}
