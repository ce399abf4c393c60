package catalog_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/plusofon-dashboard/dashboard/internal/library/catalog"
	"github.com/plusofon-dashboard/dashboard/plusofon"
)

func TestReadsEightPagesAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		from := &upstream{files: numbered(10_000), latency: 20 * time.Millisecond}
		start := time.Now()
		all, err := catalog.New(catalog.Config{}).FindAll(t.Context(), "account", from, catalog.Query{})
		if err != nil || !slices.Equal(all, numbered(10_000)) {
			t.Fatalf("got %d files, %v", len(all), err)
		}
		if from.mostAtOnce != 8 || from.calls != 667 {
			t.Errorf("%d requests, %d at once", from.calls, from.mostAtOnce)
		}
		// The first page, and the other 666 by eight.
		if took, want := time.Since(start), (1+84)*20*time.Millisecond; took != want {
			t.Errorf("took %v, want %v", took, want)
		}
	})
}

func TestEmptyList(t *testing.T) {
	t.Parallel()
	got := find(t, catalog.New(catalog.Config{}), &upstream{}, catalog.Query{Text: "a", Sort: catalog.ByName})
	if got.Page != 1 || got.LastPage != 1 || got.Total != 0 || got.All != 0 || len(got.Files) != 0 {
		t.Errorf("got %+v", got)
	}
}

func TestFailedPageFailsAll(t *testing.T) {
	t.Parallel()
	for _, failing := range []int{1, 2, 7} {
		from := &upstream{files: numbered(100)}
		from.answer = func(calls, number int, _ *plusofon.MediaPage) error {
			if number == failing && calls <= 7 {
				return plusofon.ErrUnavailable
			}
			return nil
		}
		c := catalog.New(catalog.Config{Parallel: 1})
		result, err := c.Find(t.Context(), "account", from, catalog.Query{})
		if !errors.Is(err, plusofon.ErrUnavailable) || result != nil {
			t.Errorf("page %d: got %v, %v", failing, result, err)
		}
		if from.calls != failing {
			t.Errorf("page %d: %d requests", failing, from.calls)
		}
		from.answer = nil
		if got := find(t, c, from, catalog.Query{}); got.All != 100 {
			t.Errorf("page %d: then %d files", failing, got.All)
		}
	}
}

func TestListThatChangesIsReadAgain(t *testing.T) {
	t.Parallel()
	before := numbered(40)
	for name, after := range map[string][]plusofon.Media{
		"deleted":           before[1:],
		"many deleted":      before[20:],
		"all deleted":       nil,
		"added":             numbered(41),
		"added with a page": numbered(60),
		"added in front":    append([]plusofon.Media{{ID: "99", Name: "new"}}, before[:39]...),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			from := &upstream{files: before}
			from.answer = func(calls, _ int, _ *plusofon.MediaPage) error {
				if calls == 1 {
					from.set(after)
				}
				return nil
			}
			all, err := catalog.New(catalog.Config{Parallel: 1}).FindAll(t.Context(), "account", from, catalog.Query{})
			if err != nil || len(all) != len(after) {
				t.Fatalf("got %d files, want %d; %v", len(all), len(after), err)
			}
			for _, media := range after {
				if !slices.Contains(all, media) {
					t.Errorf("%v is missing", media)
				}
			}
		})
	}
}

// A file goes while page 1 is read, so that the first of page 2 is missed, and
// another comes before the last page: there are as many as page 1 said.
func TestChangesThatMakeUpForEachOther(t *testing.T) {
	t.Parallel()
	from := &upstream{files: numbered(40)}
	shorter := numbered(40)[1:]
	want := append(slices.Clone(shorter), plusofon.Media{ID: "41", Name: "new"})
	from.answer = func(calls, _ int, _ *plusofon.MediaPage) error {
		switch calls {
		case 1:
			from.set(shorter)
		case 2:
			from.set(want)
		}
		return nil
	}
	all, err := catalog.New(catalog.Config{Parallel: 1}).FindAll(t.Context(), "account", from, catalog.Query{})
	if err != nil || !slices.Equal(all, want) {
		t.Errorf("got %v, %v", all, err)
	}
}

func TestListThatGoesOnChanging(t *testing.T) {
	t.Parallel()
	from := &upstream{files: numbered(100)}
	from.answer = func(calls, _ int, _ *plusofon.MediaPage) error {
		from.set(numbered(100 - calls))
		return nil
	}
	result, err := catalog.New(catalog.Config{}).Find(t.Context(), "account", from, catalog.Query{})
	if !errors.Is(err, catalog.ErrChanged) || result != nil {
		t.Errorf("got %v, %v", result, err)
	}
}

func TestIDsThatAreNone(t *testing.T) {
	t.Parallel()
	files := append(numbered(20), plusofon.Media{Name: "a"}, plusofon.Media{Name: "b"}, plusofon.Media{ID: "x", Name: "c"})
	got := find(t, catalog.New(catalog.Config{}), &upstream{files: files}, catalog.Query{})
	if got.All != 23 {
		t.Errorf("got %d files", got.All)
	}
}

func TestListsThatAreNone(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]func(calls, number int, page *plusofon.MediaPage) error{
		"another page": func(_, number int, page *plusofon.MediaPage) error {
			page.CurrentPage = 1
			return nil
		},
		"endless": func(_, _ int, page *plusofon.MediaPage) error {
			page.LastPage = 1 << 40
			return nil
		},
		"huge": func(_, number int, page *plusofon.MediaPage) error {
			page.Media[0].Name = strings.Repeat("x", 33<<20)
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			from := &upstream{files: numbered(60), answer: answer}
			_, err := catalog.New(catalog.Config{}).Find(t.Context(), "account", from, catalog.Query{})
			if !errors.Is(err, plusofon.ErrUnexpectedAnswer) {
				t.Errorf("got %v", err)
			}
			if from.asked() > 4 {
				t.Errorf("%d requests", from.asked())
			}
		})
	}
}
