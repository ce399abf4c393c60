package handlers_test

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/handlers"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// smallDisk is a folder on a file system of a size that is soon full. Only root
// can mount one; others try what a device that is always full says.
func smallDisk(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	mount := exec.Command("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder)
	if output, err := mount.CombinedOutput(); err != nil {
		t.Skipf("no small disk can be mounted here: %v: %s", err, output)
	}
	t.Cleanup(func() {
		if output, err := exec.Command("umount", folder).CombinedOutput(); err != nil {
			t.Errorf("unmounting: %v: %s", err, output)
		}
	})
	return folder
}

// A full disk is said as such, with whom to tell, and Plusofon is not asked.
func TestAFullDisk(t *testing.T) {
	folder := smallDisk(t)
	t.Setenv("TMPDIR", folder)
	d := signedIn(t)
	before := d.asked()
	d.upload("Большой", "a.wav", longWAV(300_000)).status(http.StatusInsufficientStorage).
		contains("кончилось место", "Сообщите администратору", "Ничего не изменилось")
	if asked := d.asked() - before; asked != 0 {
		t.Errorf("Plusofon was asked %d times", asked)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	d.upload("Малый", "a.wav", longWAV(10_000)).status(http.StatusSeeOther)
}

// All files on their way together take only so much, and give it back.
func TestSpoolsAreBounded(t *testing.T) {
	t.Parallel()
	d := startWith(t, func(c *handlers.Config) { c.SpoolSize = 500_000 }, plusofontest.WithAccount(token))
	d.session(token)
	held := make(chan struct{})
	d.api.Fail(plusofontest.Match(http.MethodPost, "/api/v1/media"), plusofontest.Hold(held))
	first := make(chan *answer, 1)
	go func() { first <- d.upload("Первый", "a.wav", longWAV(300_000)) }()
	if err := d.api.Await(t.Context(), http.MethodPost, "/api/v1/media", 1); err != nil {
		t.Fatal(err)
	}
	second := d.upload("Второй", "b.wav", longWAV(300_000)).status(http.StatusServiceUnavailable).contains("слишком много файлов сразу")
	if second.header.Get("Retry-After") == "" {
		t.Error("it does not say when to try again")
	}
	close(held)
	(<-first).status(http.StatusSeeOther)
	d.upload("Второй", "b.wav", longWAV(300_000)).status(http.StatusSeeOther)
}

// A small form that trickles in has an end, however steadily it moves.
func TestASmallFormHasAnEnd(t *testing.T) {
	t.Parallel()
	const whole = 500 * time.Millisecond
	d := startWith(t, func(c *handlers.Config) { c.FormTimeout = whole }, plusofontest.WithAccount(token))
	for _, path := range []string{"/login", "/logout", "/nowhere"} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			conn, err := net.Dial("tcp", strings.TrimPrefix(d.url, "http://"))
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			if _, err := io.WriteString(conn, "POST "+path+" HTTP/1.1\r\nHost: dashboard.test\r\nConnection: close\r\n"+
				"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\ntoken="); err != nil {
				t.Fatal(err)
			}
			ended := make(chan []byte, 1)
			go func() {
				answer, _ := io.ReadAll(conn) // a reset is an end, too
				ended <- answer
			}()
			trickle := time.NewTicker(20 * time.Millisecond)
			defer trickle.Stop()
			for sent := 0; ; sent++ {
				select {
				case answer := <-ended:
					if bytes.Contains(answer, []byte(" 500 ")) {
						t.Errorf("the answer is %.100q", answer)
					}
					return
				case <-trickle.C:
					_, _ = conn.Write([]byte("a")) // fails once the connection is closed
				}
				if sent > 1000 {
					t.Fatal("it may trickle for ever")
				}
			}
		})
	}
}
