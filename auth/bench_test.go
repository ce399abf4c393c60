package auth_test

import (
	"fmt"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/auth"
)

func BenchmarkOpen(b *testing.B) {
	for name, secrets := range map[string][]string{"newest": {secret}, "rotated": {newSecret, secret}} {
		b.Run(name, func(b *testing.B) {
			clock := newClock()
			cookie := start(b, newSessions(b, clock, secret), token)
			s := newSessions(b, clock, secrets...)
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := open(s, cookie); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkStart(b *testing.B) {
	s := newSessions(b, newClock(), secret)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Start(httptest.NewRecorder(), request(), token); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkThrottle(b *testing.B) {
	throttle := auth.NewThrottle(10, time.Minute, nil)
	addresses := make([]string, 1<<14)
	for i := range addresses {
		addresses[i] = fmt.Sprintf("10.0.%d.%d", i>>8, i&255)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if end, ok, _ := throttle.Begin(b.Context(), addresses[i%len(addresses)]); ok {
			end(true)
		}
	}
}
