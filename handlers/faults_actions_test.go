package handlers_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/handlers"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
	"github.com/plusofon-dashboard/dashboard/plusofon/transport"
)

// kind tells actions apart by what a fault does to them.
type kind int

const (
	signsIn kind = iota
	reads
	plays
	writes
)

// action is something that a user does, and the call to Plusofon on which it
// rests.
type action struct {
	name         string
	kind         kind
	method, path string // of the call
	do           func(d *dashboard) *answer
	done         func(d *dashboard) bool // whether a write was carried out
	found        string                  // told by the next page when that had to be looked up
}

var actions = []action{
	{"sign in", signsIn, http.MethodGet, "/api/v1/media", func(d *dashboard) *answer {
		return d.post("/login", url.Values{"token": {token}})
	}, nil, ""},
	{"list", reads, http.MethodGet, "/api/v1/media", func(d *dashboard) *answer { return d.get("/media") }, nil, ""},
	{"search", reads, http.MethodGet, "/api/v1/media", func(d *dashboard) *answer { return d.get("/media?q=a&sort=name") }, nil, ""},
	{"look", reads, http.MethodGet, "/api/v1/media/7", func(d *dashboard) *answer { return d.get("/media/7") }, nil, ""},
	{"presets", reads, http.MethodGet, "/api/v1/standard-media", func(d *dashboard) *answer { return d.get("/standard") }, nil, ""},
	{"play", plays, http.MethodGet, "/api/v1/media/7/file", func(d *dashboard) *answer { return d.get("/media/7/file") }, nil, ""},
	{"preview", plays, http.MethodGet, "/api/v1/media/7/file", func(d *dashboard) *answer { return d.get("/media/7/preview") }, nil, ""},
	{"upload", writes, http.MethodPost, "/api/v1/media", func(d *dashboard) *answer {
		return d.upload("Новое", "a.wav", sound(d.t, "wav-pcm16-8000.wav"))
	}, func(d *dashboard) bool { return len(d.api.Files(token)) == 2 },
		"Plusofon не подтвердил загрузку, но мы проверили: файл «Новое» на месте."},
	{"rename", writes, http.MethodPatch, "/api/v1/media/7", func(d *dashboard) *answer {
		return d.post("/media/7/rename", url.Values{"name": {"Новое"}})
	}, func(d *dashboard) bool { return d.api.Files(token)[0].Name == "Новое" },
		"Plusofon не подтвердил переименование, но мы проверили: файл теперь называется «Новое»."},
	{"delete", writes, http.MethodDelete, "/api/v1/media/7", func(d *dashboard) *answer {
		return d.post("/media/7/delete", nil)
	}, func(d *dashboard) bool { return len(d.api.Files(token)) == 0 },
		"Plusofon не подтвердил удаление, но мы проверили: файла «Привет» больше нет."},
}

// expectation is what a user gets and what becomes of the action.
type expectation struct {
	status int
	words  []string
	asked  int  // calls of the action's own kind that reach Plusofon
	done   bool // whether a write was carried out
}

// faulty is a dashboard that counts what it holds, on connections of its own.
type faulty struct {
	*dashboard
	before   footing
	upstream *transport.Transport
	servers  int // that listen meanwhile
}

// shortly has a second try begin without a pause, for one of a tenth of a second
// at each fault makes many.
func shortly(config transport.Config) transport.Config {
	config.RetryDelay = func() time.Duration { return time.Millisecond }
	return config
}

// upstream is the way to Plusofon as the program has it, with a breaker and
// connections of its own.
func upstream() *transport.Transport { return transport.New(shortly(transport.Config{})) }

// over is the same over connections of another kind.
func over(base *http.Transport) *transport.Transport {
	return transport.Over(base, shortly(transport.Config{}))
}

// startFaulty starts a dashboard with one file before a Plusofon. Tests that
// use it can't run in parallel with others.
func startFaulty(t *testing.T, upstream *transport.Transport, options ...plusofontest.Option) *faulty {
	t.Helper()
	before := standing(t)
	options = append(options, plusofontest.WithAccount(token, plusofontest.File{
		ID: 7, Name: "Привет", Format: "wav", Content: sound(t, "wav-pcm16-8000.wav"),
	}))
	return faultyBefore(t, before, plusofontest.NewServer(options...), upstream)
}

func faultyBefore(t *testing.T, before footing, api *plusofontest.Server, upstream *transport.Transport) *faulty {
	t.Helper()
	d := startBefore(t, api, upstream, func(*handlers.Config) {})
	d.client.Transport = &http.Transport{}
	return &faulty{dashboard: d, before: before, upstream: upstream, servers: 2}
}

// rested closes the connections that wait for further requests, and wants all
// else to be gone: what is left are the servers.
func (f *faulty) rested() {
	f.t.Helper()
	f.hangUp()
	f.before.settles(f.t.(*testing.T), f.servers)
}

// hangUp makes the next requests go over new connections. On one that was
// used before, net/http by itself repeats a read that meets a reset.
func (f *faulty) hangUp() {
	f.client.CloseIdleConnections()
	f.upstream.CloseIdleConnections()
}

// meets carries out the action while Plusofon is at fault, and checks all that
// is expected of every fault.
func (f *faulty) meets(a action, want expectation, fault plusofontest.Fault) {
	f.t.Helper()
	if a.kind != signsIn {
		f.session(token)
	}
	f.hangUp()
	before := f.api.Count(a.method, a.path)
	f.api.FailBy(func(r *http.Request) plusofontest.Fault {
		if fault == nil || !plusofontest.Match(a.method, a.path)(r) {
			return nil
		}
		return fault
	})
	answer := a.do(f.dashboard)
	answer.status(want.status).guarded().contains(want.words...).lacks("Bad Gateway", "nginx", `alert("plusofontest")`, token)
	if got := f.api.Count(a.method, a.path) - before; got != want.asked {
		f.t.Errorf("Plusofon got %d calls %s %s, want %d", got, a.method, a.path, want.asked)
	}
	if a.done != nil && a.done(f.dashboard) != want.done {
		f.t.Errorf("carried out: %t, want %t", !want.done, want.done)
	}
	if want.done && want.status == http.StatusSeeOther {
		f.get(answer.header.Get("Location")).status(http.StatusOK).contains(a.found)
	}
	f.rested()
}
