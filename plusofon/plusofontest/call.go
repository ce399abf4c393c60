package plusofontest

import (
	"errors"
	"io"
	"net/http"
	"strings"
)

// refusal is an error that the API answers with.
type refusal struct {
	code    int
	message string
}

func (e *refusal) Error() string { return e.message }

var (
	errUserNotFound = &refusal{http.StatusInternalServerError, "User not found."}
	errMediaID      = &refusal{http.StatusBadRequest, "The media id must be int."}
	errNoMedia      = &refusal{http.StatusNotFound, "Media not found."}
	errNoRoute      = &refusal{http.StatusNotFound, "The route could not be found."}
	errTooLarge     = &refusal{http.StatusRequestEntityTooLarge, "The request is too large."}
)

// bad is a refusal of the input.
func bad(message string) *refusal { return &refusal{http.StatusBadRequest, message} }

// json makes a handler of a call that answers in JSON. The lock is not held.
func (a *API) json(call func(*account, *http.Request) (object, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		owner, err := a.owner(r)
		var answer object
		if err == nil {
			answer, err = call(owner, r)
		}
		if err != nil {
			a.fail(w, r, err)
			return
		}
		writeJSON(w, http.StatusOK, answer)
	}
}

// done is the answer to a write.
var done = object{{"success", true}}

// fail answers with the API's error object. It reads the rest of the body
// first, as a web server in front of PHP does: else a client that is still
// sending would see a broken connection and not the answer.
func (a *API) fail(w http.ResponseWriter, r *http.Request, err error) {
	answer, ok := errors.AsType[*refusal](err)
	if !ok {
		panic(http.ErrAbortHandler) // the body broke off: the client has left
	}
	_, _ = io.Copy(io.Discard, r.Body) // whether there is more does not matter
	status := http.StatusOK
	if a.statusErrors {
		status = answer.code
	}
	writeJSON(w, status, object{{"message", answer.message}, {"code", answer.code}})
}

// owner checks the headers of a request and finds its account.
func (a *API) owner(r *http.Request) (*account, error) {
	for _, want := range [][2]string{
		{"Client", ClientCode}, {"Accept", "application/json"}, {"Content-Type", "application/json"},
	} {
		if got := r.Header.Values(want[0]); len(got) != 1 || got[0] != want[1] {
			return nil, bad("The header " + want[0] + " must be " + want[1] + ".")
		}
	}
	authorization := r.Header.Values("Authorization")
	if len(authorization) != 1 {
		return nil, errUserNotFound
	}
	token, bearer := strings.CutPrefix(authorization[0], "Bearer ")
	a.mu.Lock()
	defer a.mu.Unlock()
	owner, known := a.accounts[token]
	if !bearer || !known {
		return nil, errUserNotFound
	}
	return owner, nil
}
