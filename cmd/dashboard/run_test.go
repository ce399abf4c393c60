package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestBadSettingsStopTheProgram(t *testing.T) {
	t.Parallel()
	const short = "too-short-a-secret"
	for _, tt := range []struct {
		args string
		want string
	}{
		{"--listen nonsense", "--listen"},
		{"--listen :99999", "--listen"},
		{"--plusofon-url ftp://x", "--plusofon-url"},
		{"--plusofon-url https://user@host", "--plusofon-url"},
		{"--public-url https://audio.example/path", "--public-url"},
		{"--public-url https://audio.example", "--session-secret"},
		{"--session-secret " + short, "--session-secret"},
		{"--trusted-proxies 10.0.0.0/99", "--trusted-proxies"},
		{"--session-idle 10s", "--session-idle"},
		{"--session-idle 3h --session-max 2h", "--session-max"},
		{"--session-idle soon", "must be a time"},
		{"--max-upload 0", "--max-upload"},
		{"--max-upload 3XB", "--max-upload"},
		{"--spool-size 1MiB", "--spool-size"},
		{"--file-hosts https://a.example", "--file-hosts"},
		{"--file-hosts a.example/x", "--file-hosts"},
		{"--metrics-listen x", "--metrics-listen"},
		{"--log-format xml", "--log-format"},
		{"--no-such-flag", "no-such-flag"},
		{"-session-secret=" + short, "-h lists the flags"},
		{"--session-secreet=" + short, "session-secreet"},
		{"--session-secret " + strings.Repeat("x", 32) + ", " + short, "must be the command healthcheck"},
	} {
		t.Run(tt.args, func(t *testing.T) {
			t.Parallel()
			err := run(t.Context(), strings.Fields(tt.args), io.Discard, func(string) { t.Error("it listens") })
			var setting *settingError
			if !errors.As(err, &setting) || !strings.Contains(err.Error(), tt.want) ||
				strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), short) {
				t.Errorf("got %v, want one line about %s", err, tt.want)
			}
		})
	}
}

func TestSizes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int64{"1": 1, "500KiB": 500 << 10, "32MiB": 32 << 20, "32MB": 32 << 20, "1g": 1 << 30, " 8 MiB": -1} {
		got, ok := parseSize(text)
		if ok != (want >= 0) || ok && got != want {
			t.Errorf("%q is %d, %v; want %d", text, got, ok, want)
		}
	}
}

func TestHelpListsEverySetting(t *testing.T) {
	t.Parallel()
	var help bytes.Buffer
	if err := run(t.Context(), []string{"-h"}, &help, nil); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"--listen", "LISTEN", "--demo", "--plusofon-url", "--session-secret", "--public-url",
		"--trusted-proxies", "--session-idle", "--session-max", "--max-upload", "--metrics-listen", "--log-format", "healthcheck"} {
		if !strings.Contains(help.String(), want) {
			t.Errorf("the help lacks %q:\n%s", want, help.String())
		}
	}
}

func TestAPortInUseIsAnError(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	err = run(t.Context(), []string{"--demo", "--listen", listener.Addr().String()}, io.Discard, nil)
	if err == nil || !strings.Contains(err.Error(), "address already in use") {
		t.Errorf("got %v", err)
	}
}

func TestTheDemoIsHealthyAndMeasured(t *testing.T) {
	t.Parallel()
	ready := make(chan string, 1)
	ctx, stop := context.WithCancel(t.Context())
	log := &syncBuffer{}
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, []string{"--demo", "--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0", "--log-format", "json"},
			log, func(address string) { ready <- address })
	}()
	address := <-ready
	if err := run(t.Context(), []string{"healthcheck", "--listen", strings.TrimPrefix(address, "http://")}, io.Discard, nil); err != nil {
		t.Errorf("healthcheck: %v", err)
	}
	response, err := http.PostForm(address+"/login", url.Values{"token": {"wrong"}})
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("status %d", response.StatusCode)
	}
	awaitMetrics(t, log,
		`dashboard_request_seconds_count{method="POST",route="/login",status="422"} 1`,
		`dashboard_upstream_seconds_count{method="GET",outcome="200"} 1`,
		`dashboard_build_info`)
	stop()
	if err := <-ended; err != nil {
		t.Errorf("stopping: %v", err)
	}
}

// awaitMetrics waits for lines among the metrics: a request is counted when
// its answer is on its way already.
func awaitMetrics(t *testing.T, log *syncBuffer, lines ...string) {
	t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for {
		metrics := scrape(t, log)
		missing := slices.DeleteFunc(slices.Clone(lines), func(line string) bool { return strings.Contains(metrics, line) })
		if len(missing) == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("the metrics lack %s:\n%s", missing, metrics)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// scrape finds the address of the metrics in the log and reads them.
func scrape(t *testing.T, log *syncBuffer) string {
	t.Helper()
	_, rest, found := strings.Cut(log.String(), `"msg":"metrics","address":"`)
	address, _, _ := strings.Cut(rest, `"`)
	if !found {
		t.Fatalf("the log does not say where the metrics are:\n%s", log)
	}
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// A variable is as good as its flag, which comes first; an empty one is none.
func TestTheEnvironmentIsRead(t *testing.T) {
	t.Setenv("LISTEN", "127.0.0.1:1")
	t.Setenv("DEMO", "1")
	t.Setenv("SESSION_IDLE", "90m")
	t.Setenv("MAX_UPLOAD", "")
	s, command, err := readSettings([]string{"--listen", "127.0.0.1:2"}, io.Discard)
	if err != nil || command != "" {
		t.Fatalf("command %q, %v", command, err)
	}
	if s.Listen != "127.0.0.1:2" || !s.Demo || s.SessionIdle != 90*time.Minute || s.maxUpload != 32<<20 {
		t.Errorf("read %+v", s)
	}
	t.Setenv("SESSION_MAX", "soon")
	_, _, err = readSettings(nil, io.Discard)
	if want := `--session-max "soon": must be a time such as 90m or 12h`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	t.Setenv("SESSION_MAX", "")
	if _, _, err := readSettings([]string{"healthchek"}, io.Discard); err == nil || !strings.Contains(err.Error(), "healthcheck") {
		t.Errorf("a wrong command: %v", err)
	}
}

// The program says which build it is, and serves nothing.
func TestVersion(t *testing.T) {
	t.Parallel()
	for _, args := range []string{"version", "--version"} {
		command := exec.CommandContext(t.Context(), os.Args[0], args)
		command.Env = append(os.Environ(), asProgram+"=1", "VERSION=of something else")
		output, err := command.Output()
		if err != nil || !strings.HasPrefix(string(output), "dashboard ") || !strings.Contains(string(output), ", revision ") {
			t.Errorf("%s: %q, %v", args, output, err)
		}
	}
}
