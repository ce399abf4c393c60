package auth_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/auth"
)

func TestThrottle(t *testing.T) {
	t.Parallel()
	clock := newClock()
	throttle := auth.NewThrottle(3, time.Minute, clock.Now)
	const address = "192.0.2.1"
	for range 3 {
		if ok, _ := throttle.Allow(address); !ok {
			t.Fatal("refused before the limit")
		}
		throttle.Refused(address)
	}
	clock.pass(20 * time.Second)
	if ok, wait := throttle.Allow(address); ok || wait != 40*time.Second {
		t.Errorf("got %v, wait %s, want a wait of 40 s", ok, wait)
	}
	if ok, _ := throttle.Allow("192.0.2.2"); !ok {
		t.Error("another address is refused too")
	}
	clock.pass(40 * time.Second)
	if ok, _ := throttle.Allow(address); !ok {
		t.Error("still refused when the window has passed")
	}
	throttle.Refused(address)
	if ok, _ := throttle.Allow(address); !ok {
		t.Error("the new window does not begin at zero")
	}
	throttle.Refused(address)
	throttle.Refused(address)
	if ok, wait := throttle.Allow(address); ok || wait != time.Minute {
		t.Errorf("the second window: got %v, wait %s, want a wait of 1 m", ok, wait)
	}
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
		throttle.Refused(tt.refused)
		if ok, _ := throttle.Allow(tt.asked); ok == tt.same {
			t.Errorf("after %s, %s is allowed: %v", tt.refused, tt.asked, ok)
		}
	}
}

func TestThrottleRemembersSoManyAddresses(t *testing.T) {
	t.Parallel()
	throttle := auth.NewThrottle(1, time.Minute, newClock().Now)
	const many = 10_000
	for i := range many + 1 {
		throttle.Refused(fmt.Sprintf("10.0.%d.%d", i>>8, i&255))
	}
	if ok, _ := throttle.Allow("10.0.0.0"); !ok {
		t.Error("the first of too many addresses is still remembered")
	}
	if ok, _ := throttle.Allow("10.0.0.1"); ok {
		t.Error("the second address was forgotten: there was room for it")
	}
}

func TestThrottleIsSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	throttle := auth.NewThrottle(100, time.Minute, newClock().Now)
	var clients sync.WaitGroup
	for range 10 {
		clients.Go(func() {
			for range 10 {
				if ok, _ := throttle.Allow("192.0.2.1"); !ok {
					t.Error("refused before the limit")
				}
				throttle.Refused("192.0.2.1")
			}
		})
	}
	clients.Wait()
	if ok, wait := throttle.Allow("192.0.2.1"); ok || wait != time.Minute {
		t.Errorf("got %v, wait %s: a refused token was not counted", ok, wait)
	}
}
