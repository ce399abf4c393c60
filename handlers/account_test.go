package handlers_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

const otherAccount = "0123456789abcdef"

// A page of one account changes nothing in another, in which somebody has
// signed in in another tab.
func TestPagesOfAnotherAccountAreRefused(t *testing.T) {
	t.Parallel()
	d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет"}, plusofontest.File{ID: 8, Name: "Пока"})
	own, ok := d.get("/media").find("body").Attr("data-account")
	if !ok || own == otherAccount {
		t.Fatalf("the page is of account %q", own)
	}
	before := d.asked()
	const said = "В другой вкладке вошли с другим токеном"
	field := func(account string, more url.Values) url.Values {
		form := url.Values{"account": {account}}
		for name, values := range more {
			form[name] = values
		}
		return form
	}
	named := url.Values{"name": {"Другое"}}
	d.post("/media/7/rename", field(otherAccount, named)).status(http.StatusConflict).contains(said, "Обновите страницу")
	d.post("/media/7/delete", field(otherAccount, nil)).status(http.StatusConflict).contains(said)
	d.post("/media/delete", field(otherAccount, url.Values{"id": {"7"}, "confirmed": {"1"}})).status(http.StatusConflict).contains(said)
	d.post("/media/archive", field(otherAccount, url.Values{"id": {"7"}})).status(http.StatusConflict).contains(said)
	d.post("/media", field(otherAccount, url.Values{"name": {"x"}, "standard_id": {"1"}})).status(http.StatusConflict).contains(said)
	header := append([]string{"Dashboard-Account", otherAccount}, htmx...)
	d.send(http.MethodPatch, "/media/7", named, header...).status(http.StatusConflict).contains(said)
	d.send(http.MethodDelete, "/media/7", nil, header...).status(http.StatusConflict).contains(said)
	d.get("/media?q=x", header...).status(http.StatusConflict).contains(said)
	if asked := d.asked() - before; asked != 0 {
		t.Errorf("Plusofon was asked %d times", asked)
	}
	d.post("/media/7/rename", field(own, named)).status(http.StatusSeeOther)
	d.post("/media/7/delete", nil).status(http.StatusSeeOther) // a program says nothing of accounts
}

// Every form that changes something says of which account it is.
func TestFormsSayTheirAccount(t *testing.T) {
	t.Parallel()
	d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет"})
	for _, path := range []string{"/media", "/media/7", "/standard"} {
		page := d.get(path).status(http.StatusOK)
		own, _ := page.find("body").Attr("data-account")
		forms := page.find(`form[method=post]:not([action="/logout"])`)
		if forms.Length() == 0 {
			t.Errorf("%s has no forms", path)
		}
		for _, form := range forms.EachIter() {
			field := form.Find("input[name=account]")
			if id, ok := form.Attr("id"); ok && field.Length() == 0 {
				field = page.find(`input[name=account][form="` + id + `"]`)
			}
			if got, _ := field.Attr("value"); got != own {
				action, _ := form.Attr("action")
				t.Errorf("%s: the form for %s says %q", path, action, got)
			}
		}
	}
}
