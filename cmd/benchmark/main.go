// Command benchmark measures the program beside what it is compared with, and
// prints one table with the limits that docs/benchmarks.md promises.
//
//	benchmark -output docs/benchmarks.md   everything, into a file too
//	benchmark -row download                what has this in its name, printed only
//
// It is run in the folder of the module, by "make bench", on Linux: what a
// process takes is read from /proc. The servers that it measures against are
// this program, too, started with the name of a role.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "benchmark:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) > 0 {
		if role, ok := roles[args[0]]; ok {
			return role(args[1:])
		}
	}
	flags := flag.NewFlagSet("benchmark", flag.ContinueOnError)
	wanted := flags.String("row", "", "measure only what has this in its `name`")
	output := flags.String("output", "", "write the table to this `file`, too")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return nil
	case err != nil:
		return err
	}
	chosen := choose(measurements, *wanted)
	if len(chosen) == 0 {
		return fmt.Errorf("nothing has %q in its name: there are %s", *wanted, names(measurements))
	}
	return measureAll(ctx, chosen, *output)
}

// measureAll measures one thing after the other and shows the table.
func measureAll(ctx context.Context, chosen []measurement, output string) error {
	machine := lookAtMachine(ctx)
	lab, err := openLab(ctx)
	if err != nil {
		return err
	}
	defer lab.close()
	var rows []row
	for _, m := range chosen {
		fmt.Fprintf(os.Stderr, "measuring: %s\n", m.name)
		rows = append(rows, lab.measure(ctx, m)...)
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	machine.finish()
	fmt.Print(textTable(rows))
	fmt.Println(machine.Others)
	if output == "" {
		return nil
	}
	text, err := document(rows, machine)
	if err != nil {
		return err
	}
	if err := os.WriteFile(output, []byte(text), 0o644); err != nil {
		return fmt.Errorf("writing the table: %w", err)
	}
	return nil
}
