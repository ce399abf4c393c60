package main

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
)

// serveFinishedPage is the role that answers every request with the answer that
// a file holds.
func serveFinishedPage(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("finished-page wants a file, and got %q", args)
	}
	file, err := os.Open(args[0])
	if err != nil {
		return fmt.Errorf("opening the finished page: %w", err)
	}
	defer file.Close()
	response, err := http.ReadResponse(bufio.NewReader(file), nil)
	if err != nil {
		return fmt.Errorf("reading the finished page: %w", err)
	}
	page, err := io.ReadAll(response.Body)
	if err != nil {
		return fmt.Errorf("reading the finished page: %w", err)
	}
	response.Header.Del("Date") // net/http writes it
	return serveRole(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		maps.Copy(w.Header(), response.Header)
		_, _ = w.Write(page) // wrk may have its time up
	}))
}
