package library_test

import (
	"errors"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/internal/library"
	"github.com/plusofon-dashboard/dashboard/plusofon"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// A write that Plusofon carried out without saying so is looked up, and never sent
// again.
func TestWritesAreLookedUp(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]struct {
		method, path string
		do           func(o *office) (lookedUp bool, err error)
	}{
		"upload": {http.MethodPost, "/api/v1/media", func(o *office) (bool, error) {
			file, err := o.upload("Меню", wav(1000), "")
			return file.LookedUp, err
		}},
		"preset": {http.MethodPost, "/api/v1/media", func(o *office) (bool, error) {
			file, err := o.AddPreset(o.t.Context(), "Меню", "f6965c7eadb44c1a5aae6b99df4da814")
			return file.LookedUp, err
		}},
		"rename": {http.MethodPatch, "/api/v1/media/7", func(o *office) (bool, error) {
			return o.Rename(o.t.Context(), "7", "Меню")
		}},
		"delete": {http.MethodDelete, "/api/v1/media/7", func(o *office) (bool, error) {
			file, err := o.Delete(o.t.Context(), "7")
			return file.LookedUp, err
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, done := range []bool{true, false} {
				o := newOffice(t, plusofontest.File{ID: 7, Name: "Привет", Content: wav(100)})
				fault := plusofontest.Reset()
				if done {
					fault = plusofontest.CarriedOut(fault)
				}
				o.api.Fail(plusofontest.Match(write.method, write.path), fault)
				lookedUp, err := write.do(o)
				switch {
				case done && (err != nil || !lookedUp):
					t.Errorf("carried out: looked up %t, %v", lookedUp, err)
				case !done && !errors.Is(err, library.ErrNotDone):
					t.Errorf("not carried out: %v, want ErrNotDone", err)
				}
				if sent := o.api.Count(write.method, write.path); sent != 1 {
					t.Errorf("sent %d times", sent)
				}
			}
		})
	}
}

// Where looking up fails, too, the outcome stays unknown.
func TestAnOutcomeThatStaysUnknown(t *testing.T) {
	t.Parallel()
	o := newOffice(t, plusofontest.File{ID: 7, Name: "Привет"})
	o.api.Fail(plusofontest.Match(http.MethodPatch, "/api/v1/media/7"), plusofontest.Reset())
	o.api.FailBy(func(r *http.Request) plusofontest.Fault {
		if r.Method == http.MethodGet {
			return plusofontest.HTML(http.StatusBadGateway)
		}
		return nil
	})
	if _, err := o.Rename(t.Context(), "7", "Меню"); !errors.Is(err, plusofon.ErrOutcomeUnknown) {
		t.Errorf("%v, want ErrOutcomeUnknown", err)
	}
}

// Two who do the same in one session at once get one outcome of one call.
func TestTheSameWriteTwice(t *testing.T) {
	t.Parallel()
	o := newOffice(t, plusofontest.File{ID: 7, Name: "Привет"})
	held := make(chan struct{})
	o.api.Fail(plusofontest.Match(http.MethodPatch, "/api/v1/media/7"), plusofontest.Hold(held))
	var both sync.WaitGroup
	rename := func() {
		if _, err := o.Rename(t.Context(), "7", "Меню"); err != nil {
			t.Error(err)
		}
	}
	both.Go(rename)
	if err := o.api.Await(t.Context(), http.MethodPatch, "/api/v1/media/7", 1); err != nil {
		t.Fatal(err)
	}
	both.Go(rename)
	close(held)
	both.Wait()
	if names := o.names(); !slices.Equal(names, []string{"Меню"}) {
		t.Errorf("Plusofon has %v", names)
	}
}

// A second try by the same key is the first: one file, one number.
func TestASecondTryOfAnUpload(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	first, err := o.upload("Меню", wav(1000), "key")
	if err != nil {
		t.Fatal(err)
	}
	again, err := o.upload("Меню", wav(1000), "key")
	if err != nil || again.ID != first.ID || len(o.names()) != 1 {
		t.Errorf("number %s after %s, %v; Plusofon has %v", again.ID, first.ID, err, o.names())
	}
	if other, err := o.upload("Меню", wav(1000), "another"); err != nil || other.ID == first.ID {
		t.Errorf("another upload has number %s, %v", other.ID, err)
	}
}

// What Plusofon would not take is refused with the reason, and not sent.
func TestAFileThatIsRefused(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	_, err := o.upload("Меню", []byte("%PDF-1.7 no sound at all, whatever it is called"), "")
	if _, refused := errors.AsType[*library.RefusedError](err); !refused {
		t.Errorf("%v, want a RefusedError", err)
	}
	if posts := o.api.Count(http.MethodPost, "/api/v1/media"); posts != 0 {
		t.Errorf("it was sent %d times", posts)
	}
}

// Of many files each is told for itself, and what Plusofon can't be asked about waits.
func TestDeletingMany(t *testing.T) {
	t.Parallel()
	o := newOffice(t, plusofontest.File{ID: 1, Name: "Первый"}, plusofontest.File{ID: 2, Name: "Второй"}, plusofontest.File{ID: 3, Name: "Третий"})
	o.api.Fail(plusofontest.Match(http.MethodDelete, "/api/v1/media/2"), plusofontest.Reset())
	done := o.DeleteMany(t.Context(), []plusofon.MediaID{"1", "2", "3", "4"}, time.Now().Add(time.Minute))
	if len(done.Deleted) != 2 || done.Missing != 1 || len(done.Failed) != 1 || done.Failed[0].ID != "2" || len(done.Waiting) != 0 || done.Stopped != nil {
		t.Errorf("%+v", done)
	}
	if names := o.names(); !slices.Equal(names, []string{"Второй"}) {
		t.Errorf("Plusofon has %v", names)
	}
}

// With Plusofon away nothing is lost: all wait.
func TestDeletingManyWithPlusofonAway(t *testing.T) {
	t.Parallel()
	o := newOffice(t, plusofontest.File{ID: 1, Name: "Первый"}, plusofontest.File{ID: 2, Name: "Второй"})
	o.api.Refuse()
	done := o.DeleteMany(t.Context(), []plusofon.MediaID{"1", "2"}, time.Now().Add(time.Minute))
	if done.Stopped == nil || len(done.Waiting) != 2 || len(done.Deleted)+len(done.Failed) != 0 {
		t.Errorf("%+v", done)
	}
}

// Without time one file is deleted all the same, so that asking again ends.
func TestDeletingManyWithoutTime(t *testing.T) {
	t.Parallel()
	o := newOffice(t, plusofontest.File{ID: 1}, plusofontest.File{ID: 2}, plusofontest.File{ID: 3})
	done := o.DeleteMany(t.Context(), []plusofon.MediaID{"1", "2", "3"}, time.Now().Add(-time.Minute))
	if len(done.Deleted) == 0 || len(done.Deleted)+len(done.Waiting) != 3 || done.Stopped != nil {
		t.Errorf("%+v", done)
	}
}
