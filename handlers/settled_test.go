package handlers_test

import (
	"bytes"
	"net"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"testing"
	"time"
)

// footing is what the process holds: goroutines and open files. Tests that
// count them can't run while others do.
type footing struct{ goroutines, files int }

// standing measures the footing at rest.
func standing(t *testing.T) footing {
	t.Helper()
	// The first connection of a process opens files for all that follow.
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	return footing{runtime.NumGoroutine(), openFiles()}
}

// openFiles counts them where the system tells: on Linux.
func openFiles() int {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(entries)
}

// settles waits until the process holds no more than before, but for so many
// servers that still listen.
func (before footing) settles(t *testing.T, servers int) {
	t.Helper()
	// The collector closes files that were forgotten, which is what is looked for.
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	limit := time.After(5 * time.Second)
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for {
		now := footing{runtime.NumGoroutine(), openFiles()}
		if now.goroutines <= before.goroutines+servers && now.files <= before.files+servers {
			return
		}
		select {
		case <-tick.C:
		case <-limit:
			var stacks bytes.Buffer
			_ = pprof.Lookup("goroutine").WriteTo(&stacks, 1) // a buffer takes all
			t.Fatalf("%+v with %d servers, and %+v before; goroutines:\n%s", now, servers, before, &stacks)
		}
	}
}
