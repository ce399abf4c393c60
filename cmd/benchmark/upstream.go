package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// smallAccount is the token of an account of 100 files at an upstream that
// answers at once. A token says how many files the account has, how long the
// upstream takes to answer, and anything more that makes it another account:
// "files-10000-wait-20ms-other-7".
const smallAccount = "files-100"

// upstream takes Plusofon's place. It does as little as it can: it sends lists
// that were made before, sounds out of memory, and throws uploads away.
type upstream struct {
	mu     sync.Mutex
	lists  map[int][][]byte // by number of files
	sounds map[int][]byte   // by megabytes
}

func newUpstream() http.Handler {
	u := &upstream{lists: map[int][][]byte{}, sounds: map[int][]byte{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/v1/media", u.list)
	mux.HandleFunc("GET /api/v1/media/{id}/file", u.file)
	mux.HandleFunc("POST /api/v1/media", u.upload)
	return mux
}

func (u *upstream) list(w http.ResponseWriter, r *http.Request) {
	files, wait := readToken(r)
	time.Sleep(wait)
	page, err := strconv.Atoi(r.URL.Query().Get("page"))
	if err != nil {
		page = 1
	}
	pages := u.pages(files, r.Host)
	sendJSON(w, pages[min(max(page, 1), len(pages))-1])
}

func sendJSON(w http.ResponseWriter, text []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	_, _ = w.Write(text) // who leaves is noticed on the other side
}

// readToken reads what the token of a request asks for.
func readToken(r *http.Request) (files int, wait time.Duration) {
	words := strings.Split(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "), "-")
	for i := 0; i+1 < len(words); i += 2 {
		switch words[i] {
		case "files":
			files, _ = strconv.Atoi(words[i+1])
		case "wait":
			wait, _ = time.ParseDuration(words[i+1])
		}
	}
	return files, wait
}

// pages gives the list of an account with so many files, as the API in memory
// writes it.
func (u *upstream) pages(files int, host string) [][]byte {
	u.mu.Lock()
	defer u.mu.Unlock()
	if pages, made := u.lists[files]; made {
		return pages
	}
	account := make([]plusofontest.File, files)
	for i := range account {
		account[i].Name = fmt.Sprintf("Приветствие отдела продаж %d (запись 2026 года)", i*7919%files)
	}
	api := plusofontest.New(plusofontest.WithAccount("token", account...))
	var pages [][]byte
	for page := range max((files+plusofontest.PerPage-1)/plusofontest.PerPage, 1) {
		request := httptest.NewRequest(http.MethodGet, "http://"+host+"/api/v1/media?page="+strconv.Itoa(page+1), nil)
		for name, value := range map[string]string{
			"Authorization": "Bearer token", "Client": plusofontest.ClientCode, "Accept": "application/json", "Content-Type": "application/json",
		} {
			request.Header.Set(name, value)
		}
		answer := httptest.NewRecorder()
		api.ServeHTTP(answer, request)
		pages = append(pages, answer.Body.Bytes())
	}
	u.lists[files] = pages
	return pages
}

// file sends a sound of as many megabytes as its id says.
func (u *upstream) file(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.Atoi(r.PathValue("id"))
	if err != nil || id < 1 || id > 100 {
		http.NotFound(w, r)
		return
	}
	sound := u.sound(id)
	w.Header().Set("Content-Type", "application/octet-stream")
	if r.Header.Get("Range") != "" {
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(sound))
		return
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(sound)))
	_, _ = w.Write(sound) // all at once; who leaves is noticed on the other side
}

func (u *upstream) sound(size int) []byte {
	u.mu.Lock()
	defer u.mu.Unlock()
	if _, made := u.sounds[size]; !made {
		u.sounds[size] = sound(size * 1e6)
	}
	return u.sounds[size]
}

// sound is a WAV file of a size in bytes, with noise in it, so that nothing
// can make it smaller.
func sound(size int) []byte {
	const header = 44
	wav := make([]byte, size)
	copy(wav, "RIFF____WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00data")
	binary.LittleEndian.PutUint32(wav[4:], uint32(size-8))
	binary.LittleEndian.PutUint32(wav[40:], uint32(size-header))
	state := uint32(1)
	for i := header; i < size; i++ {
		state = state*1664525 + 1013904223
		wav[i] = byte(state >> 24)
	}
	return wav
}

// upload reads an upload and forgets it.
func (u *upstream) upload(w http.ResponseWriter, r *http.Request) {
	if _, err := discard(r.Body); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	sendJSON(w, []byte(`{"success":true}`))
}
