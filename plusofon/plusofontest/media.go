package plusofontest

import (
	"net/http"
	"slices"
	"strconv"
)

// list answers with a page of the files.
func (a *API) list(owner *account, r *http.Request) (object, error) {
	page, err := strconv.Atoi(r.URL.Query().Get("page"))
	if err != nil || page < 1 {
		page = 1 // so does Laravel
	}
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	p := paginator{path: scheme + "://" + r.Host + r.URL.Path, page: page}
	a.mu.Lock()
	defer a.mu.Unlock()
	p.total = len(owner.files)
	if page <= p.last() {
		p.from = (page - 1) * PerPage
		p.shown = slices.Clone(owner.files[p.from:min(page*PerPage, p.total)])
	}
	return p.object(), nil
}

func (a *API) show(owner *account, r *http.Request) (object, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	index, err := owner.named(r)
	if err != nil {
		return nil, err
	}
	return row(owner.files[index]), nil
}

func (a *API) rename(owner *account, r *http.Request) (object, error) {
	fields, problem := readFields(r.Body, "name")
	a.mu.Lock()
	defer a.mu.Unlock()
	index, err := owner.named(r)
	if err != nil {
		return nil, err
	}
	if problem != nil {
		return nil, problem
	}
	name, err := nameOf(fields)
	if err != nil {
		return nil, err
	}
	owner.files[index].Name = name
	return done, nil
}

func (a *API) remove(owner *account, r *http.Request) (object, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	index, err := owner.named(r)
	if err != nil {
		return nil, err
	}
	owner.files = slices.Delete(owner.files, index, index+1)
	return done, nil
}

// named finds the file that the path of a request names.
func (o *account) named(r *http.Request) (index int, err error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return 0, errMediaID
	}
	index, found := o.find(id)
	if !found {
		return 0, errNoMedia
	}
	return index, nil
}

// row is a file as the API shows it.
func row(file File) object { return object{{"id", file.ID}, {"name", file.Name}} }
