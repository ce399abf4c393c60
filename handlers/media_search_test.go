package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// office are files as an office has them, and more than one page of them.
func office() []plusofontest.File {
	named := []plusofontest.File{
		{Name: "Приветствие"}, {Name: "Ёлка — праздничное меню"}, {Name: "Файл 10"}, {Name: "Файл 2"}, {Name: "меню: склад"},
	}
	return append(named, files(20)[4:]...) // "Файл 5" and on
}

// names gives the names on a page in their order.
func (a *answer) names() []string {
	var names []string
	a.find("tr[data-media] bdi").Each(func(_ int, s *goquery.Selection) { names = append(names, s.Text()) })
	return names
}

func TestSearch(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ query, want string }{
		{"q=меню", "Ёлка — праздничное меню|меню: склад"},
		{"q=МЕНЮ+елка", "Ёлка — праздничное меню"},
		{"q=иве", "Приветствие"},
		{"q=+", ""},
		{"q=нет+такого", ""},
		{"q=файл+1&sort=name", "Файл 10|Файл 10|Файл 11|Файл 12|Файл 13|Файл 14|Файл 15|Файл 16|Файл 17|Файл 18|Файл 19"},
		{"q=склад&page=99", "меню: склад"},
	} {
		t.Run(tt.query, func(t *testing.T) {
			t.Parallel()
			d := signedIn(t, office()...)
			query, err := url.ParseQuery(tt.query)
			if err != nil {
				t.Fatal(err)
			}
			answer := d.get("/media?" + query.Encode()).status(http.StatusOK)
			if strings.TrimSpace(query.Get("q")) == "" {
				answer.has("tr[data-media]", 15) // nothing is searched for: the first page
				return
			}
			if got := strings.Join(answer.names(), "|"); got != tt.want {
				t.Errorf("found %s, want %s", got, tt.want)
			}
		})
	}
}

func TestMatchesAreHighlighted(t *testing.T) {
	t.Parallel()
	d := signedIn(t, office()...)
	answer := d.get("/media?q=" + url.QueryEscape("елка")).status(http.StatusOK)
	if got := answer.find("mark").Text(); got != "Ёлка" {
		t.Errorf("highlighted is %q", got)
	}
	answer.has(`input[name=q][value="елка"]`, 1)
	d.get("/media?q="+url.QueryEscape("<b>")).status(http.StatusOK).
		contains("По запросу «&lt;b&gt;» ничего не найдено", "Показать все файлы")
}

func TestSorting(t *testing.T) {
	t.Parallel()
	d := signedIn(t, office()...)
	if got := d.get("/media?sort=name").status(http.StatusOK).names()[:4]; strings.Join(got, "|") != "Ёлка — праздничное меню|меню: склад|Приветствие|Файл 2" {
		t.Errorf("by name: %q", got)
	}
	if got := d.get("/media?sort=-id").names()[0]; got != "Файл 20" {
		t.Errorf("the last by id is %q", got)
	}
	d.get("/media?sort=name").
		has(`th[aria-sort=ascending] a[href="/media?sort=-name"]`, 1).
		has(`.pager a[href="/media?page=2&sort=name"]`, 2)
}

func TestSearchIsAFragmentForHTMXAndTheAddressFollows(t *testing.T) {
	t.Parallel()
	d := signedIn(t, office()...)
	answer := d.get("/media?q="+url.QueryEscape("меню"), append(htmx, "HX-Trigger", "search-form")...).
		status(http.StatusOK).has("#media-list", 1).lacks("<html")
	if got, want := answer.header.Get("HX-Replace-Url"), "/media?q="+url.QueryEscape("меню"); got != want {
		t.Errorf("HX-Replace-Url %q, want %q", got, want)
	}
}

// What was found is kept, but not beyond a change of one's own.
func TestOwnChangesShowAtOnce(t *testing.T) {
	t.Parallel()
	d := signedIn(t, office()...)
	search := "/media?q=" + url.QueryEscape("склад")
	d.get(search).has("tr[data-media]", 1)
	asked := d.asked()
	d.get(search).has("tr[data-media]", 1)
	if d.asked() != asked {
		t.Error("a second search asked Plusofon again")
	}
	d.post("/media/5/rename", url.Values{"name": {"Меню: магазин"}}).status(http.StatusSeeOther)
	d.get(search).has("tr[data-media]", 0)
	d.post("/media/1/delete", nil).status(http.StatusSeeOther)
	d.get("/media?q="+url.QueryEscape("Приветствие")).has("tr[data-media]", 0)
}

// A page of the list that fails is an error, never a shorter list.
func TestASearchThatFailsIsNoShorterList(t *testing.T) {
	t.Parallel()
	d := signedIn(t, office()...)
	d.api.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Query().Get("page") != "2" {
			return false
		}
		w.WriteHeader(http.StatusBadGateway)
		return true
	})
	d.get("/media?q=x").status(http.StatusServiceUnavailable).contains("Plusofon сейчас недоступен")
}
