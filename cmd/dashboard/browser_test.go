package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"github.com/plusofon-dashboard/dashboard/internal/browsertest"
)

// startProgram runs the whole program with the flags given, on a free port,
// until the test ends. It gives the address.
func startProgram(t *testing.T, flags ...string) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	log := &syncBuffer{}
	address := make(chan string, 1)
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, append([]string{"--listen", "127.0.0.1:0"}, flags...), log, func(a string) { address <- a })
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the program ended with: %v", err)
		}
		if t.Failed() {
			t.Logf("its log:\n%s", log)
		}
	})
	select {
	case a := <-address:
		return a
	case err := <-ended:
		ended <- nil
		t.Fatalf("the program did not start: %v", err)
		return ""
	}
}

// browser is a tab of a real Chromium.
type browser struct {
	t   *testing.T
	ctx context.Context
	url string

	mu       sync.Mutex
	expected []string // texts of console messages that the test provokes
}

// openBrowser opens a tab of a Chromium with a profile of its own; with flags, in
// a process of its own. The test fails if the page writes an error or a warning
// to the console, as it does when it breaks its Content-Security-Policy.
func openBrowser(t *testing.T, url string, flags ...chromedp.ExecAllocatorOption) *browser {
	t.Helper()
	ctx := browsertest.Tab
	if len(flags) > 0 {
		ctx = func(t *testing.T) context.Context { return browsertest.Process(t, flags...) }
	}
	b := &browser{t: t, url: url, ctx: ctx(t)}
	watched := make(chan struct{})
	watching, stop := context.WithCancel(b.ctx)
	messages := chromedp.Console(watching)
	go func() {
		defer close(watched)
		b.watch(messages)
	}()
	t.Cleanup(func() {
		if t.Failed() {
			b.keepScreenshot()
		}
		stop()
		<-watched
	})
	return b
}

// watch reads the console until the tab is closed.
func (b *browser) watch(messages func(func(chromedp.ConsoleMessage, error) bool)) {
	for message, err := range messages {
		if err != nil {
			return // the tab is closed
		}
		bad := message.IsException() || message.Type == "error" || message.Type == "warning" || message.Source == "security"
		if bad && !b.isExpected(message.String()) {
			b.t.Errorf("the page wrote to the console: %s", message)
		}
	}
}

// expect lets the page write a message that the test provokes.
func (b *browser) expect(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.expected = append(b.expected, text)
}

func (b *browser) isExpected(text string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, expected := range b.expected {
		if strings.Contains(text, expected) {
			return true
		}
	}
	return false
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// open goes to a page of the dashboard.
func (b *browser) open(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.url + path))
}

// signIn opens the demo with the token that the sign-in page offers.
func (b *browser) signIn() {
	b.t.Helper()
	b.open("/login")
	b.click("main button[type=submit]")
	b.wait(`document.querySelector("[data-upload][data-scripted]")`)
}

// click clicks on the first element of a selector, where a user would.
func (b *browser) click(selector string) {
	b.t.Helper()
	b.do(chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// keys types into whatever has the focus.
func (b *browser) keys(text string) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(text))
}

// wait waits until an expression of JavaScript is true, through navigations.
func (b *browser) wait(expression string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 30*time.Second)
	defer cancel()
	for {
		holds, err := chromedp.Run(ctx, chromedp.Poll[bool]("!!("+expression+")", chromedp.WithPollingTimeout(0)))
		if err == nil && holds {
			return
		}
		if ctx.Err() != nil {
			b.t.Fatalf("waited in vain for %s", expression)
		}
	}
}

// value evaluates an expression of JavaScript in the page.
func value[T any](b *browser, expression string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// drop drops files on the page, as from a folder of the desktop.
func (b *browser) drop(files ...string) {
	b.t.Helper()
	data := &input.DragData{Items: []*input.DragDataItem{}, Files: files, DragOperationsMask: 1}
	for _, event := range []input.DispatchDragEventType{
		input.DispatchDragEventTypeDragEnter, input.DispatchDragEventTypeDragOver, input.DispatchDragEventTypeDrop,
	} {
		_, err := chromedp.Call(b.ctx, input.DispatchDragEvent, input.DispatchDragEventParams{Type: event, X: 180, Y: 400, Data: data})
		if err != nil {
			b.t.Fatalf("dropping files: %v", err)
		}
	}
}

// slowUploads lets the page send so many bytes a second.
func (b *browser) slowUploads(bytesPerSecond float64) {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{{DownloadThroughput: -1, UploadThroughput: bytesPerSecond}},
	})
	if err != nil {
		b.t.Fatalf("slowing uploads down: %v", err)
	}
}

// block keeps the page from loading what has one of the texts in its address,
// and lets all else through again.
func (b *browser) block(texts ...string) {
	b.t.Helper()
	var blocked network.SetBlockedURLsParams
	for _, text := range texts {
		blocked.URLPatterns = append(blocked.URLPatterns, &network.BlockPattern{URLPattern: "*://*:*/*" + text + "*", Block: true})
	}
	if _, err := chromedp.Call(b.ctx, network.SetBlockedURLs, blocked); err != nil {
		b.t.Fatalf("blocking %q: %v", texts, err)
	}
}

// keepScreenshot keeps what a failing test has seen where SCREENSHOTS says.
func (b *browser) keepScreenshot() {
	folder := os.Getenv("SCREENSHOTS")
	if folder == "" {
		return
	}
	picture, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.t.Logf("no screenshot: %v", err)
		return
	}
	name := filepath.Join(folder, strings.ReplaceAll(b.t.Name(), "/", "-")+".png")
	if err := os.WriteFile(name, picture, 0o644); err != nil {
		b.t.Logf("no screenshot: %v", err)
	}
}

// syncBuffer is a log that is read while it is being written.
type syncBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// evaluate runs statements of JavaScript in the page.
func evaluate(statements string) chromedp.Action[chromedp.Void] {
	return chromedp.Evaluate[chromedp.Void]("{" + statements + "}")
}

// back is the browser's button. It is pressed by a script, since a page that
// is shown from the network again is no event of the history for the protocol.
var back = evaluate(`history.back()`)
