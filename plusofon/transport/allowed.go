package transport

import "net/http"

// allowedHeaders are what the API needs. An Idempotency-Key must never be
// among them: net/http takes it for a permission to repeat a POST.
var allowedHeaders = map[string]bool{
	"Authorization": true, "Client": true, "Accept": true, "Content-Type": true,
	"Accept-Encoding": true, "User-Agent": true, "Range": true,
}

// allowed lets only known headers out.
type allowed struct{ next http.RoundTripper }

// RoundTrip sends the request without the headers that are not known.
func (a *allowed) RoundTrip(r *http.Request) (*http.Response, error) {
	for name := range r.Header {
		if !allowedHeaders[name] {
			r = r.Clone(r.Context())
			for name := range r.Header {
				if !allowedHeaders[name] {
					delete(r.Header, name)
				}
			}
			break
		}
	}
	return a.next.RoundTrip(r)
}
