package handlers_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/plusofon-dashboard/dashboard/handlers"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// form reads the form of a page that leads to an address, as a browser sends it.
func (a *answer) form(action string) url.Values {
	a.t.Helper()
	values := url.Values{}
	a.find(`form[action="` + action + `"] input`).Each(func(_ int, input *goquery.Selection) {
		values.Add(input.AttrOr("name", ""), input.AttrOr("value", ""))
	})
	return values
}

// deletions counts how often Plusofon was asked to delete each file.
func (d *dashboard) deletions() map[int]int {
	count := map[int]int{}
	for _, request := range d.api.Requests() {
		if request.Method == http.MethodDelete {
			id, err := strconv.Atoi(request.Path[strings.LastIndexByte(request.Path, '/')+1:])
			if err != nil {
				d.t.Fatal(err)
			}
			count[id]++
		}
	}
	return count
}

// numbers are the ids from 1 on, in one field.
func numbers(count int) url.Values {
	ids := make([]string, count)
	for i := range ids {
		ids[i] = strconv.Itoa(i + 1)
	}
	return url.Values{"id": {strings.Join(ids, ",")}}
}

// remaining is what Plusofon has left.
func (d *dashboard) remaining() map[int]string {
	left := map[int]string{}
	for _, file := range d.api.Files(token) {
		left[int(file.ID)] = file.Name
	}
	return left
}

// fiftyOf a thousand fail, each in one of the ways in which a deletion can.
func fiftyOf(ids int, seed uint64) map[string]plusofontest.Fault {
	faults := []plusofontest.Fault{
		plusofontest.JSONError(http.StatusConflict, 409, "Файл занят"), plusofontest.HTML(http.StatusBadGateway),
		plusofontest.Reset(), plusofontest.CarriedOut(plusofontest.Reset()), plusofontest.Truncated(),
	}
	chosen := map[string]plusofontest.Fault{}
	for i, place := range rand.New(rand.NewPCG(seed, 0)).Perm(ids)[:ids/20] {
		chosen[fmt.Sprintf("/api/v1/media/%d", place+1)] = faults[i%len(faults)]
	}
	return chosen
}

// Of a thousand files one in twenty fails. The report is true, nothing is
// deleted twice, and what is still there is named and in the list.
func TestAThousandFilesAreDeleted(t *testing.T) {
	t.Parallel()
	d := startWith(t, func(c *handlers.Config) { c.DeletionTime = time.Hour }, plusofontest.WithAccount(token, files(1010)...))
	d.signIn(token)
	faults := fiftyOf(1000, 7)
	d.api.FailBy(func(r *http.Request) plusofontest.Fault {
		if r.Method != http.MethodDelete {
			return nil
		}
		return faults[r.URL.Path]
	})
	question := d.post("/media/delete", numbers(1000)).status(http.StatusOK).
		contains("Удалить 1\u00a0000 файлов?", "Файл 5", "и ещё 995").lacks("Файл 6<")
	if len(d.deletions()) != 0 {
		t.Fatal("files were deleted before anybody said yes")
	}
	report := d.post("/media/delete", question.form("/media/delete")).status(http.StatusOK)

	left := d.remaining()
	gone := 1010 - len(left)
	report.contains(fmt.Sprintf("Удалено %d из 1\u00a0000.", gone))
	report.has("ul.failed li", len(left)-10)
	listed := d.get("/media?sort=id&page=1").contains(fmt.Sprintf("%d файл", len(left))).names()
	for id, name := range left {
		if id > 1000 {
			continue
		}
		report.contains("«" + name + "»")
		if faults[fmt.Sprintf("/api/v1/media/%d", id)] == nil {
			t.Errorf("%s is still there, though nothing failed", name)
		}
	}
	if len(listed) != 15 || !strings.Contains(report.body, "«"+listed[0]+"»") {
		t.Errorf("the list begins with %q, which the report does not name", listed)
	}
	for id, count := range d.deletions() {
		if count != 1 {
			t.Errorf("Plusofon was asked %d times to delete file %d", count, id)
		}
	}
	if got := strings.Count(d.log.String(), "msg=deleted"); got != gone {
		t.Errorf("the log has %d deletions, want %d", got, gone)
	}

	before := d.deletions()
	d.api.FailBy(nil)
	d.post("/media/delete", report.form("/media/delete")).status(http.StatusOK).
		contains(fmt.Sprintf("Удалено %[1]d из %[1]d.", len(left)-10)).has("button[type=submit].danger, ul.failed", 0)
	if got := len(d.remaining()); got != 10 {
		t.Errorf("%d files are left, want the 10 that nobody chose", got)
	}
	for id, count := range d.deletions() {
		if want := before[id]; count != want && (count != want+1 || left[id] == "") {
			t.Errorf("Plusofon was asked %d times to delete file %d, %d of them at first", count, id, want)
		}
	}
}

func TestDeletingWhatWasFound(t *testing.T) {
	t.Parallel()
	d := signedIn(t, office()...)
	search := url.QueryEscape("меню")
	question := d.get("/media/delete?q="+search).status(http.StatusOK).
		contains("Удалить 2 файла?", "Ёлка — праздничное меню", "меню: склад")
	d.get("/media/delete?confirmed=1&q=" + search).status(http.StatusOK)
	if len(d.deletions()) != 0 {
		t.Fatal("a link deleted files")
	}
	d.post("/media/delete", question.form("/media/delete")).contains("Удалено 2 из 2.")
	d.get("/media?q="+search).has("tr[data-media]", 0)
	d.get("/media/delete?q="+search, english...).status(http.StatusUnprocessableEntity).contains("No file is selected")
}

