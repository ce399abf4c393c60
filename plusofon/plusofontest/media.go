package plusofontest

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"
)

func parseID(s string) (int64, bool) {
	id, err := strconv.ParseInt(s, 10, 64)
	return id, err == nil
}

// list answers with a page as Laravel's paginator writes it.
func (a *API) list(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	owner, ok := a.owner(w, r)
	if !ok {
		a.mu.Unlock()
		return
	}
	page, err := strconv.Atoi(r.URL.Query().Get("page"))
	if err != nil || page < 1 {
		page = 1
	}
	total := len(owner.files)
	from, to := min((page-1)*PerPage, total), min(page*PerPage, total)
	shown := slices.Clone(owner.files[from:to])
	a.mu.Unlock()
	writeJSON(w, http.StatusOK, paginator("http://"+r.Host+r.URL.Path, page, from, total, shown))
}

func paginator(path string, page, from, total int, shown []File) object {
	last := max((total+PerPage-1)/PerPage, 1)
	url := func(page int) any {
		if page < 1 || page > last {
			return nil
		}
		return path + "?page=" + strconv.Itoa(page)
	}
	data := make([]any, len(shown))
	for i, file := range shown {
		data[i] = object{{"id", file.ID}, {"name", file.Name}}
	}
	var first, end any
	if len(shown) > 0 {
		first, end = from+1, from+len(shown)
	}
	return object{
		{"current_page", page}, {"data", data}, {"first_page_url", url(1)}, {"from", first},
		{"last_page", last}, {"last_page_url", url(last)}, {"next_page_url", url(page + 1)}, {"path", path},
		{"per_page", PerPage}, {"prev_page_url", url(page - 1)}, {"to", end}, {"total", total},
	}
}

func (a *API) show(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if owner, i := a.file(w, r); i >= 0 {
		writeJSON(w, http.StatusOK, object{{"id", owner.files[i].ID}, {"name", owner.files[i].Name}})
	}
}

func (a *API) download(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	owner, i := a.file(w, r)
	if i < 0 {
		a.mu.Unlock()
		return
	}
	content := owner.files[i].Content
	a.mu.Unlock()
	w.Header().Set("Content-Type", a.contentType)
	if a.ranges {
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
		return
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(content)))
	_, _ = w.Write(content) // a client that leaves is no fault of the API
}

func (a *API) rename(w http.ResponseWriter, r *http.Request) {
	var body struct{ Name *string }
	problem := readJSON(r.Body, &body)
	a.mu.Lock()
	defer a.mu.Unlock()
	owner, i := a.file(w, r)
	switch {
	case i < 0:
	case problem != "":
		a.fail(w, http.StatusBadRequest, problem)
	case body.Name == nil || *body.Name == "":
		a.fail(w, http.StatusBadRequest, "The name field is required.")
	default:
		owner.files[i].Name = *body.Name
		done(w)
	}
}

func (a *API) remove(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if owner, i := a.file(w, r); i >= 0 {
		owner.files = slices.Delete(owner.files, i, i+1)
		done(w)
	}
}

// creation is the body of a POST: a file of the customer's own, or a preset.
type creation struct {
	Name         *string `json:"name"`
	File         *string `json:"file"`
	FileMIMEType *string `json:"file_mime_type"`
	StandardID   *string `json:"standard_id"`
}

func (a *API) create(w http.ResponseWriter, r *http.Request) {
	var body creation
	problem := readJSON(r.Body, &body)
	var file File
	if problem == "" {
		file, problem = a.created(body)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	owner, ok := a.owner(w, r)
	switch {
	case !ok:
	case problem != "":
		a.fail(w, http.StatusBadRequest, problem)
	default:
		a.add(owner, file)
		done(w)
	}
}

// created makes the file that a body asks for, or says what is wrong with it.
func (a *API) created(body creation) (file File, problem string) {
	own := body.File != nil || body.FileMIMEType != nil
	switch {
	case body.Name == nil || *body.Name == "":
		return file, "The name field is required."
	case own == (body.StandardID != nil):
		return file, "Either a file with its type or a standard id is required."
	case body.StandardID != nil:
		return a.fromPreset(*body.Name, *body.StandardID)
	case body.File == nil || body.FileMIMEType == nil:
		return file, "The file and its type are required."
	case !slices.Contains(formats, *body.FileMIMEType):
		return file, "The file mime type is not one of those supported."
	}
	content, err := base64.StdEncoding.Strict().DecodeString(*body.File)
	if err != nil || len(content) == 0 {
		return file, "The file must be a Base64 string."
	}
	if !plausible(*body.FileMIMEType, content) {
		return file, "The file is not of its type."
	}
	return File{Name: *body.Name, Format: *body.FileMIMEType, Content: content}, ""
}

func (a *API) fromPreset(name, id string) (file File, problem string) {
	for _, preset := range a.presets {
		if preset.ID == id {
			return File{Name: name, Format: "wav", Content: preset.Content}, ""
		}
	}
	return file, "The standard media was not found."
}

func (a *API) standard(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if _, ok := a.owner(w, r); !ok {
		return
	}
	presets := make([]any, len(a.presets))
	for i, preset := range a.presets {
		presets[i] = object{{"id", preset.ID}, {"name", preset.Name}}
	}
	writeJSON(w, http.StatusOK, object{{"standard_media", presets}})
}

// readJSON reads exactly one object of the fields of v; what is wrong is said
// in the words of the API.
func readJSON(body io.Reader, v any) (problem string) {
	decoder := json.NewDecoder(body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(v); err != nil {
		return "The body is not valid: " + err.Error()
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return "The body is followed by something else."
	}
	return ""
}
