package auth_test

import (
	"fmt"
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
		{"fe80::1%eth0", "fe80::1", true},
		{"noise", "other noise", false},
	} {
		throttle := auth.NewThrottle(1, time.Minute, newClock().Now)
		throttle.Refused(tt.refused)
		if ok, _ := throttle.Allow(tt.asked); ok == tt.same {
			t.Errorf("after %s, %s is allowed: %v", tt.refused, tt.asked, ok)
		}
	}
}

func BenchmarkThrottle(b *testing.B) {
	throttle := auth.NewThrottle(10, time.Minute, nil)
	for i := range b.N {
		address := fmt.Sprintf("10.%d.%d.%d", i>>16&255, i>>8&255, i&255)
		throttle.Refused(address)
		throttle.Allow(address)
	}
}
