package plusofontest

import (
	"bytes"
	"io"
	"net"
	"net/http"
)

// Reset breaks the connection off (TCP RST) before any answer, and without
// reading the body. Mind that net/http's client by itself repeats a GET that
// meets this on a connection it has used before.
func Reset() Fault {
	return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) { reset(w) }
}

// CutOff sends the API's answer up to so many bytes of its body, with the
// length of the whole, and resets the connection.
func CutOff(length int) Fault {
	return func(w http.ResponseWriter, r *http.Request, api http.Handler) {
		api.ServeHTTP(&cutWriter{w, length}, r)
		_ = http.NewResponseController(w).Flush() // where it can't be, the answer is cut off earlier
		reset(w)
	}
}

// cutWriter drops what is written after so many bytes.
type cutWriter struct {
	http.ResponseWriter
	left int
}

func (w *cutWriter) Write(p []byte) (int, error) {
	sent := min(len(p), w.left)
	w.left -= sent
	if _, err := w.ResponseWriter.Write(p[:sent]); err != nil {
		return 0, err
	}
	return len(p), nil
}

// CarriedOut has the API carry the request out, throws its answer away and
// goes on with another fault: CarriedOut(Reset()) is a write that was done,
// which the client cannot know.
func CarriedOut(then Fault) Fault {
	return func(w http.ResponseWriter, r *http.Request, api http.Handler) {
		capture(api, r)
		then(w, r, api)
	}
}

// Hang reads the request and never answers. It ends when the client leaves.
func Hang() Fault {
	return func(_ http.ResponseWriter, r *http.Request, _ http.Handler) {
		_, _ = io.Copy(io.Discard, r.Body) // a client that leaves now has left
		await[struct{}](r, nil)
	}
}

// Hold reads the request, waits until release is closed or sends, and only
// then has the API answer. If the client leaves before, the request is not
// carried out.
func Hold(release <-chan struct{}) Fault {
	return func(w http.ResponseWriter, r *http.Request, api http.Handler) {
		// Only when the body has been read does net/http notice a client that leaves.
		body, err := io.ReadAll(r.Body)
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		await(r, release)
		api.ServeHTTP(w, r)
	}
}

// Drip sends the head of the API's answer, and then a byte of its body for
// each value from next; when next is closed, all the rest. It ends when the
// client leaves. With a channel that holds n values and is left open, it is an
// answer that falls silent after n bytes.
func Drip(next <-chan struct{}) Fault {
	return func(w http.ResponseWriter, r *http.Request, api http.Handler) {
		answer := capture(api, r)
		answer.sendHead(w)
		control := http.NewResponseController(w)
		for i := range answer.body {
			_ = control.Flush() // if the client has left, await ends it
			await(r, next)
			_, _ = w.Write(answer.body[i : i+1])
		}
	}
}

// await waits for a channel. If the client leaves first, it ends the handler
// without an answer.
func await[T any](r *http.Request, event <-chan T) {
	select {
	case <-event:
	case <-r.Context().Done():
		panic(http.ErrAbortHandler)
	}
}

// reset closes a connection with an RST.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // HTTP/2: resets the stream
	}
	if secure, ok := conn.(interface{ NetConn() net.Conn }); ok {
		conn = secure.NetConn()
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // if this fails, the client sees an early end instead
	}
	_ = conn.Close()
}
