package main

import (
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// settings are what flags and environment say; see flags.go.
type settings struct {
	Version        bool // only say which build this is
	Listen         string
	Demo           bool
	PlusofonURL    string
	PlusofonClient string
	SessionSecret  string
	PublicURL      string
	TrustedProxies string
	SessionIdle    time.Duration
	SessionMax     time.Duration
	FileHosts      string
	MaxUpload      string
	SpoolSize      string
	MetricsListen  string
	LogFormat      string

	publicURL      *url.URL
	secrets        []string
	randomSecret   bool
	trustedProxies []netip.Prefix
	fileHosts      []string
	maxUpload      int64
	spoolSize      int64
}

// settingError is a bad setting, which stops the program before it listens.
// Its text is one line: the setting, its value and what is allowed.
type settingError struct{ text string }

func (e *settingError) Error() string { return e.text }

func bad(flag, value, allowed string) error {
	return &settingError{fmt.Sprintf("--%s %q: %s", flag, value, allowed)}
}

// check reads what flags know only as text, and what depends on other settings.
func (s *settings) check() error {
	for _, check := range []func() error{
		s.checkAddresses, s.checkPlusofon, s.checkPublicURL, s.checkSecrets,
		s.checkProxies, s.checkSession, s.checkUpload, s.checkFileHosts, s.checkLog,
	} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (s *settings) checkAddresses() error {
	const allowed = "must be host:port, such as 127.0.0.1:8080 or :8080"
	for flag, address := range map[string]string{"listen": s.Listen, "metrics-listen": s.MetricsListen} {
		if flag == "metrics-listen" && address == "" {
			continue
		}
		_, port, err := net.SplitHostPort(address)
		if err != nil {
			return bad(flag, address, allowed)
		}
		if _, err := strconv.ParseUint(port, 10, 16); err != nil {
			return bad(flag, address, allowed)
		}
	}
	return nil
}

func (s *settings) checkPlusofon() error {
	if _, ok := webAddress(s.PlusofonURL); !ok {
		return bad("plusofon-url", s.PlusofonURL, "must be an http or https address without user, query or fragment")
	}
	if s.PlusofonClient == "" || strings.ContainsFunc(s.PlusofonClient, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return bad("plusofon-client", s.PlusofonClient, "must be a code of letters and digits")
	}
	return nil
}

func (s *settings) checkPublicURL() error {
	if s.PublicURL == "" {
		return nil
	}
	public, ok := webAddress(s.PublicURL)
	if !ok || strings.Trim(public.Path, "/") != "" {
		return bad("public-url", s.PublicURL, "must be an http or https address without a path, such as https://audio.example.com")
	}
	s.publicURL = public
	return nil
}

// webAddress reads an absolute http or https address.
func webAddress(text string) (*url.URL, bool) {
	u, err := url.Parse(text)
	ok := err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" &&
		u.User == nil && u.RawQuery == "" && u.Fragment == ""
	return u, ok
}

// minSecret is the length of a session secret in characters.
const minSecret = 32

func (s *settings) checkSecrets() error {
	if s.SessionSecret == "" {
		if s.publicURL != nil {
			return &settingError{"--session-secret is not set: with --public-url a secret of at least 32 characters is required"}
		}
		s.secrets, s.randomSecret = []string{rand.Text() + rand.Text()}, true
		return nil
	}
	for i, secret := range strings.Split(s.SessionSecret, ",") {
		secret = strings.TrimSpace(secret)
		if length := utf8.RuneCountInString(secret); length < minSecret {
			return &settingError{fmt.Sprintf("--session-secret: secret %d has %d characters: must have at least %d", i+1, length, minSecret)}
		}
		s.secrets = append(s.secrets, secret)
	}
	return nil
}

func (s *settings) checkProxies() error {
	for text := range strings.SplitSeq(s.TrustedProxies, ",") {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			address, failed := netip.ParseAddr(text)
			if failed != nil {
				return bad("trusted-proxies", s.TrustedProxies, "must be networks such as 10.0.0.0/8, comma-separated")
			}
			prefix = netip.PrefixFrom(address, address.BitLen())
		}
		s.trustedProxies = append(s.trustedProxies, prefix)
	}
	return nil
}

func (s *settings) checkSession() error {
	switch {
	case s.SessionIdle < time.Minute:
		return bad("session-idle", s.SessionIdle.String(), "must be at least 1m")
	case s.SessionMax < s.SessionIdle:
		return bad("session-max", s.SessionMax.String(), "must be at least as long as --session-idle")
	}
	return nil
}

func (s *settings) checkUpload() error {
	size, ok := parseSize(s.MaxUpload)
	if !ok || size < 1 || size > 1<<30 {
		return bad("max-upload", s.MaxUpload, "must be a size from 1B to 1GiB, such as 500KiB or 32MiB")
	}
	s.maxUpload = size
	if s.spoolSize, ok = parseSize(s.SpoolSize); !ok || s.spoolSize < s.maxUpload {
		return bad("spool-size", s.SpoolSize, "must be a size such as 2GiB, and at least that of --max-upload")
	}
	return nil
}

func (s *settings) checkFileHosts() error {
	for host := range strings.SplitSeq(s.FileHosts, ",") {
		if host = strings.TrimSpace(host); host == "" {
			continue
		}
		if _, err := plusofon.New("", plusofon.WithFileHosts(host)); err != nil {
			return bad("file-hosts", s.FileHosts, "must be names of hosts, comma-separated, such as storage.example.com")
		}
		s.fileHosts = append(s.fileHosts, host)
	}
	return nil
}

// parseSize reads a size: bytes, or a number with KiB, MiB or GiB; KB, MB and
// GB mean the same.
func parseSize(text string) (int64, bool) {
	digits := strings.TrimRight(text, "KMGiBkmgb ")
	shift, ok := map[string]int{
		"": 0, "b": 0, "k": 10, "kb": 10, "kib": 10, "m": 20, "mb": 20, "mib": 20, "g": 30, "gb": 30, "gib": 30,
	}[strings.ToLower(strings.TrimSpace(text[len(digits):]))]
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || !ok || n < 0 || n > 1<<32 {
		return 0, false
	}
	return n << shift, true
}

func (s *settings) checkLog() error {
	if s.LogFormat != "text" && s.LogFormat != "json" {
		return bad("log-format", s.LogFormat, "must be text or json")
	}
	return nil
}

// logger writes the log in the format that is set.
func (s *settings) logger(output io.Writer) *slog.Logger {
	if s.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(output, nil))
	}
	return slog.New(slog.NewTextHandler(output, nil))
}
