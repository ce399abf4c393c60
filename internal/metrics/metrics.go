// Package metrics counts what the dashboard does, for Prometheus: its registry, with
// a text of help for each metric, and the transport that measures calls to Plusofon.
package metrics

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/VictoriaMetrics/metrics"
)

// Registry counts what the dashboard does, in the text format of Prometheus.
// Labels are routes and words of ours, never what a client sends.
type Registry struct {
	set       *metrics.Set
	transfers map[string]*metrics.Gauge   // files on their way, by direction
	bytes     map[string]*metrics.Counter // of files, by direction
	sessions  map[string]*metrics.Counter // by what became of them
}

// Upper bounds of the histograms, in seconds.
var (
	requestBuckets  = []float64{.001, .005, .02, .1, .5, 2, 10, 60}
	upstreamBuckets = []float64{.005, .02, .05, .1, .25, .5, 1, 2, 5, 15, 60}
)

// New makes a registry. Breaker, if not nil, gives the state of the breaker
// before Plusofon: 0 closed, 1 half open, 2 open.
func New(build Build, breaker func() float64) *Registry {
	metrics.ExposeMetadata(true) // the types; it holds for the whole process
	m := &Registry{
		set:       metrics.NewSet(),
		transfers: map[string]*metrics.Gauge{},
		bytes:     map[string]*metrics.Counter{},
		sessions:  map[string]*metrics.Counter{},
	}
	for _, direction := range []string{"download", "upload"} {
		m.transfers[direction] = m.set.NewGauge(fmt.Sprintf("dashboard_transfers_in_flight{direction=%q}", direction), nil)
		m.bytes[direction] = m.set.NewCounter(fmt.Sprintf("dashboard_transferred_bytes_total{direction=%q}", direction))
	}
	for _, event := range []string{"begun", "ended"} {
		m.sessions[event] = m.set.NewCounter(fmt.Sprintf("dashboard_sessions_total{event=%q}", event))
	}
	m.set.NewGauge(fmt.Sprintf("dashboard_build_info{revision=%q,version=%q}", build.Revision, build.Version), func() float64 { return 1 })
	if breaker != nil {
		m.set.NewGauge("dashboard_breaker_state", breaker)
	}
	return m
}

// Build tells which build of the program runs.
type Build struct {
	Version  string // as tagged, such as "v1.2.3"
	Revision string // of the source
}

// help says what each metric is.
var help = map[string]string{
	"dashboard_breaker_state":           "Whether Plusofon is asked: 0 yes, 1 one request to see whether it is back, 2 no.",
	"dashboard_build_info":              "Always 1; the labels say which build runs.",
	"dashboard_request_seconds":         "Time to answer a request, by route, method and status; 499 is a client that has left.",
	"dashboard_sessions_total":          "Sessions that have begun or ended.",
	"dashboard_transferred_bytes_total": "Bytes of files, by direction.",
	"dashboard_transfers_in_flight":     "Files on their way now, by direction.",
	"dashboard_upstream_seconds":        "Time until Plusofon answers, by method and outcome: a status, cancelled, not sent or unreachable.",
}

// ServeHTTP answers scrapes. It belongs on an address of its own.
func (m *Registry) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	var text bytes.Buffer
	m.set.WritePrometheus(&text)
	metrics.WriteProcessMetrics(&text)
	// The library leaves the help empty.
	for line := range bytes.Lines(text.Bytes()) {
		if name, ok := bytes.CutPrefix(bytes.TrimSpace(line), []byte("# HELP ")); ok && help[string(name)] != "" {
			line = fmt.Appendf(nil, "# HELP %s %s\n", name, help[string(name)])
		}
		if _, err := w.Write(line); err != nil {
			return // whoever asked has left
		}
	}
}

// Request is what is counted of a request.
type Request struct {
	Method string
	Route  string // as it was registered, never the address itself
	Status int
	Bytes  int64 // of the response
	Took   time.Duration
}

// Observe counts a request; m may be nil.
func (m *Registry) Observe(r Request) {
	if m == nil {
		return
	}
	m.histogram("dashboard_request_seconds", requestBuckets, label{"method", method(r.Method)}, label{"route", r.Route},
		label{"status", strconv.Itoa(r.Status)}).Update(r.Took.Seconds())
	switch {
	case strings.HasSuffix(r.Route, "/file"), strings.HasSuffix(r.Route, "/preview"), strings.HasSuffix(r.Route, "/archive"):
		m.bytes["download"].AddInt64(r.Bytes)
	}
}

type label struct{ name, value string }

// histogram gives the one of some labels. It is known by its name with all of
// them, put together here for every request.
func (m *Registry) histogram(name string, buckets []float64, labels ...label) *metrics.PrometheusHistogram {
	series := append(make([]byte, 0, 128), name...)
	before := byte('{')
	for _, l := range labels {
		series = append(append(append(series, before), l.name...), '=')
		series = strconv.AppendQuote(series, l.value)
		before = ','
	}
	return m.set.GetOrCreatePrometheusHistogramExt(string(append(series, '}')), buckets)
}

// method keeps a client from making up a label for each request.
func method(name string) string {
	switch name {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPatch, http.MethodDelete:
		return name
	}
	return "other"
}

// Transfer counts a file on its way until the function it gives is called; m
// may be nil.
func (m *Registry) Transfer(direction string) (done func()) {
	if m == nil {
		return func() {}
	}
	gauge := m.transfers[direction]
	gauge.Inc()
	return gauge.Dec
}

// Received counts the bytes of an upload; m may be nil.
func (m *Registry) Received(bytes int64) {
	if m != nil {
		m.bytes["upload"].AddInt64(bytes)
	}
}

// Session counts what becomes of sessions: "begun" or "ended"; m may be nil.
func (m *Registry) Session(event string) {
	if m != nil {
		m.sessions[event].Inc()
	}
}

// Transport measures the calls to Plusofon that go through next.
func (m *Registry) Transport(next http.RoundTripper) http.RoundTripper {
	return measured{registry: m, next: next}
}

type measured struct {
	registry *Registry
	next     http.RoundTripper
}

// RoundTrip sends the request and measures the time to the answer's headers.
func (t measured) RoundTrip(r *http.Request) (*http.Response, error) {
	start := time.Now()
	response, err := t.next.RoundTrip(r)
	outcome := "unreachable"
	var notSent interface{ NotSent() bool }
	switch {
	case err == nil:
		outcome = strconv.Itoa(response.StatusCode)
	case errors.As(err, &notSent) && notSent.NotSent():
		outcome = "not sent"
	case r.Context().Err() != nil:
		outcome = "cancelled"
	}
	t.registry.histogram("dashboard_upstream_seconds", upstreamBuckets, label{"method", method(r.Method)}, label{"outcome", outcome}).
		Update(time.Since(start).Seconds())
	return response, err
}
