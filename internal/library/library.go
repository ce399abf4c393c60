// Package library is an account's recordings as an office works with them: find, add,
// rename, delete, replace, listen, many at once. It knows no browser and no words: it
// gets a context, an account and typed values, and gives typed results and errors.
//
// A write is one function that reads top down: once for each session and target
// (coalesce), sent, and where Plusofon did not confirm it, looked up and never sent
// again (resolveOutcome).
package library

import (
	"context"
	"errors"
	"fmt"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/singleflight"

	"github.com/plusofon-dashboard/dashboard/internal/library/catalog"
	"github.com/plusofon-dashboard/dashboard/internal/spool"
	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// Library holds what all accounts share.
type Library struct {
	client  *plusofon.Client
	spools  *spool.Pool
	catalog *catalog.Catalog
	facts   *lru.Cache[factsKey, Facts]
	writes  singleflight.Group
	names   keyedLocks // of files that are being added, by account and name
	uploads finishedUploads
}

// New makes a library. The token of the client is replaced by that of each account.
func New(client *plusofon.Client, spools *spool.Pool) (*Library, error) {
	if client == nil || spools == nil {
		return nil, errors.New("library: a client and spools are required")
	}
	facts, err := lru.New[factsKey, Facts](factsKept)
	if err != nil {
		return nil, fmt.Errorf("library: %w", err)
	}
	return &Library{
		client: client, spools: spools, catalog: catalog.New(catalog.Config{}), facts: facts, uploads: newFinishedUploads(),
	}, nil
}

// Account is the recordings of an account, for one session of a user.
type Account struct {
	library *Library
	client  *plusofon.Client
	id      string
	session string
}

// Account gives the recordings of an account. The id keeps apart what is remembered
// of each, and the session whose writes are the same.
func (l *Library) Account(id, session, token string) *Account {
	return &Account{library: l, client: l.client.WithToken(token), id: id, session: session}
}

// CheckToken asks Plusofon whether it accepts a token: plusofon.ErrTokenRefused if it
// does not.
func (l *Library) CheckToken(ctx context.Context, token string) error {
	_, err := l.client.WithToken(token).ListMedia(ctx, 1)
	return err
}

// Get gives a file by its number.
func (a *Account) Get(ctx context.Context, id plusofon.MediaID) (*plusofon.Media, error) {
	media, err := a.client.GetMedia(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("looking at media file %s: %w", id, err)
	}
	return media, nil
}

// Presets gives the vendor's recordings.
func (a *Account) Presets(ctx context.Context) ([]plusofon.StandardMedia, error) {
	presets, err := a.client.ListStandardMedia(ctx)
	if err != nil {
		return nil, fmt.Errorf("listing the standard recordings: %w", err)
	}
	return presets, nil
}
