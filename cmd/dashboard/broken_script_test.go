package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
)

// A script that is there and that the browser does not understand is no matter of the
// connection.
func TestAScriptThatCannotBeRead(t *testing.T) {
	t.Parallel()
	program, err := url.Parse(startProgram(t, "--demo"))
	if err != nil {
		t.Fatal(err)
	}
	proxy := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(program)
			r.Out.Host = r.In.Host
		},
		ModifyResponse: func(response *http.Response) error {
			if strings.HasSuffix(response.Request.URL.Path, "/js/upload-queue.js") {
				const newer = "let = of a language to come;"
				response.Header.Del("Content-Encoding")
				response.Header.Del("Content-Length")
				response.Body, response.ContentLength = io.NopCloser(bytes.NewReader([]byte(newer))), int64(len(newer))
			}
			return nil
		},
	})
	t.Cleanup(proxy.Close)
	b := openBrowser(t, proxy.URL)
	b.signIn()
	b.expect("SyntaxError")
	b.drop(tones(t, "Меню")...)
	b.wait(`document.querySelector("#toasts").textContent.includes("Браузер не понял часть этой страницы, ничего не сделано.")`)
}
