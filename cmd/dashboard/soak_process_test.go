//go:build soak

package main

import (
	"bufio"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// process is the program under load.
type process struct {
	t       *testing.T
	command *exec.Cmd
	address string
	metrics string
	client  *http.Client
}

const (
	soakToken = "soak-token"
	soakUsers = 8
)

func startProcess(t *testing.T, api *plusofontest.Server) *process {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "dashboard")
	if output, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("building: %v\n%s", err, output)
	}
	command := exec.Command(binary, "--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0", "--plusofon-url", api.URL)
	log, err := command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	p := &process{t: t, command: command}
	lines := bufio.NewScanner(log)
	for (p.address == "" || p.metrics == "") && lines.Scan() {
		if address, found := wordAfter(lines.Text(), "msg=metrics address="); found {
			p.metrics = address
		}
		if address, found := wordAfter(lines.Text(), "msg=listening address="); found {
			p.address = address
		}
	}
	go func() {
		for lines.Scan() { // or the program would wait for its log to be read
			if strings.Contains(lines.Text(), "panic") {
				t.Errorf("the log: %s", lines.Text())
			}
		}
	}()
	t.Cleanup(func() {
		_ = command.Process.Signal(os.Interrupt)
		if err := command.Wait(); err != nil {
			t.Errorf("the program ended with %v", err)
		}
	})
	p.client = p.signIn()
	return p
}

func wordAfter(line, before string) (string, bool) {
	_, rest, found := strings.Cut(line, before)
	word, _, _ := strings.Cut(rest, " ")
	return word, found
}

func (p *process) signIn() *http.Client {
	p.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		p.t.Fatal(err)
	}
	client := &http.Client{Jar: jar, Transport: &http.Transport{MaxIdleConnsPerHost: 100}}
	response, err := client.PostForm(p.address+"/login", url.Values{"token": {soakToken}})
	if err != nil || response.StatusCode != http.StatusOK {
		p.t.Fatalf("signing in: %v, %v", response, err)
	}
	response.Body.Close()
	return client
}

// state is what the program holds.
type state struct {
	resident   int64 // bytes
	files      int
	goroutines int
}

func (p *process) state() state {
	p.t.Helper()
	var s state
	folder := fmt.Sprintf("/proc/%d/", p.command.Process.Pid)
	text, err := os.ReadFile(folder + "statm")
	if err != nil {
		p.t.Fatal(err)
	}
	pages, _ := strconv.ParseInt(strings.Fields(string(text))[1], 10, 64)
	s.resident = pages * int64(os.Getpagesize())
	files, err := os.ReadDir(folder + "fd")
	if err != nil {
		p.t.Fatal(err)
	}
	s.files = len(files)
	response, err := http.Get(p.metrics)
	if err != nil {
		p.t.Fatal(err)
	}
	defer response.Body.Close()
	for lines := bufio.NewScanner(response.Body); lines.Scan(); {
		if count, found := strings.CutPrefix(lines.Text(), "go_goroutines "); found {
			s.goroutines, _ = strconv.Atoi(count)
		}
	}
	return s
}

func (s state) String() string {
	return fmt.Sprintf("%.1f MiB, %d open files, %d goroutines", float64(s.resident)/(1<<20), s.files, s.goroutines)
}
