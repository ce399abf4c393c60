package catalog

import (
	"context"
	"sync"
	"time"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// Lister reads one page of an account's list; pages count from 1. A
// [plusofon.Client] is one.
type Lister interface {
	ListMedia(ctx context.Context, page int) (*plusofon.MediaPage, error)
}

// Config are the settings of a [Catalog]. What is 0 has the default.
type Config struct {
	KeepFor   time.Duration // how long a list is kept, 1 minute by default
	TimeLimit time.Duration // for reading a whole list, 1 minute by default
	MaxFiles  int           // kept at most, of all accounts together; 500,000 by default
	Parallel  int           // pages of a list that are read at the same time, 8 by default
}

func (c Config) withDefaults() Config {
	if c.KeepFor <= 0 {
		c.KeepFor = time.Minute
	}
	if c.TimeLimit <= 0 {
		c.TimeLimit = time.Minute
	}
	if c.MaxFiles <= 0 {
		c.MaxFiles = 500_000
	}
	if c.Parallel <= 0 {
		c.Parallel = 8
	}
	return c
}

// Catalog holds the lists of many accounts. It is safe for concurrent use. Make
// it with [New].
type Catalog struct {
	config Config

	mu      sync.Mutex
	kept    *keeper
	flights map[string]*flight // by account
}

// New makes a catalog that holds nothing yet.
func New(config Config) *Catalog {
	return &Catalog{
		config:  config.withDefaults(),
		kept:    newKeeper(),
		flights: make(map[string]*flight),
	}
}

// Find gives a page of the files that a query asks for. The list is read
// through from, unless it is kept; account tells lists apart, and must differ
// for users who don't have the same files.
func (c *Catalog) Find(ctx context.Context, account string, from Lister, query Query) (*Result, error) {
	list, err := c.list(ctx, account, from)
	if err != nil {
		return nil, err
	}
	list.order(query.Language) // is likely to be wanted next
	return list.page(query), nil
}

// FindAll gives the files that a query asks for, of all pages.
func (c *Catalog) FindAll(ctx context.Context, account string, from Lister, query Query) ([]plusofon.Media, error) {
	list, err := c.list(ctx, account, from)
	if err != nil {
		return nil, err
	}
	places := list.find(query)
	files := make([]plusofon.Media, len(places))
	for i, place := range places {
		files[i] = list.files[place]
	}
	return files, nil
}

// Forget drops the list of an account. A list that is being read is neither
// kept nor given to those who ask from now on.
func (c *Catalog) Forget(account string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.kept.drop(account)
	delete(c.flights, account)
}

// Progress tells how many pages of an account's list have been read, and how
// many there are, 0 as long as that is unknown. If the list is not being read
// at present, loading is false.
func (c *Catalog) Progress(account string) (done, total int, loading bool) {
	c.mu.Lock()
	f, loading := c.flights[account]
	c.mu.Unlock()
	if !loading {
		return 0, 0, false
	}
	done, total = f.progress.pages()
	return done, total, true
}
