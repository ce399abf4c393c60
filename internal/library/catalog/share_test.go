package catalog_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/plusofon-dashboard/dashboard/internal/library/catalog"
	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// ask searches in the background; the function returned waits for the answer.
func ask(ctx context.Context, c *catalog.Catalog, from catalog.Lister) func() (*catalog.Result, error) {
	type answer struct {
		result *catalog.Result
		err    error
	}
	answers := make(chan answer, 1)
	go func() {
		result, err := c.Find(ctx, "account", from, catalog.Query{})
		answers <- answer{result, err}
	}()
	return func() (*catalog.Result, error) {
		a := <-answers
		return a.result, a.err
	}
}

func TestConcurrentRequestsShareOneReading(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		from := &upstream{files: numbered(40), latency: time.Second}
		c := catalog.New(catalog.Config{})
		var users sync.WaitGroup
		for i := range 20 {
			users.Go(func() {
				time.Sleep(time.Duration(i) * 50 * time.Millisecond)
				if got := find(t, c, from, catalog.Query{}); got.All != 40 {
					t.Errorf("got %d files", got.All)
				}
			})
		}
		users.Wait()
		if from.calls != 3 {
			t.Errorf("%d requests", from.calls)
		}
	})
}

func TestLeavingDoesNotDisturbOthers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		from := &upstream{files: numbered(40), latency: time.Second}
		c := catalog.New(catalog.Config{})
		left := errors.New("left")
		ctx, leave := context.WithCancelCause(t.Context())
		first := ask(ctx, c, from)
		synctest.Wait()
		second := ask(t.Context(), c, from)
		time.Sleep(time.Second / 2)
		leave(left)
		if _, err := first(); !errors.Is(err, left) {
			t.Errorf("who left got %v", err)
		}
		if got, err := second(); err != nil || got.All != 40 || from.calls != 3 {
			t.Errorf("who stayed got %v, %v after %d requests", got, err, from.calls)
		}
	})
}

func TestReadingEndsWhenAllHaveLeft(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		from := &upstream{files: numbered(1000), latency: time.Second}
		c := catalog.New(catalog.Config{})
		ctx, leave := context.WithCancel(t.Context())
		first, second := ask(ctx, c, from), ask(ctx, c, from)
		time.Sleep(1500 * time.Millisecond)
		leave()
		for _, answer := range []func() (*catalog.Result, error){first, second} {
			if _, err := answer(); !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
		}
		synctest.Wait()
		if _, _, loading := c.Progress("account"); loading || from.running != 0 || from.calls != 1+8 {
			t.Errorf("loading: %v, %d requests, %d still running", loading, from.calls, from.running)
		}
		if got := find(t, c, from, catalog.Query{}); got.All != 1000 {
			t.Errorf("who came later got %d files", got.All)
		}
	})
}

func TestTimeLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		from := &upstream{files: numbered(1000), latency: time.Second}
		c := catalog.New(catalog.Config{TimeLimit: 5 * time.Second})
		start := time.Now()
		_, err := c.Find(t.Context(), "account", from, catalog.Query{})
		if !errors.Is(err, plusofon.ErrTimeout) || time.Since(start) != 5*time.Second {
			t.Errorf("got %v after %v", err, time.Since(start))
		}
	})
}

func TestListIsKeptForAMinute(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		from := &upstream{files: numbered(20)}
		c := catalog.New(catalog.Config{})
		for _, step := range []struct{ wait, want int }{{0, 20}, {59, 20}, {2, 21}, {59, 21}, {2, 22}} {
			time.Sleep(time.Duration(step.wait) * time.Second)
			if got := find(t, c, from, catalog.Query{}); got.All != step.want {
				t.Errorf("after %d s more: %d files, want %d", step.wait, got.All, step.want)
			}
			from.set(numbered(step.want + 1))
		}
	})
}

func TestForget(t *testing.T) {
	t.Parallel()
	from := &upstream{files: numbered(20)}
	c := catalog.New(catalog.Config{})
	find(t, c, from, catalog.Query{})
	from.set(numbered(21))
	c.Forget("another account")
	if got := find(t, c, from, catalog.Query{}); got.All != 20 {
		t.Errorf("forgotten for another account: %d files", got.All)
	}
	c.Forget("account")
	if got := find(t, c, from, catalog.Query{}); got.All != 21 {
		t.Errorf("got %d files", got.All)
	}
}

func TestForgetWhileReading(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		from := &upstream{files: numbered(10), latency: time.Second}
		c := catalog.New(catalog.Config{})
		before := ask(t.Context(), c, from)
		time.Sleep(time.Second / 2)
		from.set(numbered(11))
		c.Forget("account")
		after := ask(t.Context(), c, from)
		if got, err := before(); err != nil || got.All != 10 {
			t.Errorf("who asked before got %v, %v", got, err)
		}
		if got, err := after(); err != nil || got.All != 11 {
			t.Errorf("who asked after got %v, %v", got, err)
		}
		if got := find(t, c, from, catalog.Query{}); got.All != 11 || from.calls != 2 {
			t.Errorf("then kept: %d files, %d requests", got.All, from.calls)
		}
	})
}

func TestForgottenReadingIsNotKept(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		from := &upstream{files: numbered(10), latency: time.Second}
		c := catalog.New(catalog.Config{})
		before := ask(t.Context(), c, from)
		time.Sleep(time.Second / 2)
		from.set(numbered(11))
		c.Forget("account")
		if _, err := before(); err != nil {
			t.Fatal(err)
		}
		if got := find(t, c, from, catalog.Query{}); got.All != 11 {
			t.Errorf("got %d files", got.All)
		}
	})
}

func TestMostFilesKept(t *testing.T) {
	t.Parallel()
	c := catalog.New(catalog.Config{MaxFiles: 50})
	accounts := make([]*upstream, 4)
	for i := range accounts {
		accounts[i] = &upstream{files: numbered(20)}
	}
	accounts[3].files = numbered(51)
	use := func(i int) {
		result, err := c.Find(t.Context(), fmt.Sprint(i), accounts[i], catalog.Query{})
		if err != nil || result.All != len(accounts[i].files) {
			t.Fatalf("account %d: %v, %v", i, result, err)
		}
	}
	for _, step := range []struct{ use, wantReadings int }{
		{0, 1}, {1, 1}, {0, 1}, {2, 1}, // drops 1, which was wanted longest ago
		{0, 1}, {1, 2}, // drops 2
		{0, 1}, {3, 1}, {3, 2}, // is given, but too large to keep, and drops nothing
		{0, 1}, {1, 2}, {2, 2},
	} {
		use(step.use)
		if readings := accounts[step.use].calls / accounts[step.use].page(1).LastPage; readings != step.wantReadings {
			t.Errorf("account %d was read %d times, want %d", step.use, readings, step.wantReadings)
		}
	}
}

func TestProgress(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		from := &upstream{files: numbered(45), latency: time.Second}
		c := catalog.New(catalog.Config{Parallel: 1})
		check := func(wantDone, wantTotal int, wantLoading bool) {
			t.Helper()
			synctest.Wait()
			done, total, loading := c.Progress("account")
			if done != wantDone || total != wantTotal || loading != wantLoading {
				t.Errorf("got %d of %d, %v", done, total, loading)
			}
		}
		check(0, 0, false)
		answer := ask(t.Context(), c, from)
		check(0, 0, true)
		time.Sleep(time.Second)
		check(1, 3, true)
		time.Sleep(time.Second)
		check(2, 3, true)
		if _, err := answer(); err != nil {
			t.Fatal(err)
		}
		check(0, 0, false)
	})
}