func TestDeletionsThatAreRefused(t *testing.T) {
	t.Parallel()
	d := signedIn(t, files(3)...)
	confirmed := url.Values{"id": {"1", "2"}, "confirmed": {"1"}}
	d.post("/media/delete", url.Values{"confirmed": {"1"}}).status(http.StatusUnprocessableEntity).contains("Не выбрано ни одного файла")
	d.post("/media/delete", url.Values{"id": {"1,.."}, "confirmed": {"1"}}).status(http.StatusNotFound)
	d.post("/media/delete", url.Values{"id": {"98", "99"}}).status(http.StatusNotFound).contains("Такого файла нет")
	d.post("/media/delete", confirmed, "Sec-Fetch-Site", "cross-site").status(http.StatusForbidden)
	start(t).post("/media/delete", confirmed).status(http.StatusSeeOther)
	if got := len(d.remaining()); got != 3 {
		t.Errorf("%d files are left, want all 3", got)
	}
}

// Files that others have deleted are no failures.
func TestFilesThatWereDeletedBefore(t *testing.T) {
	t.Parallel()
	d := signedIn(t, files(3)...)
	d.post("/media/delete", url.Values{"id": {"2,77", "2", "78,1"}, "confirmed": {"1"}}).status(http.StatusOK).
		contains("Удалено 2 из 4.", "Ещё 2 файла были удалены раньше.").has("button", 1) // to sign out
}

// Plusofon asks to wait: the rest follows, and nothing has failed.
func TestDeletingManyWaitsWhenAsked(t *testing.T) {
	t.Parallel()
	d := signedIn(t, files(6)...)
	d.api.Fail(plusofontest.Match(http.MethodDelete, "/api/v1/media/*"),
		plusofontest.Pass(), plusofontest.RetryAfter(http.StatusTooManyRequests, "1"))
	form := numbers(6)
	form.Set("confirmed", "1")
	d.post("/media/delete", form).status(http.StatusOK).contains("Удалено 6 из 6.")
}

// A wait that is too long, or no Plusofon at all, is said once, and the rest
// can follow.
func TestDeletingManyStops(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		method string
		fault  plusofontest.Fault
		status int
		words  []string
		most   int // requests
	}{
		"patience":    {http.MethodDelete, plusofontest.RetryAfter(http.StatusTooManyRequests, "600"), http.StatusServiceUnavailable, []string{"Plusofon просит подождать", "Подождите 600 секунд"}, 2},
		"unavailable": {http.MethodGet, plusofontest.HTML(http.StatusBadGateway), http.StatusServiceUnavailable, []string{"Plusofon сейчас недоступен"}, 4},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := signedIn(t, files(40)...)
			form := numbers(40)
			form.Set("confirmed", "1")
			before := d.api.Count(tt.method, "/api/v1/media/*")
			d.api.FailBy(func(r *http.Request) plusofontest.Fault {
				if plusofontest.Match(tt.method, "/api/v1/media/*")(r) {
					return tt.fault
				}
				return nil
			})
			report := d.post("/media/delete", form).status(tt.status).
				contains(tt.words...).contains("Удалено 0 из 40.", "Осталось удалить 40 файлов.", "Продолжить удаление").has("ul.failed", 0)
			if got := d.api.Count(tt.method, "/api/v1/media/*") - before; got > tt.most {
				t.Errorf("Plusofon was asked %d times, want %d at most", got, tt.most)
			}
			d.api.FailBy(nil)
			d.post("/media/delete", report.form("/media/delete")).status(http.StatusOK).contains("Удалено 40 из 40.")
		})
	}
}

func TestDeletingManyWithATokenThatIsRefused(t *testing.T) {
	t.Parallel()
	d := signedIn(t, files(40)...)
	form := numbers(40)
	form.Set("confirmed", "1")
	var met int
	d.api.FailBy(func(r *http.Request) plusofontest.Fault {
		if met++; met > 20 {
			return plusofontest.JSONError(http.StatusOK, 500, "User not found.")
		}
		return nil
	})
	report := d.post("/media/delete", form).status(http.StatusUnauthorized)
	gone := 40 - len(d.remaining())
	report.contains(fmt.Sprintf("Удалено %d из 40.", gone), "Нужно войти").has("ul.failed", 0)
	if met > 24 {
		t.Errorf("Plusofon was asked %d times more", met-20)
	}
	d.post("/media/delete", report.form("/media/delete")).status(http.StatusSeeOther).location("/login?next=%2Fmedia")
}

// A request does not take for ever: what it does not come to waits for the next.
func TestDeletingManyInPortions(t *testing.T) {
	t.Parallel()
	d := startWith(t, func(c *handlers.Config) { c.DeletionTime = time.Nanosecond }, plusofontest.WithAccount(token, files(7)...))
	d.signIn(token)
	form, requests := numbers(7), 0
	form.Set("confirmed", "1")
	for form.Get("id") != "" {
		if requests++; requests > 7 {
			t.Fatal("a request deleted nothing")
		}
		report := d.post("/media/delete", form).status(http.StatusOK)
		form = report.form("/media/delete")
		if form.Get("id") != "" {
			report.contains("файлы удаляются по частям", "Продолжить удаление")
		}
	}
	if got := len(d.remaining()); got != 0 || requests < 2 {
		t.Errorf("%d files are left after %d requests", got, requests)
	}
}
