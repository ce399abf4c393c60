package main

import (
	"os"
	"strconv"
	"strings"
)

// workload is the time that the CPUs have worked so far, in seconds.
type workload struct {
	all float64 // since the machine was started, for whomever
	own float64 // for this program and those that it has started
}

// readWorkload reads it, as far as /proc tells: those that this program has
// started count when they have ended.
func readWorkload() workload {
	cpus, _ := os.ReadFile("/proc/stat")
	first, _, _ := strings.Cut(string(cpus), "\n")
	fields := strings.Fields(first)
	var w workload
	for i, name := range []string{"cpu", "user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"} {
		if i < len(fields) && name != "cpu" && name != "idle" && name != "iowait" {
			w.all += ticks(fields[i])
		}
	}
	self, _ := os.ReadFile("/proc/self/stat")
	fields = strings.Fields(afterName(string(self)))
	for _, i := range []int{11, 12, 13, 14} { // utime, stime, and those of children
		if i < len(fields) {
			w.own += ticks(fields[i])
		}
	}
	return w
}

// afterName is a line of /proc/PID/stat after the name of the program, which
// stands in brackets and may hold anything.
func afterName(line string) string { return line[strings.LastIndexByte(line, ')')+1:] }

// ticks reads a time in the unit of /proc, in seconds.
func ticks(field string) float64 {
	n, _ := strconv.ParseFloat(field, 64)
	return n * tick.Seconds()
}
