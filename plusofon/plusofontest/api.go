package plusofontest

import (
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// ClientCode is the Client header that the API wants.
const ClientCode = "10553"

// PerPage is the number of files on a page of the list.
const PerPage = 15

// API is the API in memory. It is an http.Handler, safe for concurrent use.
type API struct {
	statusErrors bool
	ranges       bool
	contentType  string
	latency      time.Duration
	maxBody      int64
	presets      []Standard
	mux          *http.ServeMux
	inFlight     atomic.Int64

	mu        sync.Mutex // never held while an answer is written: a client may be slow to take it
	accounts  map[string]*account
	lastID    int64
	requests  []*recorded
	arrived   chan struct{} // closed at the next request
	intercept func(http.ResponseWriter, *http.Request) bool
	scripts   []*script
	choose    func(*http.Request) Fault
}

// New makes an API.
func New(options ...Option) *API {
	a := &API{
		accounts:    make(map[string]*account),
		arrived:     make(chan struct{}),
		contentType: "application/octet-stream",
		maxBody:     DefaultMaxBody,
		mux:         http.NewServeMux(),
	}
	WithStandard(vendorPresets...)(a)
	for _, option := range options {
		option(a)
	}
	a.mux.HandleFunc("GET /api/v1/media", a.json(a.list))
	a.mux.HandleFunc("POST /api/v1/media", a.json(a.create))
	a.mux.HandleFunc("GET /api/v1/media/{id}", a.json(a.show))
	a.mux.HandleFunc("PATCH /api/v1/media/{id}", a.json(a.rename))
	a.mux.HandleFunc("DELETE /api/v1/media/{id}", a.json(a.remove))
	a.mux.HandleFunc("GET /api/v1/media/{id}/file", a.download)
	a.mux.HandleFunc("GET /api/v1/standard-media", a.json(a.standard))
	a.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { a.fail(w, r, errNoRoute) })
	return a
}

// ServeHTTP answers as the API would, unless it is told to fail.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.inFlight.Add(1)
	defer a.inFlight.Add(-1)
	r.Body = http.MaxBytesReader(w, r.Body, a.maxBody)
	a.record(r)
	if intercept := a.interceptor(); intercept != nil && intercept(w, r) {
		return
	}
	if fault := a.nextFault(r); fault != nil {
		fault(w, r, http.HandlerFunc(a.answer))
		return
	}
	a.answer(w, r)
}

func (a *API) answer(w http.ResponseWriter, r *http.Request) {
	if a.latency > 0 {
		timer := time.NewTimer(a.latency)
		defer timer.Stop()
		await(r, timer.C)
	}
	a.mux.ServeHTTP(w, r)
}

// Intercept has every request pass through f first, which reports whether it
// has answered; nil ends that.
func (a *API) Intercept(f func(w http.ResponseWriter, r *http.Request) (handled bool)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.intercept = f
}

func (a *API) interceptor() func(http.ResponseWriter, *http.Request) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.intercept
}

// InFlight is the number of requests that are being answered.
func (a *API) InFlight() int { return int(a.inFlight.Load()) }
