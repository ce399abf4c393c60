package auth

import (
	"maps"
	"slices"
	"sync"
	"time"
)

// revoked remembers the ids of ended sessions until they would have expired,
// and at most so many of them, some 100 bytes each.
type revoked struct {
	limit int
	life  time.Duration // from its start, how long a session lasts at most

	mu      sync.Mutex
	started map[string]time.Time // when the session of an id started
	before  time.Time            // sessions that started no later have all ended
	cleaned time.Time
}

// cleanEvery is how often ids that have expired are dropped.
const cleanEvery = 10 * time.Minute

func newRevoked(limit int, life time.Duration) *revoked {
	return &revoked{limit: limit, life: life, started: make(map[string]time.Time)}
}

func (r *revoked) add(session *Session, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.started[session.ID] = session.Started
	full := len(r.started) > r.limit
	if full || now.Sub(r.cleaned) >= cleanEvery {
		r.cleaned = now
		maps.DeleteFunc(r.started, func(_ string, started time.Time) bool { return now.Sub(started) >= r.life })
	}
	if len(r.started) > r.limit {
		r.forgetOlderHalf()
	}
}

// forgetOlderHalf makes room. The sessions that it forgets must not come back,
// so everything that started when they did has ended from now on.
func (r *revoked) forgetOlderHalf() {
	byStart := slices.SortedFunc(maps.Values(r.started), time.Time.Compare)
	r.before = byStart[(len(byStart)-1)/2]
	maps.DeleteFunc(r.started, func(_ string, started time.Time) bool { return !started.After(r.before) })
}

func (r *revoked) has(session *Session) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, ended := r.started[session.ID]
	return ended || !session.Started.After(r.before)
}
