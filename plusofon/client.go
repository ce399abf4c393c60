package plusofon

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

const (
	// DefaultBaseURL is the address of the API.
	DefaultBaseURL = "https://restapi.plusofon.ru"
	// DefaultClientCode is the application code that the vendor gives everyone.
	DefaultClientCode = "10553"

	userAgent = "plusofon-go (+https://github.com/plusofon-dashboard/dashboard)"
)

// Client calls the media API for one user. Make it with [New].
type Client struct {
	base        *url.URL
	code        string
	http        *http.Client
	credentials credentials
	fileHosts   []string // to which downloads may be handed on
}

// credentials give the token. They are a function because fmt prints unexported
// fields, whatever methods they have, and sometimes what they point to; of a
// function it knows only the address.
type credentials func() string

func newCredentials(token string) credentials {
	return func() string { return token }
}

// Option changes a setting of a [Client].
type Option func(*Client) error

// New returns a client that signs its requests with token. It fails if an
// option is not usable, and asks nothing of the API.
func New(token string, options ...Option) (*Client, error) {
	c := &Client{credentials: newCredentials(token)}
	defaults := []Option{
		WithBaseURL(DefaultBaseURL),
		WithClientCode(DefaultClientCode),
		WithHTTPClient(http.DefaultClient),
	}
	for _, option := range append(defaults, options...) {
		if err := option(c); err != nil {
			return nil, fmt.Errorf("plusofon: %w", err)
		}
	}
	return c, nil
}

// WithBaseURL sets the address of the API: http or https, without query,
// fragment and user. A path stands before those of the API.
func WithBaseURL(address string) Option {
	return func(c *Client) error {
		base, err := url.Parse(address)
		switch {
		case err != nil:
			return fmt.Errorf("base address: %w", err)
		case base.User != nil:
			return errors.New("base address must not hold a user or a password")
		case base.Scheme != "http" && base.Scheme != "https":
			return fmt.Errorf("base address %q is neither http:// nor https://", address)
		case base.Hostname() == "":
			return fmt.Errorf("base address %q has no host", address)
		case base.RawQuery != "" || base.ForceQuery || base.Fragment != "":
			return fmt.Errorf("base address %q has a query or a fragment", address)
		}
		if base.Path == "" {
			base.Path = "/" // else the paths joined to it would be relative
		}
		c.base = base
		return nil
	}
}

// WithClientCode sets the application code, sent as the header Client.
func WithClientCode(code string) Option {
	return func(c *Client) error {
		if !sendable(code) {
			return fmt.Errorf("client code %q can't be sent in a header", code)
		}
		c.code = code
		return nil
	}
}

// WithHTTPClient sets what sends the requests, [http.DefaultClient] if nil. The
// client is copied, not changed: redirects follow the rules of this package
// first, and then those of the client given.
func WithHTTPClient(client *http.Client) Option {
	return func(c *Client) error {
		if client == nil {
			client = http.DefaultClient
		}
		own := *client
		own.CheckRedirect = redirectPolicy(client.CheckRedirect)
		c.http = &own
		return nil
	}
}

// WithToken returns a client for another user, with the same settings and
// connections. It costs next to nothing: make one for each request if you like.
func (c *Client) WithToken(token string) *Client {
	other := *c
	other.credentials = newCredentials(token)
	return &other
}

// String names the client by its address, without the token.
func (c *Client) String() string {
	return "plusofon.Client(" + c.base.String() + ")"
}

// GoString is [Client.String]: not even %#v prints the token.
func (c *Client) GoString() string { return c.String() }

// shortestSecret is the length from which a token is blanked out in texts of
// others. Shorter ones are words, and each message would be garbled.
const shortestSecret = 6

// redact blanks the token out of a text that came from outside.
func (c credentials) redact(text string) string {
	token := c()
	if len(token) < shortestSecret {
		return text
	}
	return strings.ReplaceAll(text, token, "[token]")
}

// sendable reports whether a header can carry the value.
func sendable(value string) bool {
	control := func(r rune) bool { return r < ' ' || r == 0x7f }
	return strings.TrimSpace(value) != "" && !strings.ContainsFunc(value, control)
}
