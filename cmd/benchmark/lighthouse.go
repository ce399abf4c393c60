package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// lighthousePackage is what npx fetches: the newest one that runs on the Node.js
// of Debian.
const lighthousePackage = "lighthouse@12.8.2"

// lighthouseRuns is how often each page is judged: its performance varies.
const lighthouseRuns = 3

// lighthouseCategories are judged from 0 to 100.
var lighthouseCategories = []string{"performance", "accessibility", "best-practices"}

// measureLighthouse has the list and the sign-in page judged by Lighthouse, as
// seen on a phone and on a desktop.
func measureLighthouse(ctx context.Context, l *lab) ([]row, error) {
	d, err := l.startDashboard(ctx, smallAccount)
	if err != nil {
		return nil, err
	}
	defer d.stop()
	var rows []row
	for _, device := range []string{"phone", "desktop"} {
		for _, page := range []struct{ name, path, cookie string }{{"list", "/media", d.cookie}, {"sign-in", "/login", ""}} {
			reports := make([]lighthouseReport, lighthouseRuns)
			for i := range reports {
				if reports[i], err = l.lighthouseAgain(ctx, d.address+page.path, page.cookie, device); err != nil {
					return rows, err
				}
			}
			rows = append(rows, judged("Lighthouse, "+device+": "+page.name, reports))
		}
	}
	return rows, nil
}

// lighthouseReport is the part of a report that is used.
type lighthouseReport struct {
	Categories map[string]struct {
		Score     float64 // from 0 to 1
		AuditRefs []struct {
			ID     string
			Weight float64
		}
	}
	Audits map[string]struct {
		Score        *float64
		Title        string
		DisplayValue string
	}
}

// lighthouseAgain tries again after a failure: on a busy machine Lighthouse
// misses the beginning of the page at times, and says so.
func (l *lab) lighthouseAgain(ctx context.Context, url, cookie, device string) (report lighthouseReport, err error) {
	for range 3 {
		if report, err = l.lighthouse(ctx, url, cookie, device); err == nil || ctx.Err() != nil {
			break
		}
	}
	return report, err
}

// lighthouse has a page judged once.
func (l *lab) lighthouse(ctx context.Context, url, cookie, device string) (report lighthouseReport, err error) {
	file := filepath.Join(l.folder, "lighthouse.json")
	args := []string{
		"--yes", lighthousePackage, url, "--quiet", "--output=json", "--output-path=" + file,
		"--only-categories=" + strings.Join(lighthouseCategories, ","),
		"--chrome-flags=--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --lang=ru",
	}
	if device == "desktop" {
		args = append(args, "--preset=desktop")
	}
	if cookie != "" {
		args = append(args, fmt.Sprintf(`--extra-headers={"Cookie":%q}`, cookie))
	}
	command := exec.CommandContext(ctx, l.programs["npx"], args...)
	command.Dir = l.folder
	command.Env = append(os.Environ(), "CHROME_PATH="+l.programs["Chromium"])
	if output, err := command.CombinedOutput(); err != nil {
		return report, fmt.Errorf("running lighthouse: %w: %.500s", err, output)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return report, fmt.Errorf("reading lighthouse's report: %w", err)
	}
	if err := json.Unmarshal(text, &report); err != nil {
		return report, fmt.Errorf("reading lighthouse's report: %w", err)
	}
	return report, nil
}

// judged makes a row of what several runs said of a page.
func judged(name string, reports []lighthouseReport) row {
	r := row{name: name + ": performance, accessibility, best practices", limit: "100, 100, 100", reached: true}
	var figures []string
	for _, category := range lighthouseCategories {
		var scores []float64
		for _, report := range reports {
			scores = append(scores, 100*report.Categories[category].Score)
		}
		figures = append(figures, plain.spread(scores))
		r.reached = r.reached && median(scores) > 99.5
	}
	if !r.reached {
		fmt.Fprintf(os.Stderr, "%s lacks:%s\n", name, reports[len(reports)-1].lacking())
	}
	r.figure = strings.Join(figures, ", ")
	return r
}

// lacking lists what cost points.
func (r lighthouseReport) lacking() string {
	var list strings.Builder
	for _, category := range lighthouseCategories {
		for _, ref := range r.Categories[category].AuditRefs {
			if audit := r.Audits[ref.ID]; ref.Weight > 0 && audit.Score != nil && *audit.Score < 1 {
				fmt.Fprintf(&list, "\n  %s: %s %s (%.0f)", category, audit.Title, audit.DisplayValue, 100**audit.Score)
			}
		}
	}
	return list.String()
}
