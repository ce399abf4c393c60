package auth

import (
	"context"
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
)

// maxAddresses bounds the memory of a throttle: some 500 bytes an address.
const maxAddresses = 10_000

// Throttle lets an address have only so many tokens refused in a window of
// time, so that nobody can guess tokens quickly. Accepted tokens don't count: a
// whole office may share an address.
//
// It remembers a bounded number of addresses, and forgets those first that
// were not heard of for longest. It is safe for concurrent use.
type Throttle struct {
	places int
	window time.Duration
	now    func() time.Time

	mu        sync.Mutex
	addresses *lru.Cache[string, *attempts]
}

// attempts are those of one address.
type attempts struct {
	inFlight int
	refused  []time.Time   // within the window, oldest first
	ended    chan struct{} // closed when one of those in flight ends
}

// NewThrottle allows so many refused tokens an address in any window of time.
// The clock is time.Now if now is nil.
func NewThrottle(refused int, window time.Duration, now func() time.Time) *Throttle {
	if now == nil {
		now = time.Now
	}
	addresses, err := lru.New[string, *attempts](maxAddresses)
	if err != nil {
		panic(err) // only for a size that is not positive
	}
	return &Throttle{places: refused, window: window, now: now, addresses: addresses}
}

// Begin takes a place for trying a token, which may turn out to be refused; so
// however many are tried at the same moment, no more are refused than may be.
// Once it is known, end must be called, once, with whether the token was
// refused: if not, the place is free again.
//
// While all places are taken by attempts in flight, Begin waits for one of them
// to end, as long as ctx allows. It is not ok when refused tokens have used the
// places up, or ctx ends; then another try makes sense after retryAfter.
func (t *Throttle) Begin(ctx context.Context, address string) (end func(refused bool), ok bool, retryAfter time.Duration) {
	key := network(address)
	for {
		tried, ended, wait := t.take(key)
		if tried != nil {
			return func(refused bool) { t.end(key, tried, refused) }, true, 0
		}
		if wait > 0 {
			return nil, false, wait
		}
		select {
		case <-ended:
		case <-ctx.Done():
			return nil, false, time.Second // whoever is in flight ends soon
		}
	}
}

// take takes a place. If there is none it gives the time after which there is
// one again or, for places that are only taken by attempts in flight, what
// tells that one of them has ended.
func (t *Throttle) take(key string) (tried *attempts, ended <-chan struct{}, wait time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	tried, known := t.addresses.Get(key)
	if !known {
		tried = &attempts{ended: make(chan struct{})}
		t.addresses.Add(key, tried)
	}
	now := t.now()
	tried.refused = slices.DeleteFunc(tried.refused, func(at time.Time) bool { return now.Sub(at) >= t.window })
	switch {
	case len(tried.refused) >= t.places:
		return nil, nil, tried.refused[0].Add(t.window).Sub(now)
	case len(tried.refused)+tried.inFlight >= t.places:
		return nil, tried.ended, 0
	}
	tried.inFlight++
	return tried, nil, 0
}

// end gives a place back, or keeps it for the window if the token was refused,
// and wakes those who wait for one.
func (t *Throttle) end(key string, tried *attempts, refused bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	tried.inFlight--
	if refused {
		tried.refused = append(tried.refused, t.now())
	}
	close(tried.ended)
	tried.ended = make(chan struct{})
	if present, known := t.addresses.Peek(key); known && present == tried && tried.inFlight == 0 && len(tried.refused) == 0 {
		t.addresses.Remove(key) // or good tokens would make it forget refused ones
	}
}

// network is what counts as one address: an IPv4 address, or the /64 that a
// single subscriber has of IPv6. Whatever is no address counts as one and the
// same, so that made-up ones don't get round the limit.
func network(address string) string {
	if host, _, err := net.SplitHostPort(address); err == nil {
		address = host
	}
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return ""
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is4() {
		return ip.String()
	}
	return netip.PrefixFrom(ip, 64).Masked().String()
}
