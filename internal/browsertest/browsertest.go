// Package browsertest gives tests tabs of a real Chromium.
//
// Starting a Chromium takes seconds of a processor, so the tests of a package
// share one: each has a tab in a profile of its own, with its own cookies,
// storage and cache. A test that needs other flags starts a process for itself.
//
//	func TestMain(m *testing.M) { os.Exit(browsertest.Main(m)) }
//
//	func TestPage(t *testing.T) {
//		t.Parallel()
//		tab := browsertest.Tab(t)
//		chromedp.Do(tab, chromedp.Navigate(url))
//	}
package browsertest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// Width and Height are the size of a tab that nobody has resized, in CSS pixels.
const (
	Width  = 1280
	Height = 800
)

// timeLimit ends a test whose page stands still.
const timeLimit = 2 * time.Minute

// Microphone lets pages of the browser record a beeping tone, without asking
// its user. All tabs of the shared browser have it.
var Microphone = []chromedp.ExecAllocatorOption{
	chromedp.Flag("use-fake-device-for-media-stream", true),
	chromedp.Flag("use-fake-ui-for-media-stream", true),
}

// shared is the browser of all tests of a package.
var shared struct {
	sync.Mutex
	ctx   context.Context // nil until it is needed
	close func()
}

// Main runs the tests of a package and then closes their browser. It gives the
// exit status.
func Main(m *testing.M) int {
	status := m.Run()
	shared.Lock()
	defer shared.Unlock()
	if shared.close != nil {
		shared.close()
	}
	return status
}

// Tab opens an empty tab in the shared browser, with a profile of its own. It is
// closed when the test ends.
func Tab(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(sharedBrowser(t), timeLimit)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	prepare(t, ctx)
	return ctx
}

// Process opens an empty tab in a browser of its own, with further flags.
func Process(t *testing.T, flags ...chromedp.ExecAllocatorOption) context.Context {
	t.Helper()
	folder := t.TempDir()
	ctx, cancel := context.WithTimeout(context.Background(), timeLimit)
	t.Cleanup(cancel)
	ctx, cancel = start(ctx, Path(t), folder, flags)
	t.Cleanup(cancel)
	prepare(t, ctx)
	return ctx
}

// prepare makes a tab behave as if it were the only one and looked at.
func prepare(t *testing.T, ctx context.Context) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(Width, Height)); err != nil {
		t.Fatalf("opening a tab: %v", err)
	}
	_, err := chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	if err != nil {
		t.Fatalf("giving the tab the focus: %v", err)
	}
}

// sharedBrowser starts the browser of all tests, once.
func sharedBrowser(t *testing.T) context.Context {
	t.Helper()
	path := Path(t)
	shared.Lock()
	defer shared.Unlock()
	if shared.ctx != nil {
		return shared.ctx
	}
	folder, err := os.MkdirTemp("", "browsertest-*")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := start(context.Background(), path, folder, Microphone)
	if err := chromedp.Do(ctx); err != nil {
		cancel()
		t.Fatalf("starting Chromium: %v", err)
	}
	shared.ctx = ctx
	shared.close = func() {
		cancel()
		if err := os.RemoveAll(folder); err != nil {
			fmt.Fprintln(os.Stderr, "the profile of the browser stays behind:", err)
		}
	}
	return ctx
}

func start(ctx context.Context, path, folder string, flags []chromedp.ExecAllocatorOption) (context.Context, context.CancelFunc) {
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.UserDataDir(folder),
		chromedp.Headless, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.WindowSize(Width, Height),
		chromedp.Flag("autoplay-policy", "no-user-gesture-required"),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("mute-audio", true),
		chromedp.Flag("accept-lang", "ru"),
		// Tabs of other tests lie in front of each but one.
		chromedp.Flag("disable-background-timer-throttling", true),
		chromedp.Flag("disable-backgrounding-occluded-windows", true),
		chromedp.Flag("disable-renderer-backgrounding", true),
		chromedp.Env("LC_ALL=C.UTF-8"), // or it would not find files with Russian names
	}
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium has none for root
	}
	allocator, cancelAllocator := chromedp.NewExecAllocator(ctx, append(options, flags...)...)
	ctx, cancel := chromedp.NewContext(allocator)
	return ctx, func() { cancel(); cancelAllocator() }
}

// Path finds Chromium: the one that CHROMIUM names, or one on the PATH.
func Path(t testing.TB) string {
	t.Helper()
	if path := os.Getenv("CHROMIUM"); path != "" {
		return path
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal("the browser tests need Chromium: install the package chromium, or name it in CHROMIUM")
	return ""
}
