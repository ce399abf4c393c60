package plusofontest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
)

// ClientCode is the Client header that the API wants.
const ClientCode = "10553"

// PerPage is the number of files on a page of the list.
const PerPage = 15

// maxBody is the largest request that is read, in bytes.
const maxBody = 64 << 20

// API is the API in memory. It is an http.Handler, safe for concurrent use.
type API struct {
	statusErrors bool
	ranges       bool
	contentType  string
	presets      []Standard
	mux          *http.ServeMux

	mu        sync.Mutex
	accounts  map[string]*account
	lastID    int64
	requests  []Request
	intercept func(http.ResponseWriter, *http.Request) bool
	faults    []*fault
}

// File is a media file of an account.
type File struct {
	ID      int64 // 0 for the next free one
	Name    string
	Format  string // one of the seven words of the API
	Content []byte
}

// Standard is a preset.
type Standard struct {
	ID, Name string
	Content  []byte
}

// Option changes what an API is like.
type Option func(*API)

// WithAccount adds an account with its files.
func WithAccount(token string, files ...File) Option {
	return func(a *API) {
		owner := &account{}
		a.accounts[token] = owner
		for _, file := range files {
			a.add(owner, file)
		}
	}
}

// WithStandard replaces the vendor's four presets.
func WithStandard(presets ...Standard) Option {
	return func(a *API) { a.presets = presets }
}

// WithStatusErrors sends errors with their code as the HTTP status.
func WithStatusErrors() Option { return func(a *API) { a.statusErrors = true } }

// WithRanges has file downloads honour the Range header.
func WithRanges() Option { return func(a *API) { a.ranges = true } }

// WithFileContentType sends files with a content type.
func WithFileContentType(contentType string) Option {
	return func(a *API) { a.contentType = contentType }
}

// New makes an API.
func New(options ...Option) *API {
	a := &API{
		accounts:    make(map[string]*account),
		contentType: "application/octet-stream",
		presets:     vendorPresets(),
		mux:         http.NewServeMux(),
	}
	for _, option := range options {
		option(a)
	}
	a.mux.HandleFunc("GET /api/v1/media", a.list)
	a.mux.HandleFunc("POST /api/v1/media", a.create)
	a.mux.HandleFunc("GET /api/v1/media/{id}", a.show)
	a.mux.HandleFunc("PATCH /api/v1/media/{id}", a.rename)
	a.mux.HandleFunc("DELETE /api/v1/media/{id}", a.remove)
	a.mux.HandleFunc("GET /api/v1/media/{id}/file", a.download)
	a.mux.HandleFunc("GET /api/v1/standard-media", a.standard)
	a.mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		a.fail(w, http.StatusNotFound, "The route could not be found.")
	})
	return a
}

// Server is an API that listens on loopback.
type Server struct {
	*httptest.Server
	*API
}

// NewServer starts an API on loopback. Close it when done.
func NewServer(options ...Option) *Server {
	api := New(options...)
	return &Server{Server: httptest.NewServer(api), API: api}
}

// ServeHTTP answers as the API would, unless it is told to fail.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	counted := a.record(r)
	defer counted()
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
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
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

// fail answers with the API's error object.
func (a *API) fail(w http.ResponseWriter, code int, message string) {
	status := http.StatusOK
	if a.statusErrors {
		status = code
	}
	writeJSON(w, status, object{{"message", message}, {"code", code}})
}

// done answers a write.
func done(w http.ResponseWriter) { writeJSON(w, http.StatusOK, object{{"success", true}}) }

func vendorPresets() []Standard {
	presets := []Standard{
		{ID: "f6965c7eadb44c1a5aae6b99df4da814", Name: "Секретарь"},
		{ID: "63f9bbe47348c08087534432f998cd5a", Name: "Приветствие"},
		{ID: "d05eb4c20c64e057db5b677391dfac59", Name: "Голосовая почта"},
		{ID: "774e60095c71fbc4553e5029ad113658", Name: "Тех-поддержка"},
	}
	for i := range presets {
		presets[i].Content = tone(fmt.Sprint(i))
	}
	return presets
}
