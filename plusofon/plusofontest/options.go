package plusofontest

import (
	"slices"
	"time"
)

// DefaultMaxBody is the largest request that is read, in bytes.
const DefaultMaxBody = 64 << 20

// Option changes what an API is like.
type Option func(*API)

// WithAccount adds an account with its files.
func WithAccount(token string, files ...File) Option {
	return func(a *API) {
		owner := &account{}
		a.accounts[token] = owner
		for _, file := range files {
			a.add(owner, file)
		}
	}
}

// WithStandard replaces the vendor's four presets. One without content gets a
// short tone.
func WithStandard(presets ...Standard) Option {
	return func(a *API) {
		a.presets = slices.Clone(presets)
		for i := range a.presets {
			if a.presets[i].Content == nil {
				a.presets[i].Content = tone(i)
			}
		}
	}
}

// WithStatusErrors sends errors with their code as the HTTP status.
func WithStatusErrors() Option { return func(a *API) { a.statusErrors = true } }

// WithRanges has file downloads honour the Range header.
func WithRanges() Option { return func(a *API) { a.ranges = true } }

// WithFileContentType sends files with a content type; with none if it is
// empty.
func WithFileContentType(contentType string) Option {
	return func(a *API) { a.contentType = contentType }
}

// WithLatency makes the API wait so long before each of its answers.
func WithLatency(latency time.Duration) Option { return func(a *API) { a.latency = latency } }

// WithMaxBody sets the largest request that is read, in bytes.
func WithMaxBody(size int64) Option { return func(a *API) { a.maxBody = size } }
