package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strings"
	"time"
)

// machine is what the figures depend on.
type machine struct {
	CPU, Kernel, Go, Nginx, Commit, Date string

	Others string // a sentence about other work on it

	begun  time.Time
	before workload
}

func lookAtMachine(ctx context.Context) *machine {
	now := time.Now()
	return &machine{
		CPU:    fmt.Sprintf("%s, %d cores", matchIn("/proc/cpuinfo", `model name\s*: (.*)`), runtime.NumCPU()),
		Kernel: matchIn("/proc/sys/kernel/osrelease", `(.*)`),
		Go:     strings.TrimPrefix(runtime.Version(), "go"),
		Nginx:  firstWordAfter(ctx, "nginx/", findPrograms()["nginx"], "-v"),
		Commit: said(ctx, "git", "describe", "--always", "--dirty"),
		Date:   now.Format(time.DateOnly),
		begun:  now,
		before: readWorkload(),
	}
}

// finish notes how much of the machine others took meanwhile.
func (m *machine) finish() {
	now := readWorkload()
	whole := time.Since(m.begun).Seconds() * float64(runtime.NumCPU())
	others := (now.all - m.before.all) - (now.own - m.before.own)
	m.Others = fmt.Sprintf("Other programs took %.0f %% of the machine meanwhile; with more than a few, measure again.", 100*max(others, 0)/whole)
}

// matchIn gives what a pattern finds in a file, "unknown" without one.
func matchIn(file, pattern string) string {
	text, _ := os.ReadFile(file)
	if found := regexp.MustCompile(pattern).FindStringSubmatch(string(text)); found != nil {
		return strings.TrimSpace(found[1])
	}
	return "unknown"
}

// said gives what a program writes, "unknown" if it can't be run.
func said(ctx context.Context, name string, args ...string) string {
	output, err := exec.CommandContext(ctx, name, args...).CombinedOutput()
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(output))
}

func firstWordAfter(ctx context.Context, before, name string, args ...string) string {
	_, rest, found := strings.Cut(said(ctx, name, args...), before)
	word, _, _ := strings.Cut(rest, " ")
	if !found {
		return "missing"
	}
	return word
}
