package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// nginxConfig leaves everything at its default that is not needed to run it as
// a process of ours in a folder of ours. The rewrites are the numbers of
// connections, of which the default is too small for the measurements.
const nginxConfig = `daemon off;
user root;
pid %[1]s/nginx.pid;
error_log %[1]s/error.log;
worker_processes %[2]d;
worker_rlimit_nofile 16384;
events { worker_connections 8192; }
http {
	access_log %[1]s/access.log;
	client_body_temp_path %[1]s/client_body;
	proxy_temp_path %[1]s/proxy;
	fastcgi_temp_path %[1]s/fastcgi;
	uwsgi_temp_path %[1]s/uwsgi;
	scgi_temp_path %[1]s/scgi;
	server {
		listen %[3]s;
		location = /healthz { return 200 "ok\n"; }
		location / { proxy_pass %[4]s; }
	}
}
`

// nginx is what the program is compared with: a proxy before the same
// upstream, with as many workers as the machine has cores.
type nginx struct {
	*process
	address string // http://…
}

// startNginx starts nginx and waits until it answers.
func (l *lab) startNginx(ctx context.Context) (*nginx, error) {
	n, err := l.launchNginx(ctx)
	if err != nil {
		return nil, err
	}
	if err := awaitHealth(ctx, n.address); err != nil {
		n.stop()
		return nil, err
	}
	return n, nil
}

func (l *lab) launchNginx(ctx context.Context) (*nginx, error) {
	folder, err := os.MkdirTemp(l.folder, "nginx-*")
	if err != nil {
		return nil, fmt.Errorf("making a folder for nginx: %w", err)
	}
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	config := filepath.Join(folder, "nginx.conf")
	text := fmt.Sprintf(nginxConfig, folder, runtime.NumCPU(), address, l.upstream.address)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		return nil, fmt.Errorf("configuring nginx: %w", err)
	}
	log, err := l.newLog()
	if err != nil {
		return nil, err
	}
	defer log.Close()
	p, err := launch(ctx, log, l.programs["nginx"], "-p", folder, "-e", filepath.Join(folder, "error.log"), "-c", config)
	if err != nil {
		return nil, err
	}
	return &nginx{process: p, address: "http://" + address}, nil
}

// freeAddress finds a port that nobody listens on.
func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("finding a free port: %w", err)
	}
	return listener.Addr().String(), listener.Close()
}

// awaitHealth waits until a server answers. It asks once, when the server
// listens: an HTTP client that tries again and again would take the machine from
// the server that starts.
func awaitHealth(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	err := await(ctx, address+" to listen", func() (bool, error) {
		connection, err := (&net.Dialer{}).DialContext(ctx, "tcp", strings.TrimPrefix(address, "http://"))
		if err != nil {
			return false, nil // as long as it does not
		}
		return true, connection.Close()
	})
	if err == nil {
		_, err = newAsk(address + "/healthz").read(ctx)
	}
	return err
}

// settle waits until a server that has just worked is idle.
func settle(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(2 * time.Second):
	}
}
