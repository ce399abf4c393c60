package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// Downloads of the measurement, and how they are slow.
const (
	slowDownloads = 1000
	slowPiece     = 1 << 10 // bytes that each takes at a time
	slowPause     = 500 * time.Millisecond
	slowHold      = 5 * time.Second // for which all are open before the memory is read
)

// measureSlow measures the memory that downloads take whose users have slow
// lines. The files are small ones, since nginx keeps on the disk what its users
// have not yet taken.
func measureSlow(ctx context.Context, l *lab) ([]row, error) {
	rounds, err := alternate(3,
		func() (float64, error) {
			d, err := l.startDashboard(ctx, smallAccount)
			if err != nil {
				return 0, err
			}
			defer d.stop()
			return perSlowDownload(ctx, d.process, d.request("/media/2/file"))
		},
		func() (float64, error) {
			n, err := l.startNginx(ctx)
			if err != nil {
				return 0, err
			}
			defer n.stop()
			return perSlowDownload(ctx, n.process, l.asUpstream(n.address, "/api/v1/media/2/file"))
		})
	if err != nil {
		return nil, err
	}
	r := row{name: "memory for each of 1,000 slow downloads", against: "nginx proxy_pass", theirs: kilobytes(median(theirsOf(rounds)))}
	return []row{r.within(oursOf(rounds), kilobytes, 120e3)}, nil
}

// perSlowDownload is the memory of a process for each download, in bytes.
func perSlowDownload(ctx context.Context, p *process, file *ask) (float64, error) {
	if _, err := file.read(ctx); err != nil {
		return 0, err
	}
	before, err := p.memory()
	if err != nil {
		return 0, err
	}
	ctx, cancel := context.WithCancel(ctx)
	var readers sync.WaitGroup
	defer readers.Wait()
	defer cancel()
	err = atOnce(slowDownloads, func(int) error {
		connection, err := file.openSlow(ctx)
		if err == nil {
			readers.Go(func() { readSlowly(ctx, connection) })
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	select {
	case <-ctx.Done():
		return 0, ctx.Err()
	case <-time.After(slowHold):
	}
	during, err := p.memory()
	return (during - before) / slowDownloads, err
}

// openSlow asks on a connection of its own, for which the system keeps as
// little as it can, and reads the first bytes of the answer.
func (a *ask) openSlow(ctx context.Context) (net.Conn, error) {
	address, err := url.Parse(a.url)
	if err != nil {
		return nil, fmt.Errorf("opening a slow download: %w", err)
	}
	connection, err := (&net.Dialer{}).DialContext(ctx, "tcp", address.Host)
	if err != nil {
		return nil, fmt.Errorf("opening a slow download: %w", err)
	}
	request := &http.Request{Method: http.MethodGet, URL: address, Header: a.header}
	piece := make([]byte, len("HTTP/1.1 200"))
	err = errors.Join(connection.(*net.TCPConn).SetReadBuffer(4<<10), request.Write(connection))
	if err == nil {
		_, err = connection.Read(piece)
	}
	if err == nil && string(piece) != "HTTP/1.1 200" {
		err = fmt.Errorf("the answer begins with %q", piece)
	}
	if err != nil {
		_ = connection.Close() // not needed
		return nil, fmt.Errorf("opening a slow download: %w", err)
	}
	return connection, nil
}

// readSlowly reads on, a little at a time, until the measurement is over.
func readSlowly(ctx context.Context, connection net.Conn) {
	defer connection.Close()
	piece := make([]byte, slowPiece)
	for ctx.Err() == nil {
		if _, err := connection.Read(piece); err != nil {
			return
		}
		select {
		case <-ctx.Done():
		case <-time.After(slowPause):
		}
	}
}
