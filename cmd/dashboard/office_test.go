package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// office is a name that browsers do not trust, unlike localhost: over plain http
// it is the name of a computer in an office.
const office = "office.test"

const officeSecret = "a secret of the office that is long enough"

// namedOffice makes the browser find the office on this machine.
var namedOffice = chromedp.Flag("host-resolver-rules", "MAP "+office+" 127.0.0.1")

// startNginx runs an nginx with its default settings before the dashboard, and
// gives its port. directives go into its location.
func startNginx(t *testing.T, dashboard func(proxy string) string, directives string) string {
	t.Helper()
	program := "nginx"
	if _, err := exec.LookPath(program); err != nil {
		program = "/usr/sbin/nginx" // where Debian has it, and users do not look
	}
	// The port must be known before either is started.
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	upstream := dashboard("http://" + office + ":" + port)
	folder := t.TempDir()
	configuration := fmt.Sprintf(`daemon off;
pid %[1]s/pid;
error_log stderr;
events {}
http {
	access_log off;
	client_body_temp_path %[1]s/body;
	proxy_temp_path %[1]s/proxy;
	fastcgi_temp_path %[1]s/fastcgi;
	uwsgi_temp_path %[1]s/uwsgi;
	scgi_temp_path %[1]s/scgi;
	server {
		listen 127.0.0.1:%[2]s;
		location / {
			proxy_pass %[3]s;
			%[4]s
		}
	}
}
`, folder, port, upstream, directives)
	path := filepath.Join(folder, "nginx.conf")
	if os.Getuid() == 0 {
		configuration = "user root;\n" + configuration // or it could not write to the folder
	}
	if err := os.WriteFile(path, []byte(configuration), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	log := &syncBuffer{}
	command := exec.CommandContext(ctx, program, "-p", folder, "-e", "stderr", "-c", path)
	command.Stderr = log
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = 10 * time.Second
	if err := command.Start(); err != nil {
		t.Fatalf("the tests need nginx: %v", err)
	}
	t.Cleanup(func() {
		stop()
		_ = command.Wait() // it was ended by a signal
		if t.Failed() {
			t.Logf("the log of nginx:\n%s", log)
		}
	})
	await(t, "127.0.0.1:"+port)
	return port
}

// await waits until somebody listens at an address.
func await(t *testing.T, address string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for {
		connection, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
		if err == nil {
			_ = connection.Close() // it was only to see whether somebody is there
			return
		}
		if ctx.Err() != nil {
			t.Fatalf("nobody listens at %s: %v", address, err)
		}
	}
}

// In an office the dashboard has a name that browsers do not trust, and may
// stand behind an nginx that hands on neither the name nor anything else.
// Everything works there, with scripts and without.
func TestInAnOffice(t *testing.T) {
	t.Parallel()
	direct := func(t *testing.T) string {
		_, port, err := net.SplitHostPort(startProgram(t, "--demo")[len("http://"):])
		if err != nil {
			t.Fatal(err)
		}
		return port
	}
	for name, start := range map[string]func(t *testing.T) string{
		"by its name": direct,
		"behind nginx that hands on the name": func(t *testing.T) string {
			return startNginx(t, func(string) string { return startProgram(t, "--demo") }, "proxy_set_header Host $http_host;")
		},
		"behind nginx with its defaults": func(t *testing.T) string {
			return startNginx(t, func(proxy string) string {
				return startProgram(t, "--demo", "--public-url", proxy, "--session-secret", officeSecret)
			}, "")
		},
	} {
		for _, scripts := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, scripts %t", name, scripts), func(t *testing.T) {
				t.Parallel()
				b := openBrowser(t, "http://"+office+":"+start(t), namedOffice)
				b.expect("Cross-Origin-Opener-Policy header has been ignored") // over plain http it is of no use
				if scripts {
					b.officeWithScripts()
				} else {
					b.officeWithoutScripts()
				}
			})
		}
	}
}

func (b *browser) officeWithScripts() {
	b.t.Helper()
	b.signIn()
	b.drop(tones(b.t, "Из офиса")...)
	b.wait(`document.querySelector(".queue-item[data-state=done]") && document.querySelector("tr:has([title='Из офиса'])")`)
	b.click("#media-2 [data-play]")
	b.wait(`document.querySelector("[data-player] audio")?.currentTime > 0`)
	b.click("#media-3 [data-rename]")
	b.wait(`document.activeElement.matches("#media-3 [data-rename-form] input")`)
	b.keys("Другое имя\r")
	b.wait(`document.querySelector("#media-3 [title='Другое имя']")`)
	b.click("#media-4 [data-delete]")
	b.wait(`document.querySelector("#delete-dialog").open`)
	b.click("#delete-dialog [type=submit]")
	b.wait(`document.querySelector("#media-4.going")`)
	b.click(`form[action="/logout"] button`)
	b.wait(`document.querySelector("#token")`)
}

