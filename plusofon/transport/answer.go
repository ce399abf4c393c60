package transport

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
)

// mostLookedAt is how much of a failure's text is looked at, in bytes.
const mostLookedAt = 1 << 10

// isShort reports whether an answer is short, and read as a whole: every one but
// a file, whatever either is called.
func isShort(response *http.Response, request *http.Request) bool {
	isFile := response.StatusCode == http.StatusOK || response.StatusCode == http.StatusPartialContent
	return !isFile || !strings.HasSuffix(request.URL.Path, "/file")
}

// deniedByAPI reports whether a failure is the API's own word that something is
// wrong with the request, whatever the status.
func deniedByAPI(response *http.Response) bool {
	var answer struct{ Code int }
	if err := json.Unmarshal(start(response), &answer); err != nil {
		return false
	}
	return answer.Code/100 == http.StatusBadRequest/100
}

// refusesToken reports whether a failure says that the API does not know the
// token. Only the words tell: they come with any status.
func refusesToken(response *http.Response) bool {
	words := bytes.Join(bytes.Fields(bytes.ToLower(start(response))), []byte(" "))
	return bytes.Contains(words, []byte("user not found"))
}

// start gives the beginning of an answer's body, which stays to be read.
func start(response *http.Response) []byte {
	buffered := bufio.NewReaderSize(response.Body, mostLookedAt)
	text, _ := buffered.Peek(mostLookedAt) // whoever reads on meets the failure
	response.Body = &readBody{Reader: buffered, Closer: response.Body}
	return text
}

// readBody is a body whose beginning was read before.
type readBody struct {
	io.Reader
	io.Closer
}
