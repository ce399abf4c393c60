package transport

import (
	"crypto/tls"
	"math/rand/v2"
	"net"
	"net/http"
	"time"
)

// All users share one connection of HTTP/2. If it is dead without a sign, pings
// find out before the first request on it has run out of time.
const (
	pingAfter  = 8 * time.Second // of silence
	pingAnswer = 4 * time.Second
)

// Config are the limits. What is 0 has its default.
type Config struct {
	Connect      time.Duration // to open a connection, and again for TLS; 5 s
	Answer       time.Duration // until an answer begins; 15 s
	UploadAnswer time.Duration // the same after a body was sent, and for each piece of it; 60 s
	BodySilence  time.Duration // between two reads of an answer's body, and for the whole of a short answer; 20 s

	RetryDelay func() time.Duration // before the second try of a read; 100 to 400 ms by chance

	BreakerFailures uint32        // failures in a row that open the breaker; 8
	BreakerPause    time.Duration // for which it stays open; 10 s
	// BreakerChanged, if not nil, is told of each change between "closed",
	// "open" and "half-open". It must not call the stack.
	BreakerChanged func(from, to string)
}

func (c Config) withDefaults() Config {
	for _, limit := range []struct {
		value     *time.Duration
		otherwise time.Duration
	}{
		{&c.Connect, 5 * time.Second}, {&c.Answer, 15 * time.Second}, {&c.UploadAnswer, time.Minute},
		{&c.BodySilence, 20 * time.Second}, {&c.BreakerPause, 10 * time.Second},
	} {
		if *limit.value <= 0 {
			*limit.value = limit.otherwise
		}
	}
	if c.BreakerFailures == 0 {
		c.BreakerFailures = 8
	}
	if c.RetryDelay == nil {
		c.RetryDelay = func() time.Duration {
			return 100*time.Millisecond + rand.N(300*time.Millisecond) // #nosec G404 -- chance, not secrecy
		}
	}
	return c
}

// Transport is the whole stack.
type Transport struct {
	http.RoundTripper
	breaker *breaker
	base    http.RoundTripper
}

// New builds the stack over connections of its own.
func New(config Config) *Transport {
	config = config.withDefaults()
	return Over(connections(config), config)
}

// Over builds the stack over another transport.
func Over(base http.RoundTripper, config Config) *Transport {
	config = config.withDefaults()
	limited := &limits{next: base, config: config}
	b := newBreaker(&retry{next: limited, delay: config.RetryDelay}, config)
	return &Transport{RoundTripper: &allowed{next: b}, breaker: b, base: base}
}

// CloseIdleConnections closes those connections that no request uses, as
// http.Client's method of this name wants it.
func (t *Transport) CloseIdleConnections() {
	if base, ok := t.base.(interface{ CloseIdleConnections() }); ok {
		base.CloseIdleConnections()
	}
}

// connections are tuned to one host to which the requests of all users go.
func connections(config Config) *http.Transport {
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: config.Connect}).DialContext,
		TLSHandshakeTimeout:   config.Connect,
		TLSClientConfig:       &tls.Config{MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2:     true,
		HTTP2:                 &http.HTTP2Config{SendPingTimeout: pingAfter, PingTimeout: pingAnswer},
		MaxIdleConns:          256,
		MaxIdleConnsPerHost:   64,
		IdleConnTimeout:       90 * time.Second,
		ExpectContinueTimeout: time.Second,
		WriteBufferSize:       1 << 10, // for the head of a request: bodies come in larger pieces, and pass it by
	}
}
