package main

import (
	"fmt"
	"runtime"
	"strings"
)

// document is docs/benchmarks.md.
func document(rows []row, m *machine) string {
	var text strings.Builder
	fmt.Fprintf(&text, `# Benchmarks

Written by %[1]smake bench%[1]s: edit nothing here. Each row is measured on the program as it is delivered, as a process of its own on
loopback, beside what it is compared with: the two by turns, some rounds after one that does not count. The figure is the median, with
the lowest and the highest round in brackets. On another machine the ratios are what to look at. A MB is 1,000,000 bytes.

`, "`")
	text.WriteString(markdownTable(rows))
	fmt.Fprintf(&text, `
| | |
| --- | --- |
| machine | %s |
| kernel | Linux %s |
| Go | %s |
| nginx | %s |
| commit | %s |
| date | %s |

%s
`, m.cpu, m.kernel, strings.TrimPrefix(runtime.Version(), "go"), m.nginx, m.commit, m.begun.Format("2006-01-02"), m.load)
	text.WriteString(howTo)
	return text.String()
}

const howTo = "\n## To repeat it\n\n" +
	"```sh\nmake bench                # everything, and writes this file\nmake bench ROW=download   # what has this in its name, printed only\n```\n"
