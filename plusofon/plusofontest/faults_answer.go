package plusofontest

import (
	"io"
	"net/http"
)

// htmlPage is a page as a web server in front of the API sends it. Its markup
// must not get through to anybody.
const htmlPage = `<html><head><title>Bad Gateway</title></head>
<body><h1>Bad Gateway</h1><script>alert("plusofontest")</script><hr>nginx</body></html>
`

// Answer sends an answer instead of the API's. Any content type may be given,
// "" for none.
func Answer(status int, contentType, body string) Fault {
	return func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
		send(w, r, status, contentType, body)
	}
}

// send reads the request and answers it.
func send(w http.ResponseWriter, r *http.Request, status int, contentType, body string) {
	_, _ = io.Copy(io.Discard, r.Body) // as in fail
	w.Header()["Content-Type"] = nil   // net/http would guess it
	if contentType != "" {
		w.Header().Set("Content-Type", contentType)
	}
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body) // a client may leave
}

// HTML sends a status with a page of a web server, as a gateway before a dead
// API does.
func HTML(status int) Fault { return Answer(status, "text/html", htmlPage) }

// HTMLAsAudio sends a page of a web server with status 200 and as audio.
func HTMLAsAudio() Fault { return Answer(http.StatusOK, "audio/mpeg", htmlPage) }

// JSONError sends the API's error object. Its code need not be the status.
func JSONError(status, code int, message string) Fault {
	body := appendJSON(nil, object{{"message", message}, {"code", code}})
	return Answer(status, "application/json", string(body))
}

// RetryAfter sends a status, such as 429 or 503, with a Retry-After header, or
// without if it is empty.
func RetryAfter(status int, retryAfter string) Fault {
	body := string(appendJSON(nil, object{{"message", "Too Many Attempts."}}))
	return func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
		if retryAfter != "" {
			w.Header().Set("Retry-After", retryAfter)
		}
		send(w, r, status, "application/json", body)
	}
}

// Redirect sends the client elsewhere.
func Redirect(status int, location string) Fault {
	return func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
		w.Header().Set("Location", location)
		send(w, r, status, "text/html", htmlPage)
	}
}

// Null answers 200 and null.
func Null() Fault { return Answer(http.StatusOK, "application/json", "null") }

// NoData answers 200 and a page of a list without its data.
func NoData() Fault {
	return Answer(http.StatusOK, "application/json", `{"current_page":1,"last_page":1,"per_page":15,"total":0}`)
}
