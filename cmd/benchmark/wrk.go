package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
)

// wrk sends requests for some seconds, over as many connections as a browser's
// users would keep busy, and gives how many were answered.
func (l *lab) wrk(ctx context.Context, page *ask) (int, error) {
	args := []string{"--threads", "1", "--connections", "16", "--duration", "3s"}
	for name, values := range page.header {
		args = append(args, "--header", name+": "+values[0])
	}
	output, err := exec.CommandContext(ctx, l.programs["wrk"], append(args, page.url)...).CombinedOutput()
	if err != nil {
		return 0, fmt.Errorf("running wrk: %w: %s", err, output)
	}
	return answered(string(output))
}

var (
	wrkRequests = regexp.MustCompile(`(\d+) requests in`)
	wrkFailures = regexp.MustCompile(`Non-2xx.*|Socket errors.*`)
)

// answered reads the number of requests in wrk's report. A failure among them
// is an error: it would cost less than an answer.
func answered(report string) (int, error) {
	if failures := wrkFailures.FindString(report); failures != "" {
		return 0, errors.New("wrk: " + failures)
	}
	found := wrkRequests.FindStringSubmatch(report)
	if found == nil {
		return 0, fmt.Errorf("wrk says nothing of requests: %s", report)
	}
	return strconv.Atoi(found[1])
}
