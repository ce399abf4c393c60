package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/plusofon-dashboard/dashboard/handlers"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// A token is accepted with what is copied along with it.
func TestPastedTokens(t *testing.T) {
	t.Parallel()
	const hyphened = "ab-cd.ef_12"
	for name, pasted := range map[string]string{
		"as it is":            hyphened,
		"Bearer":              "Bearer " + hyphened,
		"bearer and a colon":  "bearer: " + hyphened,
		"a header":            "Authorization: Bearer " + hyphened,
		"a header in quotes":  `"Authorization: Bearer ` + hyphened + `"`,
		"quotes":              `"` + hyphened + `"`,
		"single quotes":       "'" + hyphened + "'",
		"curly quotes":        "“" + hyphened + "”",
		"Russian quotes":      "«" + hyphened + "»",
		"low quotes":          "„" + hyphened + "“",
		"quotes after Bearer": "Bearer “" + hyphened + "”",
		"a byte order mark":   "\ufeff" + hyphened,
		"zero-width spaces":   "ab-\u200bcd.ef\u200b_12\u200b",
		"soft hyphens":        "ab-cd\u00ad.ef_12",
		"no-break hyphen":     "ab\u2011cd.ef_12",
		"line breaks":         "ab-cd\r\n.ef_12\n",
		"spaces inside":       "ab-cd .ef\u00a0_12",
		"a tab":               "\tab-cd.ef_12\t",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := start(t, plusofontest.WithAccount(hyphened))
			d.post("/login", url.Values{"token": {pasted}}).status(http.StatusSeeOther).location("/media")
		})
	}
}

// A sign that no token has is named, and Plusofon is not asked.
func TestStrangeSignsInATokenAreNamed(t *testing.T) {
	t.Parallel()
	d := start(t, plusofontest.WithAccount(token))
	for sign, said := range map[string]string{"ж": "«ж»", "–": "«–»", "\ufffd": "«U+FFFD»", "\u0301": "«U+0301»"} {
		d.post("/login", url.Values{"token": {"abc" + sign + "def"}}).status(http.StatusUnprocessableEntity).contains(said)
	}
	if asked := d.asked(); asked != 0 {
		t.Errorf("Plusofon was asked %d times", asked)
	}
}

// A browser that keeps no cookies comes back to the form, which says why.
func TestBlockedCookiesAreSaid(t *testing.T) {
	t.Parallel()
	d := start(t, plusofontest.WithAccount(token))
	d.client.Jar = nil
	d.post("/login", url.Values{"token": {token}}).status(http.StatusSeeOther).location("/media")
	back := d.get("/media", "Referer", d.url+"/login").status(http.StatusSeeOther)
	location := back.header.Get("Location")
	if !strings.Contains(location, "cookies=blocked") {
		t.Fatalf("it leads to %s", location)
	}
	d.get(location).status(http.StatusOK).contains("браузер не сохраняет данные этого сайта")
	d.get("/media").status(http.StatusSeeOther).location("/login?next=%2Fmedia")
	// Who has been shown the form and follows a link of it keeps cookies.
	d.get("/media", "Referer", d.url+"/login", "Cookie", "probe=1").status(http.StatusSeeOther).location("/login?next=%2Fmedia")
}

// A dashboard for https that is opened over http says at which address to sign
// in, instead of coming back to the form.
func TestHTTPSOpenedOverHTTP(t *testing.T) {
	t.Parallel()
	public, err := url.Parse("https://audio.example.com")
	if err != nil {
		t.Fatal(err)
	}
	d := startWith(t, func(c *handlers.Config) { c.PublicURL = public }, plusofontest.WithAccount(token))
	d.post("/login", url.Values{"token": {token}}, "Origin", d.url).status(http.StatusUnprocessableEntity).contains("https://audio.example.com")
	d.post("/login", url.Values{"token": {token}}, "Origin", "https://audio.example.com").status(http.StatusSeeOther)
}
