package plusofon_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// wantOnEachCall makes every call and fails unless it means what is given, with
// ErrOutcomeUnknown on writes if their outcome can't be known.
func wantOnEachCall(t *testing.T, client *plusofon.Client, unknown bool, want ...error) {
	t.Helper()
	for _, call := range calls(t) {
		t.Run(call.name, func(t *testing.T) {
			t.Parallel()
			means := want
			if call.writes && unknown {
				means = append([]error{plusofon.ErrOutcomeUnknown}, want...)
			}
			wantMeaning(t, call.do(client), means...)
		})
	}
}

func TestNobodyListens(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(nil)
	server.Close()
	wantOnEachCall(t, newClient(t, plusofon.WithBaseURL(server.URL)), false, plusofon.ErrUnavailable)
}

func TestCertificateIsNotTrusted(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("a request was sent")
	}))
	server.Config.ErrorLog = silent
	server.StartTLS()
	t.Cleanup(server.Close)
	wantOnEachCall(t, newClient(t, plusofon.WithBaseURL(server.URL)), false, plusofon.ErrUnavailable)
}

// A handshake that breaks off looks like any other broken connection, but
// nothing of the request was sent.
func TestHandshakeFails(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{"closed": "", "not TLS": "HTTP/1.1 400 Bad Request\r\n\r\n"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address := strings.Replace(raw(t, text), "http", "https", 1)
			wantOnEachCall(t, newClient(t, plusofon.WithBaseURL(address)), false, plusofon.ErrUnavailable)
		})
	}
}

// raw is a server that answers each connection, once the head of a request is
// there, with the text given, and closes it.
func raw(t *testing.T, text string) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				conn.Read(make([]byte, 64<<10))
				io.WriteString(conn, text)
			}()
		}
	}()
	return "http://" + listener.Addr().String()
}

func TestBrokenTransfers(t *testing.T) {
	t.Parallel()
	const head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
	for name, text := range map[string]string{
		"no answer":              "",
		"half a head":            "HTTP/1.1 200 OK\r\nContent-",
		"not HTTP":               "SSH-2.0-" + token + "\r\n",
		"half a body":            head + "Content-Length: 100\r\n\r\n{\"success\":true,\"data\":[]",
		"half a chunk":           head + "Transfer-Encoding: chunked\r\n\r\n64\r\n{\"success\":true",
		"a bad redirect address": "HTTP/1.1 302 Found\r\nLocation: http://[" + token + "\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wantOnEachCall(t, newClient(t, plusofon.WithBaseURL(raw(t, text))), true, plusofon.ErrUnavailable)
		})
	}
}

// Over TLS and HTTP/2 it must be known as well that a request was sent.
func TestBrokenTransferOverHTTP2(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor != 2 {
			t.Errorf("HTTP/%d", r.ProtoMajor)
		}
		panic(http.ErrAbortHandler)
	}))
	server.EnableHTTP2 = true
	server.StartTLS()
	t.Cleanup(server.Close)
	client := newClient(t, plusofon.WithBaseURL(server.URL), plusofon.WithHTTPClient(server.Client()))
	wantOnEachCall(t, client, true, plusofon.ErrUnavailable)
}

func TestDeadline(t *testing.T) {
	t.Parallel()
	wait := func(_ http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	}
	t.Run("of the context", func(t *testing.T) {
		t.Parallel()
		client := serve(t, wait)
		ctx, cancel := context.WithTimeout(t.Context(), 250*time.Millisecond)
		defer cancel()
		err := client.RenameMedia(ctx, "1", "n")
		wantMeaning(t, err, plusofon.ErrTimeout, plusofon.ErrOutcomeUnknown)
		_, err = client.ListMedia(ctx, 1) // not even begun
		wantMeaning(t, err, plusofon.ErrTimeout, plusofon.ErrUnavailable)
	})
	t.Run("of the http.Client", func(t *testing.T) {
		t.Parallel()
		client := serve(t, wait, plusofon.WithHTTPClient(&http.Client{Timeout: 250 * time.Millisecond}))
		wantOnEachCall(t, client, true, plusofon.ErrTimeout)
	})
	t.Run("within the answer", func(t *testing.T) {
		t.Parallel()
		client := serve(t, func(w http.ResponseWriter, r *http.Request) {
			io.Copy(io.Discard, r.Body)
			io.WriteString(w, `{"data":[`)
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		}, plusofon.WithHTTPClient(&http.Client{Timeout: 250 * time.Millisecond}))
		wantOnEachCall(t, client, true, plusofon.ErrTimeout)
	})
}

// notSent is what a circuit breaker could return.
type notSent bool

func (notSent) Error() string   { return "circuit open" }
func (n notSent) NotSent() bool { return bool(n) }

// A transport that isn't net/http's doesn't report its connections: there the
// error must tell.
func TestErrorsOfOtherTransports(t *testing.T) {
	t.Parallel()
	tests := []struct {
		err  error
		sent bool
	}{
		{&net.OpError{Op: "dial", Err: errors.New("refused")}, false},
		{&net.DNSError{Err: "no such host", IsNotFound: true}, false},
		{&tls.CertificateVerificationError{Err: x509.HostnameError{Certificate: &x509.Certificate{}}}, false},
		{tls.RecordHeaderError{Msg: "not TLS"}, false},
		{x509.UnknownAuthorityError{}, false},
		{notSent(true), false},
		{notSent(false), true},
		{&net.OpError{Op: "read", Err: errors.New("connection reset")}, true},
		{io.EOF, true},
		{errors.New("the token is " + token), true},
	}
	for _, test := range tests {
		t.Run(fmt.Sprintf("%T %v", test.err, test.err), func(t *testing.T) {
			t.Parallel()
			transport := roundTrip(func(*http.Request) (*http.Response, error) {
				return nil, fmt.Errorf("transport: %w", test.err)
			})
			client := newClient(t, plusofon.WithHTTPClient(&http.Client{Transport: transport}))
			wantOnEachCall(t, client, test.sent, plusofon.ErrUnavailable)
			if err := client.DeleteMedia(t.Context(), "1"); !errors.Is(err, test.err) {
				t.Errorf("%v lost its cause", err)
			}
		})
	}
}

func TestCompressedAnswerIsCapped(t *testing.T) {
	t.Parallel()
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			t.Errorf("Accept-Encoding %q", r.Header.Get("Accept-Encoding"))
		}
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(bomb(t, `{"data":[],"x":"`, 8<<20))
	})
	_, err := client.ListMedia(t.Context(), 1)
	wantMeaning(t, err, plusofon.ErrUnexpectedAnswer)
}
