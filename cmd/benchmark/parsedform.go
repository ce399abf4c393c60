package main

import (
	"errors"
	"io"
	"net/http"
)

// serveParsedForm is the role that reads every form that is sent to it, part by
// part, and throws it away.
func serveParsedForm([]string) error {
	return serveRole(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := parseForm(r); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
		}
	}))
}

func parseForm(r *http.Request) error {
	parts, err := r.MultipartReader()
	if err != nil {
		return err
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, part); err != nil {
			return err
		}
	}
}
