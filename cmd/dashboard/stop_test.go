package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/internal/browsertest"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// asProgram has a run of the test binary be the program itself: so the tests
// can send it signals and see its exit status.
const asProgram = "DASHBOARD_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	os.Exit(browsertest.Main(m))
}

// program is the dashboard as a process of its own.
type program struct {
	t       *testing.T
	command *exec.Cmd
	address string
	log     *syncBuffer
	ended   chan error // gets how it ended
}

func startAsProcess(t *testing.T, flags ...string) *program {
	t.Helper()
	p := &program{t: t, log: &syncBuffer{}, ended: make(chan error, 1)}
	listening := make(chan string, 1)
	p.command = exec.CommandContext(t.Context(), os.Args[0], append([]string{"--listen", "127.0.0.1:0"}, flags...)...)
	p.command.Env = append(os.Environ(), asProgram+"=1")
	p.command.Stderr = writerFunc(func(line []byte) (int, error) {
		if _, rest, found := strings.Cut(string(line), "msg=listening address="); found {
			listening <- strings.Fields(rest)[0]
		}
		return p.log.Write(line)
	})
	if err := p.command.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { p.ended <- p.command.Wait() }()
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("its log:\n%s", p.log)
		}
	})
	select {
	case p.address = <-listening:
	case <-time.After(30 * time.Second):
		t.Fatalf("it does not listen; its log:\n%s", p.log)
	}
	return p
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// signIn gives a browser of sorts that keeps cookies and follows no redirects.
func (p *program) signIn() *http.Client {
	p.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		p.t.Fatal(err)
	}
	client := &http.Client{Jar: jar, Transport: &http.Transport{ExpectContinueTimeout: time.Hour},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.PostForm(p.address+"/login", url.Values{"token": {testToken}})
	if err != nil {
		p.t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusSeeOther {
		p.t.Fatalf("signing in: status %d", response.StatusCode)
	}
	return client
}

// readiness is the status of /readyz over a new connection.
func (p *program) readiness() (int, error) {
	response, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Get(p.address + "/readyz")
	if err != nil {
		return 0, err
	}
	response.Body.Close()
	return response.StatusCode, nil
}

// eventually waits until a condition holds.
func (p *program) eventually(what string, holds func() bool) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), 30*time.Second)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			p.t.Fatalf("waited in vain: %s", what)
		}
	}
}

// inTwoHalves sends the second half of each file when there may be more.
func inTwoHalves(size int, more <-chan struct{}) func(*http.Request) plusofontest.Fault {
	return func(r *http.Request) plusofontest.Fault {
		if !strings.HasSuffix(r.URL.Path, "/file") {
			return nil
		}
		return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
			w.Header().Set("Content-Length", strconv.Itoa(size))
			_, _ = w.Write(silence(size)[:size/2]) // what becomes of it shows at the other end
			_ = http.NewResponseController(w).Flush()
			<-more
			_, _ = w.Write(silence(size)[size/2:])
		}
	}
}

// dribbling sends half of a file, and then a byte a second: it moves, and would
// take a week.
func dribbling(size int) plusofontest.Fault {
	return func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
		w.Header().Set("Content-Length", strconv.Itoa(size))
		_, err := w.Write(silence(size)[:size/2])
		second := time.NewTicker(time.Second)
		defer second.Stop()
		for err == nil {
			_ = http.NewResponseController(w).Flush()
			select {
			case <-second.C:
				_, err = w.Write([]byte{0})
			case <-r.Context().Done():
				return
			}
		}
	}
}

// Under load it is told to stop: balancers notice before anybody is refused,
// what is in flight ends whole, and then so does the program.
func TestStoppingUnderLoad(t *testing.T) {
	t.Parallel()
	const size = 1 << 20
	api := plusofontest.NewServer(plusofontest.WithAccount(testToken, plusofontest.File{ID: 1, Name: "Долгий", Format: "wav", Content: silence(size)}))
	t.Cleanup(api.Close)
	more := make(chan struct{})
	release := sync.OnceFunc(func() { close(more) })
	t.Cleanup(release) // a test that fails ends all the same
	api.FailBy(inTwoHalves(size, more))
	p := startAsProcess(t, "--plusofon-url", api.URL)
	client := p.signIn()
	var downloads []io.ReadCloser
	for range 5 {
		response, err := client.Get(p.address + "/media/1/file")
		if err != nil || response.StatusCode != http.StatusOK {
			t.Fatalf("downloading: %v, %v", response, err)
		}
		defer response.Body.Close()
		downloads = append(downloads, response.Body)
	}
	finishUpload := p.beginUpload(client)
	if status, err := p.readiness(); err != nil || status != http.StatusOK {
		t.Fatalf("not ready: status %d, %v", status, err)
	}

	if err := p.command.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	p.eventually("/readyz turns false", func() bool {
		status, err := p.readiness()
		if err != nil {
			t.Fatalf("refused before it said that it is not ready: %v", err)
		}
		return status == http.StatusServiceUnavailable
	})
	p.eventually("new connections are refused", func() bool {
		_, err := p.readiness()
		return errors.Is(err, syscall.ECONNREFUSED)
	})
	release()
	var readers sync.WaitGroup
	for _, download := range downloads {
		readers.Go(func() {
			if content, err := io.ReadAll(download); err != nil || !bytes.Equal(content, silence(size)) {
				t.Errorf("a download ended with %d bytes, %v", len(content), err)
			}
		})
	}
	finishUpload()
	readers.Wait()
	if files := api.Files(testToken); len(files) != 2 || files[1].Name != "Новый" {
		t.Errorf("the upload did not arrive: %d files", len(files))
	}
	p.endsWell()
}

