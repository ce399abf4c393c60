package plusofontest

import "net/http"

// Fault is a way to fail: it answers a request in place of the API, which it
// may ask to answer.
type Fault func(w http.ResponseWriter, r *http.Request, api http.Handler)

// Match chooses the requests that a fault is for.
type Match func(r *http.Request) bool

// fault is a script: the steps that the next fitting requests meet.
type fault struct {
	match Match
	steps []Fault
}

// Fail has the next requests that fit meet the faults given, one each, in
// their order. After the last one the API answers again.
func (a *API) Fail(match Match, steps ...Fault) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.faults = append(a.faults, &fault{match: match, steps: steps})
}

// nextFault takes the fault that a request meets, nil for none.
func (a *API) nextFault(r *http.Request) Fault {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, f := range a.faults {
		if len(f.steps) > 0 && f.match(r) {
			step := f.steps[0]
			f.steps = f.steps[1:]
			return step
		}
	}
	return nil
}
