package plusofontest

import "net/http"

// Fault is a way to fail: it answers a request in place of the API, which it
// may ask to answer. Tests may write their own.
type Fault func(w http.ResponseWriter, r *http.Request, api http.Handler)

// Match fits the requests of a method ("": any) whose path fits a pattern of
// path.Match, such as "/api/v1/media/*/file".
func Match(method, pattern string) func(*http.Request) bool {
	return func(r *http.Request) bool { return fits(r.Method, r.URL.Path, method, pattern) }
}

// script is what the next matching requests meet.
type script struct {
	match func(*http.Request) bool
	steps []Fault
}

// Fail has the next requests that match meet the faults given, one each, in
// their order. After the last one the API answers again. Of several scripts
// the oldest that matches and has a step left is used. Match is called by one
// request at a time and must not call the API.
func (a *API) Fail(match func(*http.Request) bool, steps ...Fault) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.scripts = append(a.scripts, &script{match, steps})
}

// FailBy has choose pick a fault for each request that no script of [API.Fail]
// takes, nil for none: for faults at random or without end. Choose is called by
// one request at a time and must not call the API. FailBy(nil) ends it.
func (a *API) FailBy(choose func(r *http.Request) Fault) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.choose = choose
}

// Pending is the number of scripted steps that no request has met yet.
func (a *API) Pending() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	pending := 0
	for _, s := range a.scripts {
		pending += len(s.steps)
	}
	return pending
}

// nextFault takes the fault that a request meets, nil for none.
func (a *API) nextFault(r *http.Request) Fault {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, s := range a.scripts {
		if len(s.steps) > 0 && s.match(r) {
			step := s.steps[0]
			s.steps = s.steps[1:]
			return step
		}
	}
	if a.choose == nil {
		return nil
	}
	return a.choose(r)
}

// Pass is no fault: the API answers. With it a script can begin later.
func Pass() Fault {
	return func(w http.ResponseWriter, r *http.Request, api http.Handler) { api.ServeHTTP(w, r) }
}
