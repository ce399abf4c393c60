package transport

import "net/http"

// Connections are those of New, for tests that lay wires of their own.
func Connections() *http.Transport { return connections(Defaults()) }

// Defaults are the limits of the program.
func Defaults() Config { return Config{}.withDefaults() }
