package plusofontest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
)

// captured is an answer of the API that has not been sent.
type captured struct {
	status int
	header http.Header
	body   []byte
}

// capture has the API carry a request out.
func capture(api http.Handler, r *http.Request) *captured {
	recorder := httptest.NewRecorder()
	api.ServeHTTP(recorder, r)
	return &captured{recorder.Code, recorder.Header(), recorder.Body.Bytes()}
}

func (c *captured) sendHead(w http.ResponseWriter) {
	for name, values := range c.header {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(c.body)))
	w.WriteHeader(c.status)
}

// altered has the API carry the request out and sends what change makes of its
// answer.
func altered(change func(*captured)) Fault {
	return func(w http.ResponseWriter, r *http.Request, api http.Handler) {
		answer := capture(api, r)
		change(answer)
		answer.sendHead(w)
		_, _ = w.Write(answer.body) // a client may leave
	}
}

// Truncated sends the first half of the API's answer as if it were all: JSON
// that stops in the middle.
func Truncated() Fault {
	return altered(func(c *captured) { c.body = c.body[:len(c.body)/2] })
}

// Junk sends the API's answer with something after it.
func Junk() Fault {
	return altered(func(c *captured) { c.body = append(c.body, "\n<br />Warning: Unknown"...) })
}

// UnaskedPart sends the first half of the API's answer as 206, with a right
// Content-Range, whether or not a range was asked for.
func UnaskedPart() Fault {
	return altered(func(c *captured) {
		size := len(c.body)
		c.status, c.body = http.StatusPartialContent, c.body[:(size+1)/2]
		c.header.Set("Content-Range", fmt.Sprintf("bytes 0-%d/%d", len(c.body)-1, size))
	})
}

// WrongContentRange sends the API's answer as 206 with a Content-Range such as
// "bytes 5-9/100", or without if it is empty.
func WrongContentRange(contentRange string) Fault {
	return altered(func(c *captured) {
		c.status = http.StatusPartialContent
		c.header.Del("Content-Range")
		if contentRange != "" {
			c.header.Set("Content-Range", contentRange)
		}
	})
}

// WrongContentLength sends the API's answer with a Content-Length that is off
// by so many bytes, and closes the connection. With one too large the answer
// ends early; one too small nobody can tell from a right one.
func WrongContentLength(off int) Fault {
	return func(w http.ResponseWriter, r *http.Request, api http.Handler) {
		answer := capture(api, r)
		answer.header.Set("Content-Length", strconv.Itoa(len(answer.body)+off))
		conn, stream, err := http.NewResponseController(w).Hijack() // net/http would not send it so
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		defer conn.Close()
		fmt.Fprintf(stream, "HTTP/1.1 %d %s\r\nConnection: close\r\n", answer.status, http.StatusText(answer.status))
		_ = answer.header.Write(stream) // a client may leave, here and below
		_, _ = stream.WriteString("\r\n")
		_, _ = stream.Write(answer.body)
		_ = stream.Flush()
	}
}
