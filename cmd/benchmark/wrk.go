package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
	"time"
)

// wrkReport is what wrk says of the requests that it sent.
type wrkReport struct {
	requests int     // that were answered
	median   float64 // time until an answer was read, in seconds
}

// wrk sends requests for three seconds, each connection one after the other. It
// is one thread in C, and takes little of the machine that it shares with what
// is measured.
func (l *lab) wrk(ctx context.Context, connections int, what *ask) (wrkReport, error) {
	args := []string{"--threads", "1", "--connections", strconv.Itoa(connections), "--duration", "3s", "--latency"}
	for name, values := range what.header {
		args = append(args, "--header", name+": "+values[0])
	}
	output, err := exec.CommandContext(ctx, l.programs["wrk"], append(args, what.url)...).CombinedOutput()
	if err != nil {
		return wrkReport{}, fmt.Errorf("running wrk: %w: %s", err, output)
	}
	return readWrkReport(string(output))
}

var (
	wrkRequests = regexp.MustCompile(`(\d+) requests in`)
	wrkMedian   = regexp.MustCompile(`(?m)^\s+50%\s+(\S+)`)
	wrkFailures = regexp.MustCompile(`Non-2xx.*|Socket errors.*`)
)

// readWrkReport reads what wrk has printed. A failure among the requests is an
// error: it would cost less than an answer.
func readWrkReport(text string) (r wrkReport, err error) {
	if failures := wrkFailures.FindString(text); failures != "" {
		return r, errors.New("wrk: " + failures)
	}
	requests, median := wrkRequests.FindStringSubmatch(text), wrkMedian.FindStringSubmatch(text)
	if requests == nil || median == nil {
		return r, fmt.Errorf("wrk says nothing of requests and their time: %s", text)
	}
	if r.requests, err = strconv.Atoi(requests[1]); err != nil {
		return r, fmt.Errorf("reading wrk's requests: %w", err)
	}
	took, err := time.ParseDuration(median[1]) // wrk writes durations as Go does
	if err != nil {
		return r, fmt.Errorf("reading wrk's times: %w", err)
	}
	r.median = took.Seconds()
	return r, nil
}
