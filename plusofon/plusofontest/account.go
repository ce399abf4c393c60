package plusofontest

import (
	"cmp"
	"fmt"
	"io"
	"slices"
)

// File is a media file of an account. Its content is in Content, or, so that a
// large one need not be held, is read from what Open gives.
type File struct {
	ID      int64 // 0 for the next free one
	Name    string
	Format  string // one of the seven words of the API
	Content []byte
	Open    func() (io.ReadSeeker, error) // called for each download; closed afterwards if it can be
	Size    int64                         // bytes that Open's reader has; unused without Open
}

// account is a customer: the files, in the order of their ids.
type account struct{ files []File }

// find gives the place of a file, or where it would have to be.
func (o *account) find(id int64) (index int, found bool) {
	return slices.BinarySearchFunc(o.files, id, func(f File, id int64) int { return cmp.Compare(f.ID, id) })
}

func (a *API) add(owner *account, file File) {
	if file.ID == 0 {
		file.ID = a.lastID + 1
	}
	a.lastID = max(a.lastID, file.ID)
	index, taken := owner.find(file.ID)
	if taken {
		panic(fmt.Sprintf("plusofontest: two files with the id %d", file.ID))
	}
	owner.files = slices.Insert(owner.files, index, file)
}

// Files gives the files of an account as they are now. The contents are not
// copied.
func (a *API) Files(token string) []File {
	a.mu.Lock()
	defer a.mu.Unlock()
	owner, ok := a.accounts[token]
	if !ok {
		return nil
	}
	return slices.Clone(owner.files)
}

// RemoveAccount makes a token unknown, as when it is revoked.
func (a *API) RemoveAccount(token string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.accounts, token)
}
