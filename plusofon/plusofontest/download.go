package plusofontest

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// download sends the content of a file.
func (a *API) download(w http.ResponseWriter, r *http.Request) {
	file, err := a.requested(r)
	if err != nil {
		a.fail(w, r, err)
		return
	}
	content, size, err := file.open()
	if err != nil {
		panic(fmt.Sprintf("plusofontest: opening the file %d: %v", file.ID, err))
	}
	if closer, ok := content.(io.Closer); ok {
		defer closer.Close()
	}
	w.Header()["Content-Type"] = nil // net/http would guess it
	if a.contentType != "" {
		w.Header().Set("Content-Type", a.contentType)
	}
	if a.ranges {
		http.ServeContent(w, r, "", time.Time{}, content)
		return
	}
	w.Header().Set("Content-Length", strconv.FormatInt(size, 10))
	if _, err := io.CopyN(w, content, size); err != nil {
		panic(http.ErrAbortHandler) // the client has left, or the file is shorter than it should be
	}
}

func (a *API) requested(r *http.Request) (File, error) {
	owner, err := a.owner(r)
	if err != nil {
		return File{}, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	index, err := owner.named(r)
	if err != nil {
		return File{}, err
	}
	return owner.files[index], nil
}

func (f File) open() (content io.ReadSeeker, size int64, err error) {
	if f.Open == nil {
		return bytes.NewReader(f.Content), int64(len(f.Content)), nil
	}
	content, err = f.Open()
	return content, f.Size, err
}
