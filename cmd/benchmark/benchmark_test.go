package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestTheMedianIsInTheMiddle(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		values []float64
		want   float64
	}{{[]float64{7}, 7}, {[]float64{9, 1, 5}, 5}, {[]float64{4, 1, 3, 2}, 2.5}} {
		before := slices.Clone(tt.values)
		if got := median(tt.values); got != tt.want || !slices.Equal(tt.values, before) {
			t.Errorf("the median of %v is %v, and they are %v then", before, got, tt.values)
		}
	}
}

// The first round warms up, and in each following one another is first.
func TestTheTwoTakeTurns(t *testing.T) {
	t.Parallel()
	var order strings.Builder
	measure := func(name string) func() (float64, error) {
		return func() (float64, error) {
			order.WriteString(name)
			return float64(order.Len()), nil
		}
	}
	rounds, err := alternate(2, measure("a"), measure("b"))
	if err != nil || order.String() != "abbaab" || !slices.Equal(rounds, []round{{4, 3}, {5, 6}}) {
		t.Errorf("%v in the order %q, %v", rounds, order.String(), err)
	}
	failure := errors.New("it is broken")
	if _, err := alternate(2, measure("a"), func() (float64, error) { return 0, failure }); !errors.Is(err, failure) {
		t.Errorf("got %v", err)
	}
}

func TestARowSaysWhetherTheLimitIsReached(t *testing.T) {
	t.Parallel()
	rounds := []round{{1, 4}, {2, 4}, {3, 4}}
	for _, tt := range []struct {
		row  row
		want string
	}{
		{compared("copying", "cp", rounds, seconds, 0.7), "| copying | 2.00 s | cp: 4.00 s | 0.50 × (0.25 × to 0.75 ×) | ≤ 0.70 × | yes |"},
		{compared("copying", "cp", rounds, seconds, 0.4), "| copying | 2.00 s | cp: 4.00 s | 0.50 × (0.25 × to 0.75 ×) | ≤ 0.40 × | **no** |"},
		{row{name: "size"}.within([]float64{15.5e6}, megabytes, 16e6), "| size |  |  | 15.5 MB | ≤ 16.0 MB | yes |"},
		{row{name: "copying", skipped: "cp is missing"}, "| copying |  |  |  |  | **not measured: cp is missing** |"},
	} {
		if got := markdownTable([]row{tt.row}); !strings.Contains(got, tt.want+"\n") {
			t.Errorf("got\n%swant\n%s", got, tt.want)
		}
	}
}

func TestMeasurementsAreChosenByAPartOfTheName(t *testing.T) {
	t.Parallel()
	all := []measurement{{name: "upload time"}, {name: "download"}, {name: "start"}}
	for text, want := range map[string]string{"": "upload time, download, start", "LOAD": "upload time, download", "start": "start", "x": ""} {
		if got := names(choose(all, text)); got != want {
			t.Errorf("%q chooses %q, want %q", text, got, want)
		}
	}
}

func TestAReportOfWrkIsRead(t *testing.T) {
	t.Parallel()
	const report = "Running 3s test\n  Thread Stats   Avg      Stdev     Max   +/- Stdev\n    Req/Sec     2.04k    75.95     2.16k    81.50%\n  Latency Distribution\n     50%  566.00us\n     75%    1.20ms\n  12345 requests in 3.00s, 40.00MB read\n"
	if got, err := readWrkReport(report); got != (wrkReport{12345, 566e-6}) || err != nil {
		t.Errorf("got %+v, %v", got, err)
	}
	for _, bad := range []string{
		"", "  12345 requests in 3.00s\n", strings.Replace(report, "566.00us", "soon", 1),
		report + "  Non-2xx or 3xx responses: 5\n", report + "  Socket errors: connect 0, read 1, write 0, timeout 0\n",
	} {
		if got, err := readWrkReport(bad); err == nil {
			t.Errorf("%q is taken for %+v", bad, got)
		}
	}
}

// What is measured without is skipped, and the table says so.
func TestAMissingProgramIsShown(t *testing.T) {
	t.Parallel()
	l := &lab{programs: map[string]string{"wrk": "/usr/bin/wrk"}}
	rows := l.measure(t.Context(), measurement{name: "list", needs: []string{"wrk", "nginx"}})
	if len(rows) != 1 || rows[0].skipped != "nginx is missing" || rows[0].reached {
		t.Errorf("got %+v", rows)
	}
}

func TestWhatAProcessTakesIsRead(t *testing.T) {
	t.Parallel()
	self := os.Getpid()
	memory, err := kilobytesOf(self, "status", "VmRSS:")
	if os.IsNotExist(errors.Unwrap(err)) {
		t.Skip("there is no /proc")
	}
	peak, peakErr := kilobytesOf(self, "status", "VmHWM:")
	if err != nil || peakErr != nil || memory < 1<<20 || peak < 1<<20 {
		t.Errorf("memory %v, %v; peak %v, %v", memory, err, peak, peakErr)
	}
	if got := readWorkload(); got.all <= 0 || got.own > got.all {
		t.Errorf("got %+v", got)
	}
}

// One category below 100 in most of the runs is enough, and is named.
func TestLighthouseHasToGiveFullMarks(t *testing.T) {
	t.Parallel()
	report := func(performance, accessibility float64) (r lighthouseReport) {
		text := fmt.Sprintf(`{"categories": {"performance": {"score": %v}, "accessibility": {"score": %v, "auditRefs": [
			{"id": "names", "weight": 7}, {"id": "hints", "weight": 0}]}, "best-practices": {"score": 1}},
			"audits": {"names": {"score": 0, "title": "Buttons have names"}, "hints": {"score": 0, "title": "Hints"}}}`, performance, accessibility)
		if err := json.Unmarshal([]byte(text), &r); err != nil {
			t.Fatal(err)
		}
		return r
	}
	good := judged("list", []lighthouseReport{report(1, 1), report(0.97, 1), report(1, 1)})
	if !good.reached || good.figure != "100 (97 to 100), 100, 100" {
		t.Errorf("got %+v", good)
	}
	bad := judged("list", []lighthouseReport{report(1, 0.93), report(1, 0.93), report(1, 0.93)})
	if bad.reached || bad.figure != "100, 93, 100" {
		t.Errorf("got %+v", bad)
	}
	if got := report(1, 0.93).lacking(); !strings.Contains(got, "Buttons have names") || strings.Contains(got, "Hints") {
		t.Errorf("it lacks %s", got)
	}
}

func TestTheDocumentShowsTheTable(t *testing.T) {
	t.Parallel()
	text, err := document([]row{{name: "copying", skipped: "cp is missing"}}, lookAtMachine(t.Context()))
	if err != nil || !strings.Contains(text, "| copying |") || strings.Contains(text, "<no value>") {
		t.Errorf("%v\n%s", err, text)
	}
}
