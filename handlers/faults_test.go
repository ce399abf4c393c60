package handlers_test

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
	"github.com/plusofon-dashboard/dashboard/plusofon/transport"
)

// unreached is what every action leads to when nothing gets to Plusofon.
func unreached(words ...string) expectation {
	return expectation{http.StatusServiceUnavailable, append(words, "Ничего не изменилось"), 0, false}
}

func TestPlusofonRefusesConnections(t *testing.T) {
	for _, action := range actions {
		t.Run(action.name, func(t *testing.T) {
			f := startFaulty(t, upstream())
			f.api.Refuse()
			f.meets(action, unreached("Plusofon сейчас недоступен"), nil)
		})
	}
}

func TestPlusofonHasNoName(t *testing.T) {
	for _, action := range actions {
		t.Run(action.name, func(t *testing.T) {
			f := startFaulty(t, over(&http.Transport{DialContext: func(_ context.Context, network, address string) (net.Conn, error) {
				return nil, &net.OpError{Op: "dial", Net: network, Err: &net.DNSError{Err: "no such host", Name: address, IsNotFound: true}}
			}}))
			f.meets(action, unreached("Plusofon сейчас недоступен"), nil)
		})
	}
}

// Who can't be trusted gets nothing, and it is in the log.
func TestPlusofonFailsTLS(t *testing.T) {
	for _, action := range actions {
		t.Run("bad certificate/"+action.name, func(t *testing.T) {
			before := standing(t)
			f := faultyBefore(t, before, plusofontest.NewTLSServer(), upstream())
			action.done = nil
			f.meets(action, unreached("Нет защищённого соединения"), nil)
			f.logsInsecurity()
		})
		t.Run("no TLS/"+action.name, func(t *testing.T) {
			before := standing(t)
			api := plusofontest.NewServer()
			api.URL = strings.Replace(api.URL, "http://", "https://", 1)
			f := faultyBefore(t, before, api, upstream())
			action.done = nil
			f.meets(action, unreached("Нет защищённого соединения"), nil)
			f.logsInsecurity()
		})
		t.Run("an alert/"+action.name, func(t *testing.T) {
			before := standing(t)
			api := plusofontest.NewTLSServer()
			f := faultyBefore(t, before, api, over(&http.Transport{TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS13}}))
			api.TLS.MaxVersion = tls.VersionTLS12
			action.done = nil
			f.meets(action, unreached("Нет защищённого соединения"), nil)
			f.logsInsecurity()
		})
	}
}

func (f *faulty) logsInsecurity() {
	f.t.Helper()
	if !strings.Contains(f.log.String(), "security: no secure connection") {
		f.t.Errorf("no security event in the log:\n%s", f.log)
	}
}

// impatient has short limits of time: that those of the program are the right
// ones is for the tests of the transport.
func impatient() *transport.Transport {
	const limit = 300 * time.Millisecond
	return transport.New(shortly(transport.Config{Answer: limit, UploadAnswer: limit, BodySilence: limit}))
}

func TestPlusofonIsSlow(t *testing.T) {
	late := expectation{http.StatusGatewayTimeout, []string{"Plusofon не ответил вовремя", "Ничего не изменилось"}, 1, false}
	for _, row := range []faultRow{
		{"no answer", plusofontest.Hang(), late, late, notDone},
		{"no answer, but does it", plusofontest.CarriedOut(plusofontest.Hang()), skipped, skipped, foundDone},
		{"falls silent in the middle", dripping(5, 0), late, late, foundDone},
		{"a byte now and then", dripping(1<<20, 100*time.Millisecond), late, skipped, foundDone},
		{"a page, a byte now and then", drippingPage, late, late, notDone},
	} {
		row.meetActions(t, impatient)
	}
}

// dripping sends so many bytes of an answer one by one, with a pause after each,
// and then nothing more.
func dripping(bytes int, pause time.Duration) plusofontest.Fault {
	return func(w http.ResponseWriter, r *http.Request, api http.Handler) {
		next, ctx := make(chan struct{}), r.Context()
		go func() {
			for range bytes {
				select {
				case next <- struct{}{}:
				case <-ctx.Done():
					return
				}
				select {
				case <-time.After(pause):
				case <-ctx.Done():
					return
				}
			}
		}()
		plusofontest.Drip(next)(w, r, api)
	}
}

// drippingPage is an error page that comes a byte at a time.
func drippingPage(w http.ResponseWriter, r *http.Request, _ http.Handler) {
	dripping(1<<20, 100*time.Millisecond)(w, r, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadGateway)
		_, _ = io.WriteString(w, strings.Repeat("Bad Gateway", 1000)) // we leave
	}))
}

// While the breaker is open nothing is sent, and everybody is told.
func TestTheBreakerIsOpen(t *testing.T) {
	for _, action := range actions {
		t.Run(action.name, func(t *testing.T) {
			way := transport.New(shortly(transport.Config{BreakerFailures: 1, BreakerPause: time.Hour}))
			f := startFaulty(t, way)
			f.api.Fail(plusofontest.Match(http.MethodGet, "/api/v1/standard-media"), plusofontest.Reset(), plusofontest.Reset())
			f.session(token)
			f.get("/standard").status(http.StatusServiceUnavailable)
			f.meets(action, unreached("Plusofon сейчас недоступен"), plusofontest.Pass())
		})
	}
}

