package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"sync/atomic"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// gateway is a proxy before the dashboard that may answer in its place.
type gateway struct {
	*httptest.Server
	instead atomic.Pointer[func(w http.ResponseWriter, r *http.Request, dashboard http.Handler) bool]
}

// answers has the proxy answer what instead answers; nil for nothing.
func (g *gateway) answers(instead func(w http.ResponseWriter, r *http.Request, dashboard http.Handler) bool) {
	g.instead.Store(&instead)
}

func openThroughGateway(t *testing.T, files ...plusofontest.File) (*browser, *gateway, *plusofontest.Server) {
	t.Helper()
	api := plusofontest.NewServer(plusofontest.WithAccount(testToken, files...))
	t.Cleanup(api.Close)
	target, err := url.Parse(startProgram(t, "--plusofon-url", api.URL))
	if err != nil {
		t.Fatal(err)
	}
	g := &gateway{}
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(target)
		r.Out.Host = r.In.Host
	}}
	g.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if instead := g.instead.Load(); instead != nil && *instead != nil && (*instead)(w, r, proxy) {
			return
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(g.Close)
	b := openBrowser(t, g.URL)
	b.signInWith(testToken)
	return b, g, api
}

func foreign(status int) func(http.ResponseWriter, *http.Request, http.Handler) bool {
	return func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if r.URL.Path != "/media" {
			return false
		}
		_, _ = io.Copy(io.Discard, r.Body) // as a proxy does that keeps its connections
		w.WriteHeader(status)
		_, _ = io.WriteString(w, "<html><body><h1>nginx of somebody</h1></body></html>")
		return true
	}
}

// What a proxy says in our place comes into no page, and when it is over all
// goes on.
func TestAnswersOfAProxyAreNotShown(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusBadGateway, http.StatusOK, http.StatusForbidden} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			t.Parallel()
			b, g, _ := openThroughGateway(t, numberedFiles(20)...)
			b.expect("status of")
			b.expect("Response Status Error Code")
			b.click("#search")
			b.keys("1")
			b.wait(`document.querySelectorAll("#media-list mark").length > 0`)
			g.answers(foreign(status))
			b.keys("2")
			b.wait(`document.querySelector("#toasts .problem")`)
			if value[bool](b, `document.body.textContent.includes("nginx of somebody") || !document.querySelector("#media-list [data-media]")`) {
				t.Error("the answer of the proxy is in the page")
			}
			g.answers(nil)
			b.keys("\b")
			b.wait(`document.querySelectorAll("#media-list mark").length > 1`)
		})
	}
}

// Where a proxy knows no PATCH and no DELETE, forms do the same.
func TestAProxyThatForbidsMethods(t *testing.T) {
	t.Parallel()
	b, g, api := openThroughGateway(t, numberedFiles(5)...)
	b.expect("405")
	g.answers(func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if r.Method != http.MethodPatch && r.Method != http.MethodDelete {
			return false
		}
		http.Error(w, "Method Not Allowed", http.StatusMethodNotAllowed)
		return true
	})
	b.click("#media-2 [data-rename]")
	b.wait(`document.activeElement.matches("#media-2 [data-rename-form] input")`)
	b.keys("Другое имя\r")
	b.wait(`document.querySelector("#media-2 [title='Другое имя']")`)
	b.click("#media-3 [data-delete]")
	b.wait(`document.querySelector("#delete-dialog").open`)
	b.click("#delete-dialog [type=submit]")
	waitFor(b, func() bool { return len(api.Files(testToken)) == 4 })
}

