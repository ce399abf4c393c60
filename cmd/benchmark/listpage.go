package main

import (
	"context"
	"fmt"
	"net/http/httputil"
	"os"
	"path/filepath"
)

// listConnections keep the program busy all the time.
const listConnections = 16

// measureListPage compares the list page with writing the same bytes, finished
// before, with the same headers.
func measureListPage(ctx context.Context, l *lab) ([]row, error) {
	d, err := l.startDashboard(ctx, smallAccount)
	if err != nil {
		return nil, err
	}
	defer d.stop()
	page := d.request("/media").with("Accept-Encoding", "gzip, deflate, br, zstd")
	finished, err := l.startFinishedPage(ctx, page)
	if err != nil {
		return nil, err
	}
	defer finished.stop()
	same := newAsk(finished.address + "/media")
	same.header = page.header
	rounds, err := alternate(5,
		func() (float64, error) { return l.perRequest(ctx, d.process, page) },
		func() (float64, error) { return l.perRequest(ctx, finished.process, same) })
	if err != nil {
		return nil, err
	}
	absolute := row{name: "list page: CPU, absolute"}.within(oursOf(rounds), microseconds, 350e-6)
	return []row{
		compared("list page: CPU", "writing the same finished bytes", rounds, microseconds, 12),
		absolute,
	}, nil
}

// startFinishedPage starts a plain server that sends a page of the dashboard,
// taken once.
func (l *lab) startFinishedPage(ctx context.Context, page *ask) (*helper, error) {
	response, err := page.open(ctx)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	text, err := httputil.DumpResponse(response, true)
	if err != nil {
		return nil, fmt.Errorf("keeping the finished page: %w", err)
	}
	file := filepath.Join(l.folder, "finished-page")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return nil, fmt.Errorf("keeping the finished page: %w", err)
	}
	return startHelper(ctx, "finished-page", file)
}

// perRequest is the time of the CPU that a process takes for a request, in
// seconds, while wrk sends them.
func (l *lab) perRequest(ctx context.Context, p *process, page *ask) (float64, error) {
	var report wrkReport
	cost, err := p.cost(func() (err error) {
		report, err = l.wrk(ctx, listConnections, page)
		return err
	})
	return cost / float64(report.requests), err
}
