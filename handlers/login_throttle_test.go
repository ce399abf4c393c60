package handlers_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/plusofon-dashboard/dashboard/auth"
	"github.com/plusofon-dashboard/dashboard/handlers"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

func TestGuessingIsSlowedDown(t *testing.T) {
	t.Parallel()
	d := start(t, plusofontest.WithAccount(token))
	for range 10 {
		d.signIn(token) // good tokens don't count
		d.post("/login", url.Values{"token": {"wrong"}}).status(http.StatusUnprocessableEntity)
	}
	d.throttled()
}

// throttled wants a token to be held back, and Plusofon not to be asked.
func (d *dashboard) throttled() {
	d.t.Helper()
	before := d.asked()
	answer := d.post("/login", url.Values{"token": {"wrong"}}).status(http.StatusTooManyRequests).
		contains("Слишком много попыток входа", "неверный токен")
	if answer.header.Get("Retry-After") == "" {
		d.t.Error("no Retry-After")
	}
	if got := d.asked(); got != before {
		d.t.Errorf("Plusofon was asked %d more times, want none", got-before)
	}
}

// checkAtOnce has Plusofon answer nobody before ten tokens are being checked.
func (d *dashboard) checkAtOnce() {
	d.api.FailBy(func(*http.Request) plusofontest.Fault {
		return func(w http.ResponseWriter, r *http.Request, api http.Handler) {
			if d.api.Await(r.Context(), http.MethodGet, "/api/v1/media", 10) == nil {
				api.ServeHTTP(w, r)
			}
		}
	})
}

// signInAtOnce tries a token so many times in parallel and counts the statuses.
func (d *dashboard) signInAtOnce(token string, times int) map[int]int {
	d.t.Helper()
	statuses := make(chan int, times)
	var clients sync.WaitGroup
	for range times {
		clients.Go(func() {
			response, err := newBrowser(d.t).PostForm(d.url+"/login", url.Values{"token": {token}})
			if err != nil {
				d.t.Error(err)
				return
			}
			response.Body.Close()
			statuses <- response.StatusCode
		})
	}
	clients.Wait()
	close(statuses)
	count := map[int]int{}
	for status := range statuses {
		count[status]++
	}
	return count
}

func TestGuessingInParallelIsSlowedDown(t *testing.T) {
	t.Parallel()
	d := start(t, plusofontest.WithAccount(token))
	d.checkAtOnce()
	got := d.signInAtOnce("wrong", 200)
	if got[http.StatusUnprocessableEntity] != 10 || got[http.StatusTooManyRequests] != 190 {
		t.Errorf("statuses %v, want 10 of 422 and 190 of 429", got)
	}
	if asked := d.asked(); asked != 10 {
		t.Errorf("Plusofon was asked %d times, want 10", asked)
	}
}

// A whole office behind one address begins to work at nine.
func TestManyMaySignInAtOnce(t *testing.T) {
	t.Parallel()
	d := start(t, plusofontest.WithAccount(token))
	d.checkAtOnce()
	if got := d.signInAtOnce(token, 30); got[http.StatusSeeOther] != 30 {
		t.Errorf("statuses %v, want 30 of 303", got)
	}
	for range 10 { // all places are free again
		d.post("/login", url.Values{"token": {"wrong"}}).status(http.StatusUnprocessableEntity)
	}
	d.throttled()
}

// Who hangs up before the answer learns nothing, but has guessed all the same.
func TestHangingUpDoesNotHelpGuessing(t *testing.T) {
	t.Parallel()
	d := start(t, plusofontest.WithAccount(token))
	left := make(chan struct{})
	d.api.FailBy(func(*http.Request) plusofontest.Fault {
		return func(w http.ResponseWriter, r *http.Request, api http.Handler) {
			<-left
			api.ServeHTTP(w, r)
		}
	})
	ctx, leave := context.WithCancel(t.Context())
	var clients sync.WaitGroup
	for range 10 {
		clients.Go(func() {
			body := strings.NewReader(url.Values{"token": {"wrong"}}.Encode())
			request, err := http.NewRequestWithContext(ctx, http.MethodPost, d.url+"/login", body)
			if err != nil {
				t.Error(err)
				return
			}
			request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			if response, err := d.client.Do(request); err == nil {
				response.Body.Close()
				t.Error("an answer came before anybody left")
			}
		})
	}
	if err := d.api.Await(t.Context(), http.MethodGet, "/api/v1/media", 10); err != nil {
		t.Fatal(err)
	}
	leave()
	clients.Wait()
	close(left)
	d.throttled()
}

// Who gets no place for as long as Plusofon may take is not said to have
// guessed.
func TestSigningInWhileManyDo(t *testing.T) {
	t.Parallel()
	var config handlers.Config
	startWith(t, func(c *handlers.Config) { config = *c })
	synctest.Test(t, func(t *testing.T) {
		config.Throttle = auth.NewThrottle(1, time.Minute, nil)
		handler, err := handlers.New(config)
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest(http.MethodPost, "/login", strings.NewReader("token=good"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if _, ok, _ := config.Throttle.Begin(t.Context(), r.RemoteAddr); !ok {
			t.Fatal("no place for the first")
		}
		recorder := httptest.NewRecorder()
		handler.ServeHTTP(recorder, r)
		answer := &answer{t: t, code: recorder.Code, header: recorder.Header(), body: recorder.Body.String()}
		answer.status(http.StatusTooManyRequests).contains("входят сразу многие").lacks("неверный токен")
		if got := answer.header.Get("Retry-After"); got != "1" {
			t.Errorf("Retry-After %q, want 1", got)
		}
	})
}
