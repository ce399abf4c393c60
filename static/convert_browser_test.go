package static_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/plusofon-dashboard/dashboard/static"
)

const policy = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'"

// pageScript lets the test convert a file of the server and see what came of it.
const pageScript = `import { convertToPhoneWav } from %q;
const violations = [];
document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective + " " + event.blockedURI));
window.convert = async (path, { maxSeconds, abort }) => {
  const file = new File([await (await fetch(path)).blob()], "sound");
  const stop = new AbortController();
  if (abort === "before") stop.abort();
  const shares = [];
  const onProgress = (share) => {
    shares.push(share);
    if (abort === "during") stop.abort();
  };
  try {
    const blob = await convertToPhoneWav(file, { onProgress, signal: stop.signal, maxSeconds });
    const wav = btoa(Array.from(new Uint8Array(await blob.arrayBuffer()), (b) => String.fromCharCode(b)).join(""));
    return { wav, type: blob.type, shares, violations };
  } catch (error) {
    return { name: error.name, reason: error.reason, message: String(error), shares, violations };
  }
};
window.ready = true;
`

// converted is what the script of the page gives.
type converted struct {
	WAV        []byte    `json:"wav"`
	Type       string    `json:"type"`
	Shares     []float64 `json:"shares"`
	Violations []string  `json:"violations"`
	Name       string    `json:"name"`
	Reason     string    `json:"reason"`
	Message    string    `json:"message"`
}

// converter is a page in Chromium that converts the given files.
type converter struct{ ctx context.Context }

func openConverter(t *testing.T, files map[string][]byte) converter {
	t.Helper()
	server := httptest.NewServer(converterSite(files))
	t.Cleanup(server.Close)
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(chromium(t)), chromedp.UserDataDir(t.TempDir()),
		chromedp.Headless, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-dev-shm-usage", true),
	}
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium has none for root
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx, chromedp.Navigate(server.URL+"/")); err != nil {
		t.Fatalf("opening the page in Chromium: %v", err)
	}
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool]("window.ready")); err != nil {
		t.Fatalf("waiting for the page: %v", err)
	}
	return converter{ctx}
}

// converterSite is a page with the script, the files and the assets, each
// answer under the policy.
func converterSite(files map[string][]byte) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/static/", static.Handler())
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<!DOCTYPE html><title>Converter</title><script type="module" src="/page.js"></script>`)
	})
	mux.HandleFunc("GET /page.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		fmt.Fprintf(w, pageScript, static.Path("js/convert.js"))
	})
	mux.HandleFunc("GET /files/{name}", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write(files[r.PathValue("name")])
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		mux.ServeHTTP(w, r)
	})
}

// convert converts a file; options is an object of JavaScript.
func (c converter) convert(t *testing.T, name, options string) converted {
	t.Helper()
	call := fmt.Sprintf("convert(%q, %s)", "/files/"+name, options)
	result, err := chromedp.Run(c.ctx, chromedp.Evaluate[converted](call, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", call, err)
	}
	for _, violation := range result.Violations {
		t.Errorf("%s: breaks the Content-Security-Policy: %s", call, violation)
	}
	return result
}

// chromium finds the browser: the one that CHROMIUM names, or one on the PATH.
func chromium(t *testing.T) string {
	t.Helper()
	if path := os.Getenv("CHROMIUM"); path != "" {
		return path
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("this test needs Chromium: install the package chromium, or say in CHROMIUM where it is")
	}
	return path
}