// An upload of which a proxy does not say what became of it makes no second file
// when it is tried again; one that is too large for the proxy is said to be.
func TestUploadsThroughAProxyThatFails(t *testing.T) {
	t.Parallel()
	b, g, api := openThroughGateway(t)
	b.expect("504")
	b.expect("413")
	g.answers(func(w http.ResponseWriter, r *http.Request, dashboard http.Handler) bool {
		if r.Method != http.MethodPost || r.URL.Path != "/media" {
			return false
		}
		dashboard.ServeHTTP(httptest.NewRecorder(), r) // it is done, and the answer lost
		http.Error(w, "<h1>504 Gateway Time-out</h1>", http.StatusGatewayTimeout)
		return true
	})
	b.drop(tones(t, "Привет")...)
	b.wait(`document.querySelector(".queue-item[data-state=failed] [data-reason]")?.textContent.includes("неизвестно, выполнено ли действие")`)
	g.answers(nil)
	b.click(`.queue-item [data-retry]`)
	b.wait(`document.querySelector(".queue-item[data-state=done]") && document.querySelector("tr:has([title='Привет'])")`)
	if files := api.Files(testToken); len(files) != 1 {
		t.Errorf("Plusofon has %d files", len(files))
	}
	g.answers(foreign(http.StatusRequestEntityTooLarge))
	b.drop(tones(t, "Большой")...)
	b.wait(`document.querySelector(".queue-item[data-state=failed] [data-reason]")?.textContent.includes("не пропускает файлы такого размера")`)
}

// An upload that stands still is broken off and said to be; trying again makes no
// second file.
func TestAnUploadThatStandsStill(t *testing.T) {
	t.Parallel()
	b, g, api := openThroughGateway(t)
	b.expect("504") // what the browser may still hear
	g.answers(func(w http.ResponseWriter, r *http.Request, dashboard http.Handler) bool {
		if r.Method != http.MethodPost || r.URL.Path != "/media" {
			return false
		}
		dashboard.ServeHTTP(httptest.NewRecorder(), r) // it is done, and no answer comes
		<-r.Context().Done()
		return true
	})
	b.do(evaluate(`document.querySelector("[data-upload]").dataset.stallTaking = "1"`))
	b.drop(tones(t, "Привет")...)
	b.wait(`document.querySelector(".queue-item[data-state=failed] [data-reason]")?.textContent.includes("Загрузка остановилась")`)
	g.answers(nil)
	b.click(`.queue-item [data-retry]`)
	b.wait(`document.querySelector(".queue-item[data-state=done]")`)
	if files := api.Files(testToken); len(files) != 1 {
		t.Errorf("Plusofon has %d files", len(files))
	}
}

// A file that was deleted after it was chosen can't be sent, and that is said.
func TestAFileThatIsGone(t *testing.T) {
	t.Parallel()
	b, api := openAccount(t, 1)
	b.expect("ERR_FILE_NOT_FOUND")
	b.expect("ERR_UPLOAD_FILE_CHANGED")
	files := tones(t, "Привет")
	b.drop(files...)
	b.wait(`document.querySelector(".queue-item[data-state=waiting]")`)
	if err := os.Remove(files[0]); err != nil {
		t.Fatal(err)
	}
	b.wait(`document.querySelector(".queue-item[data-state=failed] [data-reason]")?.textContent.includes("изменили, переместили или удалили")`)
	if value[bool](b, `document.querySelector(".queue-item [data-retry]").checkVisibility()`) {
		t.Error("it can be tried again, in vain")
	}
	if got := len(api.Files(testToken)); got != 1 {
		t.Errorf("Plusofon has %d files", got)
	}
}

// Where a proxy takes the header away that asks for a part of a page, no whole
// page comes into a part: reading goes on by loading pages.
func TestAProxyThatStripsHeaders(t *testing.T) {
	t.Parallel()
	b, g, _ := openThroughGateway(t, numberedFiles(20)...)
	g.answers(func(_ http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		r.Header.Del("HX-Request")
		return false
	})
	b.click("[rel=next]")
	b.wait(`location.search === "?page=2" && document.querySelector("#media-16") && !document.querySelector("#media-1")`)
	if headers := value[int](b, `document.querySelectorAll("header.site").length`); headers != 1 {
		t.Errorf("the page has %d headers", headers)
	}
}

// An upload that does not get out of the computer is noticed, too.
func TestAnUploadThatDoesNotGetOut(t *testing.T) {
	t.Parallel()
	b, _, api := openThroughGateway(t)
	b.do(evaluate(`document.querySelector("[data-upload]").dataset.stallSending = "1"`))
	b.slowUploads(1)
	b.drop(tones(t, "Привет")...)
	b.wait(`document.querySelector(".queue-item[data-state=failed] [data-reason]")?.textContent.includes("Загрузка остановилась")`)
	if files := api.Files(testToken); len(files) != 0 {
		t.Errorf("Plusofon has %d files", len(files))
	}
}
