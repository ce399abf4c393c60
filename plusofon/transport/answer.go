package transport

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"strings"
)

// mostLookedAt is how much of a failure's text is looked at, in bytes.
const mostLookedAt = 1 << 10

// isShort reports whether an answer is JSON, which is short and read as a
// whole. A file never is, whatever it is called.
func isShort(response *http.Response, request *http.Request) bool {
	return isJSON(response) && !strings.HasSuffix(request.URL.Path, "/file")
}

func isJSON(response *http.Response) bool {
	return strings.Contains(response.Header.Get("Content-Type"), "json")
}

// fromAPI tells a failure that the API itself reports, in JSON whatever its
// type says, from the page of a server before it.
func fromAPI(response *http.Response) bool {
	return isJSON(response) || bytes.HasPrefix(bytes.TrimLeft(start(response), "\uFEFF \t\r\n"), []byte("{"))
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
