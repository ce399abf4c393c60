// Command dashboard serves the Plusofon media dashboard.
//
//	dashboard --demo        try it with example files, no account needed
//	dashboard -h            all settings
//	dashboard version       which build this is
//	dashboard healthcheck   exit 0 if a dashboard answers on its address
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

// Exit statuses. 2 means that a setting is bad, as the shell's own commands
// use it for bad usage.
const (
	exitFailed  = 1
	exitSetting = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	err := run(ctx, os.Args[1:], os.Stderr, nil)
	if err == nil {
		return
	}
	fmt.Fprintln(os.Stderr, "dashboard:", err)
	var setting *settingError
	if errors.As(err, &setting) {
		os.Exit(exitSetting)
	}
	os.Exit(exitFailed)
}
