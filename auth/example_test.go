package auth_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"time"

	"github.com/plusofon-dashboard/dashboard/auth"
)

func Example() {
	sessions, err := auth.New(auth.Config{
		Secrets: []string{"a secret of at least 32 characters, kept by whoever runs this"},
		Idle:    2 * time.Hour,
		Max:     12 * time.Hour,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /login", func(w http.ResponseWriter, r *http.Request) {
		if _, err := sessions.Start(w, r, r.FormValue("token")); err != nil {
			http.Error(w, "not signed in", http.StatusUnprocessableEntity)
		}
	})
	mux.HandleFunc("POST /logout", func(w http.ResponseWriter, r *http.Request) {
		sessions.End(w, r)
	})
	mux.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) {
		if _, err := sessions.Open(w, r); err != nil { // auth.ErrNoSession
			w.WriteHeader(http.StatusUnauthorized)
		}
	})
	server := httptest.NewServer(mux)
	defer server.Close()

	jar, err := cookiejar.New(nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	browser := &http.Client{Jar: jar}
	for _, step := range []string{"GET /", "POST /login?token=abc", "GET /", "POST /logout", "GET /"} {
		var method, path string
		fmt.Sscan(step, &method, &path)
		request, err := http.NewRequest(method, server.URL+path, nil)
		if err != nil {
			fmt.Println(err)
			return
		}
		response, err := browser.Do(request)
		if err != nil {
			fmt.Println(err)
			return
		}
		response.Body.Close()
		fmt.Println(method, request.URL.Path, response.StatusCode)
	}
	// Output:
	// GET / 401
	// POST /login 200
	// GET / 200
	// POST /logout 200
	// GET / 401
}

func ExampleThrottle() {
	clock := time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)
	throttle := auth.NewThrottle(2, time.Minute, func() time.Time { return clock })
	for range 3 {
		end, ok, retryAfter := throttle.Begin(context.Background(), "192.0.2.1")
		fmt.Println(ok, retryAfter)
		if ok {
			end(true) // Plusofon did not take the token
		}
		clock = clock.Add(10 * time.Second)
	}
	// Output:
	// true 0s
	// true 0s
	// false 40s
}
