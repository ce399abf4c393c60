package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// tick is the unit of time in /proc, the same on every Linux.
const tick = 10 * time.Millisecond

// family is a process with its children, of which nginx has some.
func (p *process) family() ([]int, error) {
	family := []int{p.command.Process.Pid}
	for i := 0; i < len(family); i++ {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", family[i], family[i]))
		if err != nil {
			return nil, fmt.Errorf("finding the children of a process: %w", err)
		}
		for word := range strings.FieldsSeq(string(text)) {
			child, err := strconv.Atoi(word)
			if err != nil {
				return nil, fmt.Errorf("finding the children of a process: %w", err)
			}
			family = append(family, child)
		}
	}
	return family, nil
}

// cpu is the time that the process and its children have taken so far, in
// seconds, of the user and of the system.
func (p *process) cpu() (float64, error) {
	return p.sum(func(pid int) (float64, error) {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			return 0, fmt.Errorf("reading the time of a process: %w", err)
		}
		fields := strings.Fields(afterName(string(text)))
		if len(fields) < 13 {
			return 0, fmt.Errorf("reading the time of a process: %q", text)
		}
		return ticks(fields[11]) + ticks(fields[12]), nil // utime and stime
	})
}

// memory is what the process and its children hold, in bytes; what they share
// is counted once.
func (p *process) memory() (float64, error) {
	return p.sum(func(pid int) (float64, error) { return kilobytesOf(pid, "smaps_rollup", "Pss:") })
}

// peak is the most memory that the process has held since [process.forgetPeak],
// in bytes.
func (p *process) peak() (float64, error) {
	return kilobytesOf(p.command.Process.Pid, "status", "VmHWM:")
}

// forgetPeak begins anew with the peak.
func (p *process) forgetPeak() error {
	if err := os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", p.command.Process.Pid), []byte("5"), 0); err != nil {
		return fmt.Errorf("beginning anew with the peak: %w", err)
	}
	return nil
}

func (p *process) sum(value func(pid int) (float64, error)) (float64, error) {
	family, err := p.family()
	if err != nil {
		return 0, err
	}
	sum := 0.0
	for _, pid := range family {
		v, err := value(pid)
		if err != nil {
			return 0, err
		}
		sum += v
	}
	return sum, nil
}

// kilobytesOf reads a line such as "VmHWM:  1234 kB" of a file in /proc.
func kilobytesOf(pid int, file, label string) (float64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", pid, file))
	if err != nil {
		return 0, fmt.Errorf("reading the memory of a process: %w", err)
	}
	for line := range strings.Lines(string(text)) {
		if fields := strings.Fields(line); len(fields) == 3 && fields[0] == label {
			n, err := strconv.ParseFloat(fields[1], 64)
			return n * 1024, err
		}
	}
	return 0, fmt.Errorf("reading the memory of a process: %s has no %s", file, label)
}

// cost is what a process takes in CPU time for something, in seconds.
func (p *process) cost(do func() error) (float64, error) {
	before, err := p.cpu()
	if err != nil {
		return 0, err
	}
	if err := do(); err != nil {
		return 0, err
	}
	after, err := p.cpu()
	return after - before, err
}
