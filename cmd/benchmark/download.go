package main

import "context"

// Downloads of the measurement, in all and at once.
const (
	downloads       = 128
	downloadStreams = 64
	downloadSize    = 10e6 // bytes
)

// measureDownload compares the time of the CPU that passing on a file takes.
func measureDownload(ctx context.Context, l *lab) ([]row, error) {
	d, err := l.startDashboard(ctx, smallAccount)
	if err != nil {
		return nil, err
	}
	defer d.stop()
	n, err := l.startNginx(ctx)
	if err != nil {
		return nil, err
	}
	defer n.stop()
	rounds, err := alternate(5,
		func() (float64, error) { return perGigabyte(ctx, d.process, d.request("/media/10/file")) },
		func() (float64, error) {
			return perGigabyte(ctx, n.process, l.asUpstream(n.address, "/api/v1/media/10/file"))
		})
	if err != nil {
		return nil, err
	}
	return []row{compared("download of 10 MB, 64 streams: CPU per GB", "nginx proxy_pass", rounds, secondsPerGB, 0.7)}, nil
}

// perGigabyte is the time of the CPU that a process takes for downloads of
// 1 GB, in seconds.
func perGigabyte(ctx context.Context, p *process, file *ask) (float64, error) {
	cost, err := p.cost(func() error {
		return atOnce(downloadStreams, func(int) error {
			for range downloads / downloadStreams {
				if err := file.readExactly(ctx, downloadSize); err != nil {
					return err
				}
			}
			return nil
		})
	})
	return cost / (downloads * downloadSize / 1e9), err
}
