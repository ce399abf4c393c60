package library

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/plusofon-dashboard/dashboard/audio"
	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// Upload is a file that a user adds.
type Upload struct {
	Name     string // under which it is shown
	FileName string // under which its user has it; the ending tells what a file without a header is
	Content  Content
	Key      string // by which a second try is known, empty for none
}

// Content is a file that is there as a whole.
type Content interface {
	io.ReaderAt
	Size() int64
	Hash() uint64
}

// Added is a new file. Where it is not in the list yet it has no ID, and Unlisted says
// why, if the list could not be read.
type Added struct {
	newest
	LookedUp bool // for Plusofon did not confirm it
	Unlisted error
}

// Upload adds a file, once: a second try by the same key gets the outcome of the
// first. It is a RefusedError where Plusofon would not take the file, which then is
// not sent.
func (a *Account) Upload(ctx context.Context, upload Upload) (Added, error) {
	info, err := audio.Detect(upload.Content, upload.Content.Size(), upload.FileName)
	if err != nil {
		return Added{}, fmt.Errorf("recognising the upload: %w", err)
	}
	content, err := fitForPlusofon(upload.Content, &info)
	if err != nil {
		return Added{}, fmt.Errorf("giving the upload a header: %w", err)
	}
	target, key := fmt.Sprintf("upload %x %s", upload.Content.Hash(), upload.Name), a.uploadKey(upload.Key)
	if key != "" {
		target = "upload " + key
	}
	if file, again := a.library.uploads.find(key); again {
		return file, nil // its answer got lost
	}
	file, err := a.add(ctx, target, newFile{client: a.client, name: upload.Name, format: info.Format, content: content})
	if err != nil {
		return Added{}, fmt.Errorf("uploading a file: %w", err)
	}
	a.library.uploads.keep(key, file)
	return file, nil
}

// AddPreset adds one of the vendor's recordings under a name.
func (a *Account) AddPreset(ctx context.Context, name, presetID string) (Added, error) {
	file, err := a.add(ctx, "add "+presetID+" "+name, newFile{client: a.client, name: name, preset: presetID})
	if err != nil {
		return Added{}, fmt.Errorf("adding a standard recording: %w", err)
	}
	return file, nil
}

// sized is what goes up.
type sized interface {
	io.ReaderAt
	Size() int64
}

// fitForPlusofon is the file as it goes up: as it is, or, where it has no header that
// says how it is coded, as a WAV.
func fitForPlusofon(file sized, info *audio.Info) (sized, error) {
	if !info.NeedsHeader() {
		return file, nil
	}
	wav, err := audio.NewPreview(file, *info)
	if err != nil {
		return nil, err
	}
	info.Format = audio.WAV
	return wav, nil
}

// newFile is a file on its way up: a content or a preset.
type newFile struct {
	client  *plusofon.Client
	name    string
	preset  string
	format  audio.Format
	content sized
}

func (f newFile) send(ctx context.Context) error {
	if f.preset != "" {
		return f.client.AddStandardMedia(ctx, f.name, f.preset)
	}
	return f.client.UploadMedia(ctx, plusofon.Upload{
		Name: f.name, Format: plusofon.Format(f.format), Content: f.reader(), Size: f.content.Size(),
	})
}

func (f newFile) reader() io.Reader { return io.NewSectionReader(f.content, 0, f.content.Size()) }

// add sends a new file once and finds it in the list. Of an account, one file of a
// name is added at a time: Plusofon does not say which number it gives, and two that
// are added at once could not be told apart.
func (a *Account) add(ctx context.Context, target string, file newFile) (Added, error) {
	return coalesce(ctx, a, target, func(ctx context.Context) (Added, error) {
		release, err := a.library.names.acquire(ctx, a.id+" "+file.name)
		if err != nil {
			return Added{}, fmt.Errorf("waiting for another file of this name: %w", err)
		}
		defer release()
		return file.sendAndFind(ctx)
	})
}

// sendAndFind reads the list before it sends the file, too: without knowing which
// files of this name there were, an upload that Plusofon did not confirm could not be
// told from an older one.
func (f newFile) sendAndFind(ctx context.Context) (Added, error) {
	before, err := findNewest(ctx, f.client, f.name)
	if err != nil {
		return Added{}, fmt.Errorf("reading the list beforehand: %w", err)
	}
	var after Added
	sent := f.send(ctx)
	if errors.Is(sent, plusofon.ErrOutcomeUnknown) {
		after.LookedUp, err = resolveOutcome(ctx, sent, func(ctx context.Context) (found bool, err error) {
			after.newest, found, err = f.find(ctx, before)
			if found && err == nil && f.content != nil {
				err = compareStored(ctx, f.client, after.ID, f) // or the file of somebody else would pass for it
			}
			return found, err
		})
		return after, err
	}
	if sent != nil {
		return Added{}, sent
	}
	found := false
	if after.newest, found, err = f.find(ctx, before); err != nil || !found {
		// It is there, Plusofon said so; only its number is not known.
		return Added{newest: newest{Media: plusofon.Media{Name: f.name}}, Unlisted: err}, nil
	}
	return after, nil
}

// find looks for a file of this name that is newer than the one there was.
func (f newFile) find(ctx context.Context, before newest) (file newest, found bool, err error) {
	file, err = findNewest(ctx, f.client, f.name)
	return file, err == nil && later(file.ID, before.ID), err
}
