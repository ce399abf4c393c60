package auth

import (
	"sync"
	"time"
)

// revoked remembers the ids of ended sessions until they would have expired.
// It grows with the number of people who sign out within [Config.Max], some
// 100 bytes each.
type revoked struct {
	mu      sync.Mutex
	until   map[string]time.Time
	cleaned time.Time
}

func newRevoked() *revoked { return &revoked{until: make(map[string]time.Time)} }

// cleanEvery is how often ids that have expired are dropped.
const cleanEvery = 10 * time.Minute

func (r *revoked) add(id string, until, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.until[id] = until
	if now.Sub(r.cleaned) < cleanEvery {
		return
	}
	r.cleaned = now
	for id, until := range r.until {
		if !now.Before(until) {
			delete(r.until, id)
		}
	}
}

func (r *revoked) has(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, ended := r.until[id]
	return ended
}
