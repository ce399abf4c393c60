package handlers

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/audio"
	"github.com/plusofon-dashboard/dashboard/plusofon"
	"github.com/plusofon-dashboard/dashboard/views"
	"github.com/plusofon-dashboard/dashboard/views/locale"
)

// factsTime is how long the page of a file waits for its facts. Without them
// it is still of use.
const factsTime = 8 * time.Second

func (s *server) showMedia(c echo.Context) error {
	id, err := mediaID(c)
	if err != nil {
		return err
	}
	ctx, client := c.Request().Context(), s.client(c)
	media, err := client.GetMedia(ctx, id)
	if err != nil {
		return fmt.Errorf("looking at media file %s: %w", id, err)
	}
	wanted := c.QueryParams() // a button of the list sends its name when there are no scripts
	show := views.MediaShow{
		Row: mediaRow(*media), Playable: true, Older: s.olderVersion(c, media), Accept: acceptedEndings,
		Rename: wanted.Has("rename"), Delete: wanted.Has("delete"),
	}
	file, err := s.readFacts(ctx, client, id)
	if err != nil {
		s.Log.WarnContext(ctx, "the facts of a file cannot be read", "id", requestIDOf(c), "media", string(id), "error", err)
	} else {
		show.Facts, show.Playable = factsOf(ctx, file), file.Playable()
	}
	page := s.newPage(c, "media.title", defaultPath)
	page.Title = media.Name
	content := views.MediaShowPage(show)
	return s.render(c, http.StatusOK, page, content, content)
}

// soundFile is a file with what was read from its content.
type soundFile struct {
	audio.Info
	size int64
}

// readFacts reads what the API does not know from the file itself, and no
// more of it than needed.
func (s *server) readFacts(ctx context.Context, source fileSource, id plusofon.MediaID) (*soundFile, error) {
	ctx, cancel := context.WithTimeout(ctx, factsTime)
	defer cancel()
	file, err := s.openWhole(ctx, source, id)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	content, err := s.spools.NewLazy(file.source, file.facts.size)
	if err != nil {
		return nil, err
	}
	defer content.Close()
	info, err := audio.DetectStored(content, content.Size())
	if err != nil {
		return nil, err
	}
	return &soundFile{Info: info, size: content.Size()}, nil
}

// factsOf puts what is known of a file into words.
func factsOf(ctx context.Context, file *soundFile) []views.Fact {
	facts := []views.Fact{
		{Name: locale.T(ctx, "file.format"), Value: strings.ToUpper(string(file.Format))},
		{Name: locale.T(ctx, "file.codec"), Value: file.Codec.String()},
	}
	add := func(key, value string) {
		facts = append(facts, views.Fact{Name: locale.T(ctx, key), Value: value})
	}
	if file.Duration > 0 {
		add("file.duration", clock(file.Duration))
	}
	if file.SampleRate > 0 {
		add("file.sample_rate", locale.T(ctx, "file.hertz", "n", locale.Number(ctx, file.SampleRate)))
	}
	switch {
	case file.Channels == 1:
		add("file.channels", locale.T(ctx, "file.mono"))
	case file.Channels == 2:
		add("file.channels", locale.T(ctx, "file.stereo"))
	case file.Channels > 2:
		add("file.channels", locale.Number(ctx, file.Channels))
	}
	if file.BitsPerSample > 0 {
		add("file.bits", locale.T(ctx, "file.bits_value", "n", locale.Number(ctx, file.BitsPerSample)))
	}
	add("file.size", locale.Bytes(ctx, file.size))
	return facts
}

// clock writes a length as minutes and seconds, as the player does; what is
// shorter than a second is not shown as none.
func clock(length time.Duration) string {
	whole := max(int(length/time.Second), 1)
	return fmt.Sprintf("%d:%02d", whole/60, whole%60)
}
