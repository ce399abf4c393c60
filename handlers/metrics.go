package handlers

import (
	"errors"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics counts what the dashboard does, for Prometheus. Labels are routes
// and words of ours, never what a client sends.
type Metrics struct {
	registry  *prometheus.Registry
	requests  *prometheus.HistogramVec // by route, method and status
	upstream  *prometheus.HistogramVec // by call and outcome
	transfers *prometheus.GaugeVec     // in flight, by direction
	bytes     *prometheus.CounterVec   // by direction
	sessions  *prometheus.CounterVec   // begun, ended
}

// NewMetrics makes metrics. Breaker, if not nil, gives the state of the breaker
// before Plusofon: 0 closed, 1 half open, 2 open.
func NewMetrics(breaker func() float64) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "dashboard_request_seconds", Help: "Time to answer a request, by route, method and status.",
			Buckets: []float64{.001, .005, .02, .1, .5, 2, 10, 60},
		}, []string{"route", "method", "status"}),
		upstream: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "dashboard_upstream_seconds", Help: "Time until Plusofon answers, by method and outcome.",
			Buckets: []float64{.005, .02, .05, .1, .25, .5, 1, 2, 5, 15, 60},
		}, []string{"method", "outcome"}),
		transfers: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "dashboard_transfers_in_flight", Help: "Files on their way, by direction.",
		}, []string{"direction"}),
		bytes: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "dashboard_transferred_bytes_total", Help: "Bytes of files sent and received, by direction.",
		}, []string{"direction"}),
		sessions: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "dashboard_sessions_total", Help: "Sessions, by what became of them.",
		}, []string{"event"}),
	}
	m.registry.MustRegister(m.requests, m.upstream, m.transfers, m.bytes, m.sessions, buildInfo(),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	if breaker != nil {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "dashboard_breaker_state", Help: "State of the breaker before Plusofon: 0 closed, 1 half open, 2 open.",
		}, breaker))
	}
	return m
}

// buildInfo tells which build of the program runs.
func buildInfo() prometheus.Collector {
	version, revision := "unknown", "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		version = info.Main.Version
		for _, setting := range info.Settings {
			if setting.Key == "vcs.revision" {
				revision = setting.Value
			}
		}
	}
	gauge := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "dashboard_build_info", Help: "Always 1; the labels say what runs.",
		ConstLabels: prometheus.Labels{"version": version, "revision": revision},
	})
	gauge.Set(1)
	return gauge
}

// Handler answers scrapes. It belongs on an address of its own.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Registry: m.registry})
}

// observe counts a request; m may be nil.
func (m *Metrics) observe(c echo.Context, took time.Duration) {
	if m == nil {
		return
	}
	route := c.Path()
	if route == "" {
		route = "none"
	}
	m.requests.WithLabelValues(route, method(c.Request().Method), strconv.Itoa(c.Response().Status)).Observe(took.Seconds())
	switch {
	case strings.HasSuffix(route, "/file"), strings.HasSuffix(route, "/preview"), strings.HasSuffix(route, "/archive"):
		m.bytes.WithLabelValues("download").Add(float64(c.Response().Size))
	}
}

// method keeps a client from making up a label for each request.
func method(name string) string {
	switch name {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPatch, http.MethodDelete:
		return name
	}
	return "other"
}

// transfer counts a file on its way until the function it gives is called; m
// may be nil.
func (m *Metrics) transfer(direction string) (done func()) {
	if m == nil {
		return func() {}
	}
	gauge := m.transfers.WithLabelValues(direction)
	gauge.Inc()
	return gauge.Dec
}

// received counts the bytes of an upload; m may be nil.
func (m *Metrics) received(bytes int64) {
	if m != nil {
		m.bytes.WithLabelValues("upload").Add(float64(bytes))
	}
}

// session counts what becomes of sessions: "begun" or "ended"; m may be nil.
func (m *Metrics) session(event string) {
	if m != nil {
		m.sessions.WithLabelValues(event).Inc()
	}
}

// Transport measures the calls to Plusofon that go through next.
func (m *Metrics) Transport(next http.RoundTripper) http.RoundTripper {
	return measured{metrics: m, next: next}
}

type measured struct {
	metrics *Metrics
	next    http.RoundTripper
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
	t.metrics.upstream.WithLabelValues(method(r.Method), outcome).Observe(time.Since(start).Seconds())
	return response, err
}
