package catalog

import (
	"math"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// keeper holds lists, and knows which was wanted last. It is guarded by the
// catalog's lock.
type keeper struct {
	lists *simplelru.LRU[string, keptList] // by account
	size  int                              // of all lists together, see [list.size]
}

type keptList struct {
	*list
	expiry *time.Timer
}

func newKeeper() *keeper {
	k := &keeper{}
	// The number of accounts is not limited, but that of files; the only error
	// is for a limit that is not positive.
	k.lists, _ = simplelru.NewLRU(math.MaxInt, k.dropped)
	return k
}

// dropped is called for every list that is no longer held.
func (k *keeper) dropped(_ string, entry keptList) {
	entry.expiry.Stop()
	k.size -= entry.size
}

// get gives the list of an account, nil if it is not held.
func (k *keeper) get(account string) *list {
	entry, _ := k.lists.Get(account)
	return entry.list
}

func (k *keeper) drop(account string) { k.lists.Remove(account) }

// keep holds a list for its time, in place of those that were wanted longest
// ago. It is called with the lock held.
func (c *Catalog) keep(account string, l *list) {
	c.kept.drop(account)
	if l.size > c.config.MaxFiles {
		return
	}
	for c.kept.size+l.size > c.config.MaxFiles {
		c.kept.lists.RemoveOldest()
	}
	c.kept.size += l.size
	c.kept.lists.Add(account, keptList{list: l, expiry: time.AfterFunc(c.config.KeepFor, func() {
		c.expire(account, l)
	})})
}

// expire drops a list when its time is up, unless another has taken its place.
func (c *Catalog) expire(account string, l *list) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if entry, _ := c.kept.lists.Peek(account); entry.list == l {
		c.kept.drop(account)
	}
}
