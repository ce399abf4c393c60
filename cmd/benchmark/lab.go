package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// lab is what all measurements share.
type lab struct {
	folder   string            // for temporary files
	binary   string            // the dashboard
	upstream *helper           // in place of Plusofon
	programs map[string]string // of the machine, by name; those that are there
}

// openLab builds the program and starts the upstream.
func openLab(ctx context.Context) (_ *lab, err error) {
	folder, err := os.MkdirTemp("", "benchmark-*")
	if err != nil {
		return nil, fmt.Errorf("making a temporary folder: %w", err)
	}
	l := &lab{folder: folder, binary: filepath.Join(folder, "dashboard"), programs: findPrograms()}
	defer func() {
		if err != nil {
			l.close()
		}
	}()
	// As it is delivered: see the Dockerfile.
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", l.binary, "./cmd/dashboard")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if output, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("building the dashboard: %w\n%s", err, output)
	}
	if l.upstream, err = startHelper(ctx, "upstream"); err != nil {
		return nil, err
	}
	return l, nil
}

func (l *lab) close() {
	if l.upstream != nil {
		l.upstream.stop()
	}
	if err := os.RemoveAll(l.folder); err != nil {
		fmt.Fprintln(os.Stderr, "benchmark:", err)
	}
}

// findPrograms finds what is compared with, and what does a part of the work.
// Debian keeps servers where not everybody's PATH leads.
func findPrograms() map[string]string {
	found := map[string]string{}
	for name, paths := range map[string][]string{
		"nginx":    {"nginx", "/usr/sbin/nginx"},
		"wrk":      {"wrk"},
		"npx":      {"npx"},
		"Chromium": {os.Getenv("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"},
	} {
		for _, path := range paths {
			if full, err := exec.LookPath(path); err == nil && path != "" {
				found[name] = full
				break
			}
		}
	}
	return found
}

// newLog makes the file to which a program writes.
func (l *lab) newLog() (*os.File, error) {
	file, err := os.CreateTemp(l.folder, "*.log")
	if err != nil {
		return nil, fmt.Errorf("making a log: %w", err)
	}
	return file, nil
}

// tail adds to an error what a program wrote last.
func tail(err error, log string) error {
	text, failed := os.ReadFile(log)
	if failed != nil {
		return errors.Join(err, failed)
	}
	return fmt.Errorf("%w; its log: %s", err, text[max(0, len(text)-500):])
}
