package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// dashboard is the program that is measured, with a user signed in.
type dashboard struct {
	*process
	address string // http://…
	metrics string // address of the metrics
	cookie  string // header of the signed-in user
}

// startDashboard starts the program, in front of the upstream, and signs in
// with a token, which tells the upstream what to be like.
func (l *lab) startDashboard(ctx context.Context, token string) (*dashboard, error) {
	log, err := l.newLog()
	if err != nil {
		return nil, err
	}
	defer log.Close()
	p, err := launch(ctx, log, l.binary, "--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0", "--plusofon-url", l.upstream.address)
	if err != nil {
		return nil, err
	}
	d := &dashboard{process: p}
	if err := d.findAddresses(ctx, log.Name()); err != nil {
		p.stop()
		return nil, tail(err, log.Name())
	}
	if d.cookie, err = d.signIn(ctx, token); err != nil {
		p.stop()
		return nil, tail(err, log.Name())
	}
	return d, nil
}

// startTimeout is far above what a start takes on a machine that is busy.
const startTimeout = 20 * time.Second

// findAddresses waits for the lines of the log that say where it listens.
func (d *dashboard) findAddresses(ctx context.Context, log string) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	return await(ctx, "the dashboard's log to say where it listens", func() (bool, error) {
		text, err := os.ReadFile(log)
		if err != nil {
			return false, fmt.Errorf("reading the log: %w", err)
		}
		for line := range bytes.Lines(text) {
			if address, found := wordAfter(string(line), "msg=metrics address="); found {
				d.metrics = address
			}
			if address, found := wordAfter(string(line), "msg=listening address="); found {
				d.address = address
			}
		}
		return d.address != "" && d.metrics != "", nil
	})
}

func wordAfter(line, before string) (string, bool) {
	_, rest, found := strings.Cut(strings.TrimRight(line, "\n"), before)
	word, _, _ := strings.Cut(rest, " ")
	return word, found && strings.HasSuffix(line, "\n")
}

// await looks at something again and again until it holds.
func await(ctx context.Context, what string, holds func() (bool, error)) error {
	for {
		ok, err := holds()
		if ok || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("waiting for %s: %w", what, ctx.Err())
		case <-time.After(time.Millisecond):
		}
	}
}

// signIn gives the cookie of a user with a token.
func (d *dashboard) signIn(ctx context.Context, token string) (string, error) {
	form := strings.NewReader(url.Values{"token": {token}}.Encode())
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, d.address+"/login", form)
	if err != nil {
		return "", fmt.Errorf("signing in: %w", err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := client.Do(request)
	if err != nil {
		return "", fmt.Errorf("signing in: %w", err)
	}
	defer response.Body.Close()
	for _, cookie := range response.Cookies() {
		if response.StatusCode == http.StatusSeeOther {
			return cookie.Name + "=" + cookie.Value, nil
		}
	}
	return "", errors.New("signing in: the answer is " + response.Status)
}

// request asks the dashboard as its user's browser does.
func (d *dashboard) request(path string) *ask {
	return newAsk(d.address+path).with("Cookie", d.cookie)
}