// A token that is refused when a write is looked up leads to sign-in, where it
// is said that the outcome is unknown.
func TestLookingUpIsRefused(t *testing.T) {
	t.Parallel()
	d := signedIn(t, plusofontest.File{ID: 7, Name: "Привет"})
	d.api.Fail(plusofontest.Match(http.MethodPatch, "/api/v1/media/7"), plusofontest.CarriedOut(plusofontest.Reset()))
	d.api.FailBy(func(r *http.Request) plusofontest.Fault {
		if r.Method != http.MethodGet {
			return nil
		}
		return plusofontest.JSONError(http.StatusInternalServerError, 500, "User not found.")
	})
	d.post("/media/7/rename", url.Values{"name": {"Новое"}}).status(http.StatusSeeOther).location("/login?next=%2Fmedia")
	d.get("/login").contains("больше не принимает ваш токен", "неизвестно, выполнено ли оно")
}

// What Plusofon asks for, its users are asked for, too.
func TestPlusofonAsksForPatience(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{"": "10", "7": "7", "0": "10", "soon": "10", "99999999": "3600"} {
		d := signedIn(t)
		d.api.Fail(plusofontest.Match(http.MethodGet, "/api/v1/media"), plusofontest.RetryAfter(http.StatusTooManyRequests, said))
		answer := d.get("/media").status(http.StatusServiceUnavailable).contains("Plusofon просит подождать")
		if got := answer.header.Get("Retry-After"); got != want {
			t.Errorf("Plusofon said %q, and we Retry-After %q, want %s", said, got, want)
		}
	}
}

// A write whose outcome can't be looked up either stays unknown, and is not
// sent again.
func TestLookingUpFailsToo(t *testing.T) {
	unknown := expectation{http.StatusGatewayTimeout, []string{"Plusofon не подтвердил действие", "Неизвестно, выполнено ли действие", "прежде чем повторять"}, 1, true}
	for _, action := range actions {
		if action.kind != writes {
			continue
		}
		t.Run(action.name, func(t *testing.T) {
			f := startFaulty(t, upstream())
			var written atomic.Bool
			f.api.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
				if written.Load() {
					plusofontest.HTML(http.StatusBadGateway)(w, r, nil)
					return true
				}
				written.Store(r.Method == action.method)
				return false
			})
			f.meets(action, unknown, plusofontest.CarriedOut(plusofontest.Reset()))
		})
	}
}

// Nothing goes where a redirect leads, not even a connection.
func TestPlusofonRedirectsElsewhere(t *testing.T) {
	row := faultRow{read: unreadable, play: unreadable, write: notDone}
	elsewhere := row // a download may be meant to be there
	elsewhere.play.words = []string{"Запись лежит на другом сервере", "--file-hosts"}
	for _, action := range actions {
		for _, status := range []int{301, 302, 303, 307, 308} {
			t.Run(fmt.Sprintf("%d/%s", status, action.name), func(t *testing.T) {
				f, target, reached := startWithTarget(t, plusofontest.NewServer, upstream())
				f.meets(action, elsewhere.of(action), plusofontest.Redirect(status, target+"/api/v1/media"))
				if reached() {
					t.Error("the target was reached")
				}
			})
		}
		t.Run("from https to http/"+action.name, func(t *testing.T) {
			api := plusofontest.NewTLSServer
			f, target, reached := startWithTarget(t, api, nil)
			f.meets(action, elsewhere.of(action), plusofontest.Redirect(http.StatusFound, target+"/api/v1/media"))
			if reached() {
				t.Error("the target was reached")
			}
		})
		t.Run("to itself/"+action.name, func(t *testing.T) {
			want := row.of(action)
			if action.kind != writes {
				want.asked = 4
			}
			startFaulty(t, upstream()).meets(action, want, plusofontest.Redirect(http.StatusFound, action.path))
		})
	}
}

// startWithTarget starts a dashboard and a server to which a redirect may
// lead. Without a way to Plusofon it is one that trusts Plusofon's certificate.
func startWithTarget(t *testing.T, newAPI func(...plusofontest.Option) *plusofontest.Server, way *transport.Transport) (f *faulty, target string, reached func() bool) {
	t.Helper()
	before := standing(t)
	var connections atomic.Int64
	other := httptest.NewUnstartedServer(http.NotFoundHandler())
	other.Config.ConnState = func(net.Conn, http.ConnState) { connections.Add(1) }
	other.Start()
	t.Cleanup(other.Close)
	api := newAPI(plusofontest.WithAccount(token, plusofontest.File{ID: 7, Name: "Привет", Format: "wav", Content: sound(t, "wav-pcm16-8000.wav")}))
	if way == nil {
		way = over(api.Client().Transport.(*http.Transport))
	}
	f = faultyBefore(t, before, api, way)
	f.servers = 3
	return f, other.URL, func() bool { return connections.Load() > 0 }
}

// Plusofon's pages may say any number of theirs.
func TestPlusofonMiscountsItsPages(t *testing.T) {
	t.Parallel()
	for _, numbers := range []string{
		`"current_page":0,"last_page":0`, `"current_page":9,"last_page":1`, `"current_page":null`, `"current_page":"1","last_page":"1"`,
	} {
		d := signedIn(t)
		d.api.Fail(plusofontest.Match(http.MethodGet, "/api/v1/media"),
			plusofontest.Answer(http.StatusOK, "application/json", `{`+numbers+`,"data":[{"id":7,"name":"Привет"}]}`))
		d.get("/media").status(http.StatusOK).has("tr#media-7", 1)
	}
	d := signedIn(t, files(16)...)
	d.post("/media/16/delete", nil).status(http.StatusSeeOther)
	d.get("/media?page=2").status(http.StatusOK).has("tr[data-media]", 15)
}
