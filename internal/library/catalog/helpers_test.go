package catalog_test

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/internal/library/catalog"
	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// upstream is a list, in the order in which the API gives it.
type upstream struct {
	latency time.Duration
	// answer, if not nil, changes what a request gets; calls counts from 1.
	answer func(calls, number int, page *plusofon.MediaPage) error

	mu                  sync.Mutex
	files               []plusofon.Media
	calls               int
	running, mostAtOnce int
}

func (u *upstream) ListMedia(ctx context.Context, number int) (*plusofon.MediaPage, error) {
	u.mu.Lock()
	u.calls++
	call := u.calls
	u.running++
	u.mostAtOnce = max(u.mostAtOnce, u.running)
	page := u.page(number)
	u.mu.Unlock()
	defer func() {
		u.mu.Lock()
		u.running--
		u.mu.Unlock()
	}()
	if u.latency > 0 {
		select {
		case <-time.After(u.latency):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	if u.answer != nil {
		if err := u.answer(call, number, page); err != nil {
			return nil, err
		}
	}
	return page, ctx.Err()
}

func (u *upstream) page(number int) *plusofon.MediaPage {
	const perPage = 15
	total := len(u.files)
	from, to := min((number-1)*perPage, total), min(number*perPage, total)
	return &plusofon.MediaPage{
		CurrentPage: number, LastPage: max((total+perPage-1)/perPage, 1), PerPage: perPage, Total: total,
		Media: append([]plusofon.Media(nil), u.files[from:to]...),
	}
}

func (u *upstream) set(files []plusofon.Media) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.files = files
}

// asked tells how many requests there were.
func (u *upstream) asked() int {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.calls
}

// named makes files with ids from 1.
func named(names ...string) []plusofon.Media {
	files := make([]plusofon.Media, len(names))
	for i, name := range names {
		files[i] = plusofon.Media{ID: plusofon.MediaID(strconv.Itoa(i + 1)), Name: name}
	}
	return files
}

// numbered makes n files, "File 1" and so on.
func numbered(n int) []plusofon.Media {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprint("File ", i+1)
	}
	return named(names...)
}

func find(t testing.TB, c *catalog.Catalog, from catalog.Lister, query catalog.Query) *catalog.Result {
	t.Helper()
	result, err := c.Find(t.Context(), "account", from, query)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func namesOf(result *catalog.Result) []string {
	names := []string{}
	for _, file := range result.Files {
		names = append(names, file.Name)
	}
	return names
}