func (b *browser) officeWithoutScripts() {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	if err != nil {
		b.t.Fatal(err)
	}
	b.open("/login")
	b.click(`main button[type=submit]`)
	b.sees(`#media-1`)
	b.click(`[data-upload-open]`)
	b.do(chromedp.SetUploadFiles(chromedp.CSS(`#upload-file`), tones(b.t, "Из офиса")))
	b.click(`#upload button[type=submit]`)
	b.sees(`tr:has([title="Из офиса"])`)
	b.open("/media/3?rename=1")
	b.do(chromedp.Clear(chromedp.CSS(`#rename input[name=name]`)), chromedp.SendKeys(chromedp.CSS(`#rename input[name=name]`), "Другое имя"))
	b.click(`#rename button`)
	b.sees(`tr:has([title="Другое имя"])`)
	b.open("/media/4?delete=1")
	b.click(`#delete button.danger`)
	b.sees(`#media-3`)
	b.do(chromedp.WaitNotPresent(chromedp.CSS(`#media-4`)))
	b.click(`form[action="/logout"] button`)
	b.sees(`#token`)
}

// Behind an nginx with its defaults, which takes answers with heads of 4 KB, the
// longest token that the dashboard takes and the longest name work.
func TestHeadsOfAnswersFitIntoAProxy(t *testing.T) {
	t.Parallel()
	long, name := strings.Repeat("a", 1500), strings.Repeat("Ж", 250)
	api := plusofontest.NewServer(plusofontest.WithAccount(long, plusofontest.File{ID: 7, Name: name, Content: []byte("some sound")}))
	t.Cleanup(api.Close)
	port := startNginx(t, func(proxy string) string {
		return startProgram(t, "--plusofon-url", api.URL, "--public-url", proxy, "--session-secret", officeSecret)
	}, "")
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	send := func(method, path string, form url.Values, want int) {
		t.Helper()
		request, err := http.NewRequestWithContext(t.Context(), method, "http://127.0.0.1:"+port+path, strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("HX-Request", "true")
		response, err := client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("%s %s: status %d, want %d", method, path, response.StatusCode, want)
		}
	}
	send(http.MethodPost, "/login", url.Values{"token": {long}}, http.StatusSeeOther)
	send(http.MethodGet, "/media/7/file?download=1", nil, http.StatusOK)
	send(http.MethodPatch, "/media/7", url.Values{"name": {strings.Repeat("Щ", 255)}}, http.StatusOK)
	send(http.MethodDelete, "/media/7", nil, http.StatusOK)
	send(http.MethodPost, "/login", url.Values{"token": {long + strings.Repeat("a", 300)}}, http.StatusUnprocessableEntity)
}

// Two accounts are open in two tabs of a browser: the page of the first neither
// shows nor changes anything of the second.
func TestTwoAccountsInTwoTabs(t *testing.T) {
	t.Parallel()
	api := plusofontest.NewServer(
		plusofontest.WithAccount(testToken, numberedFiles(5)...), plusofontest.WithAccount("another-token", numberedFiles(5)...))
	t.Cleanup(api.Close)
	b := openBrowser(t, startProgram(t, "--plusofon-url", api.URL))
	b.signInWith(testToken)
	b.expect("409")
	b.expect("Response Status Error Code 409")
	// What the form of the other tab does.
	value[any](b, `fetch("/login", { method: "POST", body: new URLSearchParams({ token: "another-token" }) }).then(() => (window.other = true))`)
	b.wait(`window.other`)
	b.drop(tones(t, "Чужой")...)
	b.wait(`document.querySelector(".queue-item[data-state=failed] [data-reason]")?.textContent.includes("В другой вкладке вошли с другим токеном")`)
	b.click("#media-4 [data-rename]")
	b.wait(`document.activeElement.matches("#media-4 [data-rename-form] input")`)
	b.keys("Чужое имя\r")
	b.wait(`document.querySelector("#toasts").textContent.includes("Обновите страницу")`)
	for _, file := range append(api.Files("another-token"), api.Files(testToken)...) {
		if strings.HasPrefix(file.Name, "Чуж") {
			t.Errorf("%s is in an account", file.Name)
		}
	}
	b.keys("\x1b") // the name that could not be saved would be asked about
	b.open("/media")
	if marks := value[[]string](b, `[...document.querySelectorAll(".account-badge")].map((badge) => badge.lastChild.textContent.trim())`); len(marks) != 1 || len(marks[0]) != 4 {
		t.Errorf("the header tells accounts apart by %q", marks)
	}
}
