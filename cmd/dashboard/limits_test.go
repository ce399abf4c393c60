package main

import (
	"bufio"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// Clients that never finish their headers hold nobody up, and are hung up on.
// The soak does the same with a thousand, and measures.
func TestUnfinishedHeaders(t *testing.T) {
	t.Parallel()
	if readHeaderTimeout != 5*time.Second {
		t.Errorf("headers may take %s, want 5 s", readHeaderTimeout)
	}
	address := startProgram(t, "--demo")
	var slow []net.Conn
	for range 200 {
		conn, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := io.WriteString(conn, "GET /login HTTP/1.1\r\nHost: localhost\r\nX-Slow: "); err != nil {
			t.Fatal(err)
		}
		slow = append(slow, conn)
	}
	response, err := http.Get(address + "/login")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil || response.StatusCode != http.StatusOK {
		t.Errorf("meanwhile a page is answered with status %d, %v", response.StatusCode, err)
	}
	deadline := time.Now().Add(30 * time.Second) // far more than it takes
	for _, conn := range slow {
		if err := conn.SetReadDeadline(deadline); err != nil {
			t.Fatal(err)
		}
		if answer, err := io.ReadAll(conn); err != nil || len(answer) > 0 {
			t.Fatalf("a connection was not just closed: %q, %v", answer, err)
		}
	}
}

func TestLimitsOfTheServer(t *testing.T) {
	t.Parallel()
	server := newServer(http.NotFoundHandler(), slog.New(slog.DiscardHandler))
	for name, tt := range map[string]struct{ got, want any }{
		"headers":             {server.ReadHeaderTimeout, 5 * time.Second},
		"an idle connection":  {server.IdleTimeout, time.Minute},
		"a whole request":     {server.ReadTimeout, time.Duration(0)}, // bodies have rolling deadlines
		"a whole answer":      {server.WriteTimeout, time.Duration(0)},
		"bytes of headers":    {server.MaxHeaderBytes, 32 << 10},
		"shutting down":       {shutdownTime, 30 * time.Second},
		"refused tokens":      {refusedTokens, 10},
		"their time":          {refusedWindow, time.Minute},
		"OPTIONS * by itself": {server.DisableGeneralOptionsHandler, true},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %v, want %v", name, tt.got, tt.want)
		}
	}
}

// What is not a page has the headers of all answers, too, and headers without
// end have none.
func TestOddRequests(t *testing.T) {
	t.Parallel()
	address := startProgram(t, "--demo")
	for request, want := range map[string]struct {
		status int
		header string
	}{
		"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n":                                            {http.StatusNotFound, "nosniff"},
		"GET /login HTTP/1.1\r\nHost: localhost\r\nX: " + strings.Repeat("x", 40<<10) + "\r\n\r\n": {http.StatusRequestHeaderFieldsTooLarge, ""},
	} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := io.WriteString(conn, request); err != nil {
			t.Fatal(err)
		}
		response, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := response.Header.Get("X-Content-Type-Options"); response.StatusCode != want.status || got != want.header {
			t.Errorf("%.10s: status %d, X-Content-Type-Options %q", request, response.StatusCode, got)
		}
	}
}
