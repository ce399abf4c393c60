package plusofontest

import (
	"net/http"
	"slices"
	"strings"
)

// account is a customer: the files, in the order of their ids.
type account struct{ files []File }

func (a *API) add(owner *account, file File) {
	if file.ID == 0 {
		file.ID = a.lastID + 1
	}
	a.lastID = max(a.lastID, file.ID)
	owner.files = append(owner.files, file)
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

// owner checks the headers of a request and finds its account. Where they are
// not right it has answered, and ok is false. It is called with the lock held.
func (a *API) owner(w http.ResponseWriter, r *http.Request) (owner *account, ok bool) {
	for name, want := range map[string]string{
		"Client": ClientCode, "Accept": "application/json", "Content-Type": "application/json",
	} {
		if got := r.Header.Get(name); got != want {
			a.fail(w, http.StatusBadRequest, "The header "+name+" must be "+want+".")
			return nil, false
		}
	}
	token, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	owner, known := a.accounts[token]
	if !bearer || !known {
		a.fail(w, http.StatusInternalServerError, "User not found.")
		return nil, false
	}
	return owner, true
}

// file finds the file that a request names. Where there is none it has
// answered, and index is negative. It is called with the lock held.
func (a *API) file(w http.ResponseWriter, r *http.Request) (owner *account, index int) {
	owner, ok := a.owner(w, r)
	if !ok {
		return nil, -1
	}
	id, ok := parseID(r.PathValue("id"))
	if !ok {
		a.fail(w, http.StatusBadRequest, "The media id must be int.")
		return nil, -1
	}
	index, found := slices.BinarySearchFunc(owner.files, id, func(f File, id int64) int {
		switch {
		case f.ID < id:
			return -1
		case f.ID > id:
			return 1
		}
		return 0
	})
	if !found {
		a.fail(w, http.StatusNotFound, "Media not found.")
		return nil, -1
	}
	return owner, index
}
