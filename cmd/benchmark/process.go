package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"
)

// process is a program that this one has started and will stop.
type process struct {
	command *exec.Cmd
	ended   chan error
}

// launch starts a program with its output going to a file, since a pipe would
// cost the time of two processes.
func launch(ctx context.Context, output *os.File, name string, args ...string) (*process, error) {
	command := exec.CommandContext(ctx, name, args...)
	// Nothing else: a variable may be a setting of the program.
	command.Env = []string{"PATH=" + os.Getenv("PATH"), "TMPDIR=" + os.TempDir()}
	if output != nil {
		command.Stdout, command.Stderr = output, output
	}
	return begin(command)
}

func begin(command *exec.Cmd) (*process, error) {
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("starting: %w", err)
	}
	p := &process{command: command, ended: make(chan error, 1)}
	go func() { p.ended <- command.Wait() }()
	return p, nil
}

// stop asks the process to end, and after a while makes it.
func (p *process) stop() {
	_ = p.command.Process.Signal(os.Interrupt) // it may have ended
	select {
	case <-p.ended:
	case <-time.After(10 * time.Second):
		_ = p.command.Process.Kill()
		<-p.ended
	}
}

// helper is this program in a role of its own: a server, so that its time and
// memory can be told from those of who asks.
type helper struct {
	*process
	address string // http://…
}

// startHelper starts a role. It ends when its standard input does, and so with
// this process, however that ends.
func startHelper(ctx context.Context, role string, args ...string) (*helper, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("finding this program: %w", err)
	}
	command := exec.CommandContext(ctx, self, append([]string{role}, args...)...)
	command.Stderr = os.Stderr
	if _, err := command.StdinPipe(); err != nil {
		return nil, err
	}
	said, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	var address string
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("starting %s: %w", role, err)
	}
	_, scanned := fmt.Fscanln(said, &address)
	p := &process{command: command, ended: make(chan error, 1)}
	go func() { p.ended <- command.Wait() }()
	if scanned != nil {
		p.stop()
		return nil, fmt.Errorf("starting %s: %w", role, scanned)
	}
	return &helper{process: p, address: address}, nil
}

// endWithInput ends a role with its standard input.
func endWithInput() {
	_, _ = io.Copy(io.Discard, os.Stdin)
	os.Exit(0)
}
