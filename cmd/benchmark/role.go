package main

import (
	"fmt"
	"net"
	"net/http"
	"time"
)

// roles are the servers that this program can be when it is started with the
// name of one. Each is a process of its own.
var roles = map[string]func(args []string) error{
	"upstream":      func([]string) error { return serveRole(newUpstream()) },
	"finished-page": serveFinishedPage,
	"parsed-form":   serveParsedForm,
	"plain-proxy":   servePlainProxy,
}

// serveRole serves on a free port, and writes the address on a line.
func serveRole(handler http.Handler) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("listening: %w", err)
	}
	if _, err := fmt.Printf("http://%s\n", listener.Addr()); err != nil {
		return fmt.Errorf("writing the address: %w", err)
	}
	go endWithInput()
	return (&http.Server{Handler: handler, ReadHeaderTimeout: time.Minute}).Serve(listener)
}
