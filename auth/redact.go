package auth

import (
	"fmt"
	"io"
	"log/slog"
)

// What holds a token, a secret or a key is printed and logged without it, with
// whatever verb, and by value as well as by pointer.

// String names the session without its token.
func (s Session) String() string { return "session of account " + s.Account }

// Format prints what String gives, for every verb.
func (s Session) Format(f fmt.State, _ rune) { printTo(f, s.String()) }

// LogValue keeps the token out of logs.
func (s Session) LogValue() slog.Value { return slog.StringValue(s.String()) }

// String names the kind of cookie and nothing of the keys.
func (s Sessions) String() string { return "sessions in the cookie " + s.name }

// Format prints what String gives, for every verb.
func (s Sessions) Format(f fmt.State, _ rune) { printTo(f, s.String()) }

// LogValue keeps the keys out of logs.
func (s Sessions) LogValue() slog.Value { return slog.StringValue(s.String()) }

// String tells everything but the secrets.
func (c Config) String() string {
	return fmt.Sprintf("sessions of %s, idle for %s at most, with %d secrets, secure %t", c.Max, c.Idle, len(c.Secrets), c.Secure)
}

// Format prints what String gives, for every verb.
func (c Config) Format(f fmt.State, _ rune) { printTo(f, c.String()) }

// LogValue keeps the secrets out of logs.
func (c Config) LogValue() slog.Value { return slog.StringValue(c.String()) }

// printTo writes for fmt, which itself reports what its writer answers.
func printTo(f fmt.State, text string) { _, _ = io.WriteString(f, text) }
