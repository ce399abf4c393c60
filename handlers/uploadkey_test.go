package handlers_test

import (
	"net/http"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// A second try of an upload whose answer got lost makes no second file, also when
// its user had to sign in again meanwhile; another upload of the same file does.
func TestASecondTryOfAnUploadIsKnown(t *testing.T) {
	t.Parallel()
	d := start(t, plusofontest.WithAccount(token))
	d.session(token)
	try := func(key string) string {
		row := d.upload("Меню", "a.wav", longWAV(1000), append([]string{"Dashboard-Upload", key}, htmx...)...).status(http.StatusCreated)
		id, _ := row.find("tr[data-media]").Attr("data-media")
		return id
	}
	first := try("one")
	if again := try("one"); again != first {
		t.Errorf("the second try is file %s, the first was %s", again, first)
	}
	d.post("/logout", nil)
	d.signIn(token)
	if again := try("one"); again != first {
		t.Errorf("after signing in again it is file %s, it was %s", again, first)
	}
	if other := try("two"); other == first {
		t.Error("another upload passes for the first")
	}
	if files := d.api.Files(token); len(files) != 2 {
		t.Errorf("Plusofon has %d files, want 2", len(files))
	}
}
