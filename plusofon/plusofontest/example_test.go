package plusofontest_test

import (
	"fmt"
	"io"
	"log"
	"net/http"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// get asks for an address with the headers that the API wants.
func get(url string) *http.Response {
	r, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		log.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer token")
	r.Header.Set("Client", plusofontest.ClientCode)
	r.Header.Set("Accept", "application/json")
	r.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		log.Fatal(err)
	}
	return response
}

func Example() {
	server := plusofontest.NewServer(plusofontest.WithAccount("token", plusofontest.File{Name: "Привет"}))
	defer server.Close()

	response := get(server.URL + "/api/v1/media/1")
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(body))
	fmt.Println(server.Count("GET", "/api/v1/media/*"), "request")
	// Output:
	// {"id":1,"name":"\u041f\u0440\u0438\u0432\u0435\u0442"}
	// 1 request
}

// The next two requests for a file fail, each in its way.
func ExampleAPI_Fail() {
	server := plusofontest.NewServer(plusofontest.WithAccount("token", plusofontest.File{Name: "Привет"}))
	defer server.Close()
	server.Fail(plusofontest.Match("GET", "/api/v1/media/*"),
		plusofontest.HTML(http.StatusBadGateway),
		plusofontest.RetryAfter(http.StatusTooManyRequests, "5"))

	for range 3 {
		response := get(server.URL + "/api/v1/media/1")
		fmt.Printf("%d %q\n", response.StatusCode, response.Header.Get("Retry-After"))
		response.Body.Close()
	}
	// Output:
	// 502 ""
	// 429 "5"
	// 200 ""
}
