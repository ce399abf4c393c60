package handlers

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/internal/library"
	"github.com/plusofon-dashboard/dashboard/views"
	"github.com/plusofon-dashboard/dashboard/views/locale"
)

func (s *server) showMedia(c echo.Context) error {
	id, err := mediaID(c)
	if err != nil {
		return err
	}
	ctx, account := c.Request().Context(), s.account(c)
	media, err := account.Get(ctx, id)
	if err != nil {
		return err
	}
	wanted := c.QueryParams() // a button of the list sends its name when there are no scripts
	show := views.MediaShow{
		Row: mediaRow(*media), Playable: true, Older: s.olderVersion(c, media), Accept: acceptedEndings, BackURL: listOfReferer(c),
		Rename: wanted.Has("rename"), Delete: wanted.Has("delete"),
	}
	file, err := account.Describe(ctx, id)
	refused, isRefused := errors.AsType[*library.RefusedError](err)
	switch {
	case isRefused:
		show.Refusal, show.Playable = refusal(ctx, refused), false
	case err != nil:
		s.Log.WarnContext(ctx, "the facts of a file cannot be read", "id", requestIDOf(c), "media", string(id), "error", err)
	default:
		show.Facts, show.Playable = factsOf(ctx, file), file.Playable()
	}
	page := s.newPage(c, "media.title", defaultPath)
	page.Title = media.Name
	content := views.MediaShowPage(show)
	return s.render(c, http.StatusOK, page, content, content)
}

// listOfReferer is the page of the list, or of a search, from which a file's page was
// opened: browsers say so to the pages of one site.
func listOfReferer(c echo.Context) string {
	from, err := url.Parse(c.Request().Referer())
	if err != nil || from.Path != defaultPath {
		return defaultPath
	}
	return localPath(from.RequestURI())
}

// codecName is the name of a codec. Only that of one that is not known has words.
func codecName(ctx context.Context, codec string) string {
	if name, unknown := strings.CutPrefix(codec, "unknown ("); unknown {
		return locale.T(ctx, "file.codec_unknown", "name", strings.TrimSuffix(name, ")"))
	}
	return codec
}

// factsOf puts what is known of a file into words.
func factsOf(ctx context.Context, file *library.Description) []views.Fact {
	facts := []views.Fact{
		{Name: locale.T(ctx, "file.format"), Value: strings.ToUpper(string(file.Format))},
		{Name: locale.T(ctx, "file.codec"), Value: codecName(ctx, file.Codec.String())},
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
	add("file.size", locale.Bytes(ctx, file.Size))
	return facts
}

// clock writes a length as minutes and seconds, as the player does; what is
// shorter than a second is not shown as none.
func clock(length time.Duration) string {
	whole := max(int(length/time.Second), 1)
	return fmt.Sprintf("%d:%02d", whole/60, whole%60)
}
