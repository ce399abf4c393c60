package auth

import (
	"net"
	"net/netip"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
)

// maxAddresses bounds the memory of a throttle: some 100 bytes an address.
const maxAddresses = 10_000

// Throttle counts refused tokens by address, so that nobody can guess tokens
// quickly. Accepted tokens don't count: a whole office may share an address.
//
// It remembers a bounded number of addresses, and forgets those first that
// were not heard of for longest. It is safe for concurrent use; tokens that are
// tried at the same moment are all let through, and counted when refused.
type Throttle struct {
	refused int
	window  time.Duration
	now     func() time.Time

	mu        sync.Mutex
	addresses *lru.Cache[string, *attempts]
}

// attempts are the refused tokens of one address in its present window.
type attempts struct {
	count int
	ends  time.Time
}

// NewThrottle allows so many refused tokens an address in a window of time,
// which begins with the first of them and is not prolonged by others.
// The clock is time.Now if now is nil.
func NewThrottle(refused int, window time.Duration, now func() time.Time) *Throttle {
	if now == nil {
		now = time.Now
	}
	addresses, err := lru.New[string, *attempts](maxAddresses)
	if err != nil {
		panic(err) // only for a size that is not positive
	}
	return &Throttle{refused: refused, window: window, now: now, addresses: addresses}
}

// Allow reports whether an address may try a token, and if not, after what
// time it may.
func (t *Throttle) Allow(address string) (ok bool, retryAfter time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	tried, known := t.addresses.Get(network(address))
	if !known || tried.count < t.refused {
		return true, 0
	}
	wait := tried.ends.Sub(t.now())
	return wait <= 0, max(wait, 0)
}

// Refused counts a refused token of an address.
func (t *Throttle) Refused(address string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	key, now := network(address), t.now()
	tried, known := t.addresses.Get(key)
	if !known || !now.Before(tried.ends) {
		tried = &attempts{ends: now.Add(t.window)}
		t.addresses.Add(key, tried)
	}
	tried.count++
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
