package library

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// Archive is many files as one ZIP, which is made as it is sent.
type Archive struct {
	// FileName is the name of a file in the archive, by that of the media file and the
	// ending of its format.
	FileName func(media plusofon.Media, extension string) string
	// Report is a text file about those that are not in the archive, or not as a whole:
	// its name and its lines.
	Report func(missing []Unarchived) (name string, lines []string)
}

// Unarchived is a file that is not in an archive, and why.
type Unarchived struct {
	plusofon.Media
	Err    error
	CutOff bool // it is there, but its end is missing
}

// ArchiveError is a failure of an archive as a whole, as against one file. What was
// written until then is no archive.
type ArchiveError struct{ err error }

func (e *ArchiveError) Error() string { return "writing the archive: " + e.err.Error() }

// Unwrap gives the cause.
func (e *ArchiveError) Unwrap() error { return e.err }

// WriteArchive writes files into an archive. Nothing is written before the first file
// is there; where none is, the error is that of the first. What kept the others out is
// given back, too.
func (a *Account) WriteArchive(ctx context.Context, w io.Writer, archive Archive, files []plusofon.Media) ([]Unarchived, error) {
	o := &openArchive{Archive: archive, zip: zip.NewWriter(w), taken: map[string]bool{}}
	for _, media := range files {
		err := a.addToArchive(ctx, o, media)
		if ctx.Err() != nil {
			return o.missing, &ArchiveError{ctx.Err()}
		}
		if _, whole := errors.AsType[*ArchiveError](err); whole {
			return o.missing, err
		}
	}
	if len(o.taken) == 0 && len(o.missing) > 0 {
		return o.missing, fmt.Errorf("archiving %d files: %w", len(files), o.missing[0].Err)
	}
	return o.missing, o.finish()
}

// addToArchive adds one file, or notes why it is missing.
func (a *Account) addToArchive(ctx context.Context, o *openArchive, media plusofon.Media) error {
	if media.Name == "" {
		known, err := a.client.GetMedia(ctx, media.ID)
		if err != nil {
			return o.miss(media, err, false)
		}
		media.Name = known.Name
	}
	file, err := a.openWhole(ctx, media.ID)
	if err != nil {
		return o.miss(media, err, false)
	}
	defer file.Close()
	w, err := o.entry(o.FileName(media, file.Extension()))
	if err != nil {
		return err
	}
	if _, err := file.WriteRange(archiveWriter{w}, 0, file.Size); err != nil {
		return o.miss(media, err, true)
	}
	return nil
}

// openArchive is an archive that is being written.
type openArchive struct {
	Archive
	zip     *zip.Writer
	taken   map[string]bool // names, in lower case: Windows knows no other
	missing []Unarchived
}

func (o *openArchive) miss(media plusofon.Media, err error, cutOff bool) error {
	o.missing = append(o.missing, Unarchived{Media: media, Err: err, CutOff: cutOff})
	return err
}

// entry starts an entry under a name that no other has. Sound is stored as it is:
// compressing it takes time and gains little.
func (o *openArchive) entry(name string) (io.Writer, error) {
	w, err := o.zip.CreateHeader(&zip.FileHeader{Name: o.unique(name), Method: zip.Store, Modified: time.Now()})
	if err != nil {
		return nil, &ArchiveError{err}
	}
	return w, nil
}

func (o *openArchive) unique(name string) string {
	ending := path.Ext(name)
	base, candidate := strings.TrimSuffix(name, ending), name
	for n := 2; o.taken[strings.ToLower(candidate)]; n++ {
		candidate = base + " (" + strconv.Itoa(n) + ")" + ending
	}
	o.taken[strings.ToLower(candidate)] = true
	return candidate
}

// finish adds the report, if there is one, and the end of the archive.
func (o *openArchive) finish() error {
	if len(o.missing) > 0 {
		name, lines := o.Report(o.missing)
		w, err := o.entry(name)
		if err != nil {
			return err
		}
		// The line ends are for the editor of Windows.
		if _, err := io.WriteString(w, strings.Join(lines, "\r\n")+"\r\n"); err != nil {
			return &ArchiveError{err}
		}
	}
	if err := o.zip.Close(); err != nil {
		return &ArchiveError{err}
	}
	return nil
}

// archiveWriter marks the failures of the archive.
type archiveWriter struct{ w io.Writer }

func (w archiveWriter) Write(p []byte) (int, error) {
	n, err := w.w.Write(p)
	if err != nil {
		err = &ArchiveError{err}
	}
	return n, err
}
