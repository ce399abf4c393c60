package plusofon

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// WithFileHosts names hosts, each with a port if it is not 443, to which the API
// may hand a download on. Only these are followed, by https, once, and without
// the token or any header of ours but the range. Without them a download that
// is handed on is [ErrFileElsewhere].
func WithFileHosts(hosts ...string) Option {
	return func(c *Client) error {
		for _, host := range hosts {
			if u, err := url.Parse("https://" + host); err != nil || host == "" || u.Host != host || u.Hostname() == "" {
				return fmt.Errorf("file host %q is no name of a host", host)
			}
		}
		c.fileHosts = slices.Clone(hosts)
		return nil
	}
}

// handedOn reports to which other origin a download is handed on, nil if it is
// not.
func (x *exchange) handedOn() *url.URL {
	if x.response.StatusCode < 300 || x.response.StatusCode > 399 {
		return nil
	}
	target, err := x.response.Location()
	if err != nil || sameOrigin(x.client.base, target) {
		return nil
	}
	return target
}

// follow fetches a file where the API has handed it on to, in place of the
// response that says so.
func (x *exchange) follow(target *url.URL) error {
	if !x.client.isFileHost(target) {
		return x.fail(ErrUnexpectedAnswer, ErrFileElsewhere, fmt.Errorf("it is at %s://%s, which is none of the file hosts", target.Scheme, target.Host))
	}
	_ = x.response.Body.Close() // it only says where the file is
	request, err := http.NewRequestWithContext(x.ctx, http.MethodGet, target.String(), nil)
	if err != nil {
		return x.fail(fmt.Errorf("making the request to the file host: %w", err))
	}
	request.Header.Set("User-Agent", "")
	for name, values := range x.request.header {
		request.Header[name] = values
	}
	once := *x.client.http
	once.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	response, err := once.Do(request)
	if err != nil {
		return x.broken(true, withoutURL(err))
	}
	x.response = response
	if x.handedOn() != nil || response.StatusCode >= 300 && response.StatusCode < 400 {
		return x.unexpected(fmt.Errorf("the file host %s hands the file on", target.Host))
	}
	return nil
}

func (c *Client) isFileHost(target *url.URL) bool {
	if target.Scheme != "https" || target.User != nil {
		return false
	}
	return slices.ContainsFunc(c.fileHosts, func(host string) bool {
		return strings.EqualFold(host, target.Host) || strings.EqualFold(host, target.Hostname()) && port(target) == "443"
	})
}