// What does not end in its time is broken off, visibly, and that is no failure.
func TestStoppingDoesNotWaitForEver(t *testing.T) {
	t.Parallel()
	const size = 1 << 20
	api := plusofontest.NewServer(plusofontest.WithAccount(testToken, plusofontest.File{ID: 1, Name: "Долгий", Format: "wav", Content: silence(size)}))
	t.Cleanup(api.Close)
	api.Fail(plusofontest.Match(http.MethodGet, "/api/v1/media/1/file"), dribbling(size))
	p := startAsProcess(t, "--plusofon-url", api.URL)
	response, err := p.signIn().Get(p.address + "/media/1/file")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if err := p.command.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	told := time.Now()
	if n, err := io.Copy(io.Discard, response.Body); err == nil {
		t.Errorf("the download looks whole with %d bytes of %d", n, size)
	}
	if took := time.Since(told); took < shutdownTime-time.Second {
		t.Errorf("the download was broken off after %s", took)
	}
	p.endsWell()
}

// Whoever presses Ctrl+C twice does not want to wait.
func TestASecondSignalEndsAtOnce(t *testing.T) {
	t.Parallel()
	const size = 1 << 20
	api := plusofontest.NewServer(plusofontest.WithAccount(testToken, plusofontest.File{ID: 1, Name: "Долгий", Format: "wav", Content: silence(size)}))
	t.Cleanup(api.Close)
	api.Fail(plusofontest.Match(http.MethodGet, "/api/v1/media/1/file"), dribbling(size))
	p := startAsProcess(t, "--plusofon-url", api.URL)
	response, err := p.signIn().Get(p.address + "/media/1/file")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if err := p.command.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	p.eventually("it is shutting down", func() bool { return strings.Contains(p.log.String(), "shutting down") })
	if err := p.command.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-p.ended:
		if err == nil {
			t.Error("it ended as if all was done")
		}
	case <-time.After(shutdownTime / 2):
		t.Error("it still waits for what is in flight")
	}
}

// endsWell wants the exit status to be 0, within the time that is left to what
// is in flight.
func (p *program) endsWell() {
	p.t.Helper()
	select {
	case err := <-p.ended:
		if err != nil {
			p.t.Errorf("it ended with %v", err)
		}
	case <-time.After(shutdownTime):
		p.t.Errorf("it still runs")
	}
}

// beginUpload sends the first half of an upload, and gives what sends the rest
// and wants it to succeed.
func (p *program) beginUpload(client *http.Client) (finish func()) {
	p.t.Helper()
	body, content := io.Pipe()
	form := multipart.NewWriter(content)
	request, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.address+"/media", body)
	if err != nil {
		p.t.Fatal(err)
	}
	request.Header.Set("Content-Type", form.FormDataContentType())
	request.Header.Set("Expect", "100-continue") // the body is sent when the program reads it
	answered := make(chan error, 1)
	go func() {
		response, err := client.Do(request)
		if err == nil {
			response.Body.Close()
			if response.StatusCode != http.StatusSeeOther {
				err = errors.New("its status is " + response.Status)
			}
		}
		_ = body.CloseWithError(net.ErrClosed) // nobody reads on
		answered <- err
	}()
	wav := silence(1 << 20)
	part, err := form.CreateFormFile("file", "Новый.wav")
	if err == nil {
		_, err = part.Write(wav[:1<<19])
	}
	if err != nil {
		p.t.Fatalf("uploading: %v, %v", err, <-answered)
	}
	return func() {
		p.t.Helper()
		_, err := part.Write(wav[1<<19:])
		if err := errors.Join(err, form.Close(), content.Close(), <-answered); err != nil {
			p.t.Errorf("the upload: %v", err)
		}
	}
}

// silence is a WAV file of so many bytes.
func silence(size int) []byte {
	content := make([]byte, size)
	copy(content, "RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00data")
	for at, length := range map[int]int{4: size - 8, 40: size - 44} {
		for i := range 4 {
			content[at+i] = byte(length >> (8 * i))
		}
	}
	return content
}
