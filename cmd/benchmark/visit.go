package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// measureVisit counts what a real browser transfers when somebody who is signed
// in opens the list for the first time, and then goes on to the next page.
func measureVisit(ctx context.Context, l *lab) ([]row, error) {
	d, err := l.startDashboard(ctx, smallAccount)
	if err != nil {
		return nil, err
	}
	defer d.stop()
	ctx, closeBrowser, err := l.openBrowser(ctx)
	if err != nil {
		return nil, err
	}
	defer closeBrowser()
	t, err := watchTransfers(ctx)
	if err != nil {
		return nil, err
	}
	if err := setCookie(ctx, d); err != nil {
		return nil, err
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(d.address+"/media")); err != nil {
		return nil, fmt.Errorf("opening the list: %w", err)
	}
	first, err := t.take(ctx)
	if err != nil {
		return nil, err
	}
	once, err := nextPage(ctx, t)
	if err != nil {
		return nil, err
	}
	next, err := nextPage(ctx, t)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(os.Stderr, "first visit:%s\nthe next page for the first time:%s\nand again:%s\n", first.list, once.list, next.list)
	again := row{name: "first visit of the list: the next page", ours: "the first time " + once.String()}
	return []row{
		row{name: "first visit of the list: all transfers"}.within([]float64{first.bytes}, kilobytes, 30e3),
		row{name: "first visit of the list: requests"}.within([]float64{float64(first.requests)}, plain, 6),
		again.within([]float64{next.bytes}, kilobytes, 3e3),
	}, nil
}

// nextPage goes to the next page of the list. A script presses the link: a
// pointer would rest on some button of the new page, and make it load what the
// button needs.
func nextPage(ctx context.Context, t *transfers) (transferred, error) {
	if err := chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](`document.querySelector("a[rel=next]").click()`)); err != nil {
		return transferred{}, fmt.Errorf("going to the next page: %w", err)
	}
	return t.take(ctx)
}

// openBrowser starts a browser that has seen nothing yet.
func (l *lab) openBrowser(ctx context.Context) (_ context.Context, closeBrowser func(), err error) {
	profile, err := os.MkdirTemp(l.folder, "browser-*")
	if err != nil {
		return nil, nil, fmt.Errorf("making a folder for the browser: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	ctx, closeAllocator := chromedp.NewExecAllocator(ctx,
		chromedp.ExecPath(l.programs["Chromium"]), chromedp.NoSandbox, chromedp.Headless, chromedp.DisableGPU,
		chromedp.NoFirstRun, chromedp.UserDataDir(profile), chromedp.WindowSize(1280, 800),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("accept-lang", "ru"),
	)
	ctx, closeTab := chromedp.NewContext(ctx)
	return ctx, func() {
		closeTab()
		closeAllocator()
		cancel()
	}, nil
}

// setCookie signs the browser in.
func setCookie(ctx context.Context, d *dashboard) error {
	name, value, _ := strings.Cut(d.cookie, "=")
	_, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{Name: name, Value: value, URL: d.address})
	if err != nil {
		return fmt.Errorf("signing the browser in: %w", err)
	}
	return nil
}

// path is an address without its server, to be shown.
func path(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.RequestURI()
	}
	return address
}
