package auth_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/plusofon-dashboard/dashboard/auth"
)

const address = "192.0.2.1"

// refuse tries a token that is refused, and wants it to be let through.
func refuse(t *testing.T, throttle *auth.Throttle, address string) {
	t.Helper()
	end, ok, wait := throttle.Begin(t.Context(), address)
	if !ok {
		t.Fatalf("held back for %s, want a place", wait)
	}
	end(true)
}

// heldBack wants an address to be held back for a time.
func heldBack(t *testing.T, throttle *auth.Throttle, address string, want time.Duration) {
	t.Helper()
	if _, ok, wait := throttle.Begin(t.Context(), address); ok || wait != want {
		t.Errorf("let through: %v, wait %s, want a wait of %s", ok, wait, want)
	}
}

func TestThrottle(t *testing.T) {
	t.Parallel()
	clock := newClock()
	throttle := auth.NewThrottle(3, time.Minute, clock.Now)
	refuse(t, throttle, address)
	clock.pass(10 * time.Second)
	refuse(t, throttle, address)
	refuse(t, throttle, address)
	clock.pass(20 * time.Second)
	heldBack(t, throttle, address, 30*time.Second)
	refuse(t, throttle, "192.0.2.2")
	clock.pass(30 * time.Second)
	refuse(t, throttle, address) // the first is a minute ago
	heldBack(t, throttle, address, 10*time.Second)
	clock.pass(time.Minute)
	for range 3 {
		refuse(t, throttle, address)
	}
	heldBack(t, throttle, address, time.Minute)
}

func TestGoodTokensGiveTheirPlaceBack(t *testing.T) {
	t.Parallel()
	throttle := auth.NewThrottle(3, time.Minute, newClock().Now)
	for range 3 {
		for range 20 {
			end, ok, _ := throttle.Begin(t.Context(), address)
			if !ok {
				t.Fatal("good tokens count")
			}
			end(false)
		}
		refuse(t, throttle, address)
	}
	heldBack(t, throttle, address, time.Minute)
}

// Who comes while others are being tried waits for what becomes of them.
func TestPlacesInFlightAreTaken(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		refused bool
		want    int64 // of ten that wait
	}{"refused": {true, 0}, "good": {false, 10}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				throttle := auth.NewThrottle(3, time.Minute, nil)
				var flying []func(bool)
				for range 3 {
					end, _, _ := throttle.Begin(t.Context(), address)
					flying = append(flying, end)
				}
				var let atomic.Int64
				var waiting sync.WaitGroup
				for range 10 {
					waiting.Go(func() {
						if end, ok, _ := throttle.Begin(t.Context(), address); ok {
							let.Add(1)
							end(false)
						}
					})
				}
				synctest.Wait()
				if let.Load() != 0 {
					t.Errorf("%d were let through while all places were taken", let.Load())
				}
				for _, end := range flying {
					end(tt.refused)
				}
				waiting.Wait()
				if let.Load() != tt.want {
					t.Errorf("%d of those who waited were let through, want %d", let.Load(), tt.want)
				}
			})
		})
	}
}

func TestNobodyWaitsForEver(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		throttle := auth.NewThrottle(1, time.Minute, nil)
		end, _, _ := throttle.Begin(t.Context(), address)
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		if _, ok, wait := throttle.Begin(ctx, address); ok || wait <= 0 || wait > 5*time.Second {
			t.Errorf("let through: %v, wait %s, want a short wait", ok, wait)
		}
		end(false)
		refuse(t, throttle, address)
	})
}

func TestThrottleKnowsWhatOneAddressIs(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		refused, asked string
		same           bool
	}{
		{"2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true},
		{"2001:db8:1:2::1", "2001:db8:1:3::1", false},
		{"::ffff:192.0.2.1", "192.0.2.1", true},
		{"192.0.2.1:4711", "192.0.2.1", true},
		{"[2001:db8:1:2::1]:4711", "2001:db8:1:2::2", true},
		{"[::ffff:192.0.2.1]:4711", "192.0.2.1:80", true},
		{"192.0.2.1", "noise", false},
		{"192.0.2.1", "192.0.2.2", false},
		{"fe80::1%eth0", "fe80::1", true},
		{"noise", "other noise", true},
	} {
		throttle := auth.NewThrottle(1, time.Minute, newClock().Now)
		refuse(t, throttle, tt.refused)
		if _, ok, _ := throttle.Begin(t.Context(), tt.asked); ok == tt.same {
			t.Errorf("after %s, %s is allowed: %v", tt.refused, tt.asked, ok)
		}
	}
}

func TestThrottleRemembersSoManyAddresses(t *testing.T) {
	t.Parallel()
	throttle := auth.NewThrottle(1, time.Minute, newClock().Now)
	const many = 10_000
	for i := range many {
		refuse(t, throttle, fmt.Sprintf("10.0.%d.%d", i>>8, i&255))
	}
	end, ok, _ := throttle.Begin(t.Context(), "10.1.0.0") // pushes the first out
	if !ok {
		t.Fatal("an address of its own is held back")
	}
	end(true)
	refuse(t, throttle, "10.0.0.0") // and this the second
	heldBack(t, throttle, "10.0.0.2", time.Minute)
}

func TestThrottleIsSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	throttle := auth.NewThrottle(100, time.Minute, newClock().Now)
	var let atomic.Int64
	var clients sync.WaitGroup
	for range 20 {
		clients.Go(func() {
			for range 10 {
				if end, ok, _ := throttle.Begin(t.Context(), address); ok {
					let.Add(1)
					end(true)
				}
			}
		})
	}
	clients.Wait()
	if let.Load() != 100 {
		t.Errorf("%d were refused, want 100 to be let through and no more", let.Load())
	}
	heldBack(t, throttle, address, time.Minute)
}
