package main

import (
	"io"
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
