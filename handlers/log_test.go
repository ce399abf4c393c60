package handlers_test

import (
	"bufio"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/plusofon-dashboard/dashboard/handlers"
	"github.com/plusofon-dashboard/dashboard/internal/metrics"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// forgery is what would be a line of the log of its own, were it written as it
// is.
const forgery = "x\r\n{\"level\":\"INFO\",\"msg\":\"forged\"}\ntime=2026-11-23T09:00:00Z level=INFO msg=forged \u2028\u0085\x1b[2K"

// message is what a line of a text log is about.
var message = regexp.MustCompile(`^time=\S+ level=[A-Z]+ msg=("(?:[^"\\]|\\.)*"|\S+)`)

// messages reads a log of either format, whose every line must be one that the
// program wrote.
func messages(t *testing.T, log string) (all []string) {
	t.Helper()
	for lines := bufio.NewScanner(strings.NewReader(log)); lines.Scan(); {
		line := lines.Text()
		var entry struct{ Msg string }
		if found := message.FindStringSubmatch(line); found != nil {
			entry.Msg = found[1]
		} else if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Errorf("a line that is none of ours: %q", line)
		}
		if strings.ContainsAny(line, "\r\x1b") {
			t.Errorf("a line with controls: %q", line)
		}
		all = append(all, entry.Msg)
	}
	return all
}

// Nothing that a client or Plusofon says becomes a line of the log.
func TestNothingForgesALineOfTheLog(t *testing.T) {
	t.Parallel()
	for name, handler := range map[string]func(io.Writer) slog.Handler{
		"text": func(w io.Writer) slog.Handler { return slog.NewTextHandler(w, nil) },
		"JSON": func(w io.Writer) slog.Handler { return slog.NewJSONHandler(w, nil) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log := &logBuffer{}
			d := startWith(t, func(c *handlers.Config) { c.Log = slog.New(handler(log)) },
				plusofontest.WithAccount(token, plusofontest.File{ID: 7, Name: forgery}))
			d.session(token)
			escaped := url.QueryEscape(forgery)
			requests := 0
			for _, path := range []string{"/" + url.PathEscape(forgery), "/media?q=" + escaped, "/media/" + url.PathEscape(forgery), "/login?next=" + escaped} {
				d.get(path, "User-Agent", escaped, "X-Request-Id", escaped, "Referer", escaped, "X-Forwarded-For", escaped, "Range", escaped)
				requests++
			}
			d.post("/media/7/rename", url.Values{"name": {forgery}}).status(http.StatusUnprocessableEntity)
			part := "--b\r\nContent-Disposition: form-data; name=\"file\"; filename*=UTF-8''" + strings.ReplaceAll(escaped, "+", "%20") + "\r\n\r\n"
			body := part + string(sound(t, "wav-pcm16-8000.wav")) + "\r\n--b--\r\n"
			d.request(http.MethodPost, "/media", strings.NewReader(body), "Content-Type", "multipart/form-data; boundary=b").status(http.StatusSeeOther)
			d.api.Fail(plusofontest.Match(http.MethodGet, "/api/v1/media"), plusofontest.JSONError(http.StatusOK, 409, forgery))
			d.get("/media").status(http.StatusBadGateway)
			d.post("/media/7/delete", nil).status(http.StatusSeeOther)
			d.post("/login", url.Values{"token": {forgery}}).status(http.StatusUnprocessableEntity)
			requests += 5
			count := map[string]int{}
			for _, about := range messages(t, log.String()) {
				count[about]++
			}
			if count["request"] != requests || count["uploaded"] != 1 || count["deleted"] != 1 || len(count) != 3 {
				t.Errorf("the log has %v, want %d requests, an upload and a deletion:\n%s", count, requests, log)
			}
		})
	}
}

// entry is a line of the log in JSON, as far as it is promised.
type entry struct {
	Msg, ID, Method, Route, Address, Account, Media, Name string
	Status, Bytes                                         int
	Took                                                  int64
}

// Each request has its line, and who did what to which file a line of its own.
func TestWhatTheLogSays(t *testing.T) {
	t.Parallel()
	log := &logBuffer{}
	d := startWith(t, func(c *handlers.Config) { c.Log = slog.New(slog.NewJSONHandler(log, nil)) },
		plusofontest.WithAccount(token, plusofontest.File{ID: 7, Name: "Привет"}))
	d.session(token)
	page := d.get("/media", "Accept-Encoding", "identity").status(http.StatusOK)
	d.post("/media/7/rename", url.Values{"name": {"Новое"}}).status(http.StatusSeeOther)
	d.upload("Загружен", "a.wav", sound(t, "wav-pcm16-8000.wav")).status(http.StatusSeeOther)
	d.post("/media", url.Values{"name": {"Добавлен"}, "standard_id": {"f6965c7eadb44c1a5aae6b99df4da814"}}).status(http.StatusSeeOther)
	d.post("/media/7/delete", nil).status(http.StatusSeeOther)
	var lines []entry
	events := map[string]entry{}
	for line := range strings.Lines(log.String()) {
		var e entry
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		if e.ID == "" || e.Account == "" {
			t.Errorf("whose request is it? %s", line)
		}
		if e.Msg == "request" {
			lines = append(lines, e)
		} else {
			events[e.Msg] = e
		}
	}
	if len(lines) != 5 {
		t.Fatalf("%d requests in the log, want 5:\n%s", len(lines), log)
	}
	first := lines[0]
	if first.ID != page.header.Get("X-Request-Id") || first.Method != "GET" || first.Route != "/media" || first.Status != 200 ||
		first.Bytes != len(page.body) || first.Took <= 0 || first.Address != "127.0.0.1" {
		t.Errorf("the line of the list: %+v", first)
	}
	for event, want := range map[string]entry{
		"renamed": {Media: "7", Name: "Новое"}, "uploaded": {Media: "8", Name: "Загружен"},
		"added": {Media: "9", Name: "Добавлен"}, "deleted": {Media: "7", Name: "Новое"},
	} {
		if got := events[event]; got.Media != want.Media || got.Name != want.Name || got.Account != first.Account {
			t.Errorf("%s: %+v", event, got)
		}
	}
}

// A session is counted when it begins, and once when it ends, however it does.
func TestSessionsAreCounted(t *testing.T) {
	t.Parallel()
	counted := metrics.New(metrics.Build{Version: "v1"}, nil)
	d := startWith(t, func(c *handlers.Config) { c.Metrics = counted }, plusofontest.WithAccount(token))
	count := func(event string) string {
		answer := httptest.NewRecorder()
		counted.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
		_, rest, _ := strings.Cut(answer.Body.String(), `dashboard_sessions_total{event="`+event+`"} `)
		number, _, _ := strings.Cut(rest, "\n")
		return number
	}
	d.post("/logout", nil)
	d.signIn(token)
	d.post("/logout", nil)
	d.post("/logout", nil)
	d.signIn(token)
	d.api.RemoveAccount(token)
	d.get("/media").status(http.StatusSeeOther) // to sign in again
	if begun, ended := count("begun"), count("ended"); begun != "2" || ended != "2" {
		t.Errorf("%s sessions begun and %s ended, want 2 and 2", begun, ended)
	}
}
