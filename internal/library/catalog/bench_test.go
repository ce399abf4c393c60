package catalog_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"golang.org/x/text/language"

	"github.com/plusofon-dashboard/dashboard/internal/library/catalog"
	"github.com/plusofon-dashboard/dashboard/plusofon"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// benchToken opens an account of 10,000 files: 667 pages.
const (
	benchToken = "token"
	benchFiles = 10_000
)

var benchQuery = catalog.Query{Text: "продаж 77", Sort: catalog.ByName, Language: language.Russian}

// newSlowAPI starts an API that lets every request wait.
func newSlowAPI(b *testing.B, latency time.Duration) *plusofon.Client {
	b.Helper()
	files := make([]plusofontest.File, benchFiles)
	for i := range files {
		files[i].Name = fmt.Sprintf("Приветствие отдела продаж %d (запись 2026 года)", i*7919%benchFiles)
	}
	server := plusofontest.NewServer(plusofontest.WithAccount(benchToken, files...))
	b.Cleanup(server.Close)
	server.Intercept(func(http.ResponseWriter, *http.Request) bool {
		time.Sleep(latency)
		return false
	})
	connections := &http.Transport{MaxIdleConnsPerHost: 8}
	b.Cleanup(connections.CloseIdleConnections)
	client, err := plusofon.New(benchToken,
		plusofon.WithBaseURL(server.URL), plusofon.WithHTTPClient(&http.Client{Transport: connections}))
	if err != nil {
		b.Fatal(err)
	}
	return client
}

func findBench(b *testing.B, c *catalog.Catalog, client *plusofon.Client, query catalog.Query) {
	b.Helper()
	result, err := c.Find(b.Context(), "account", client, query)
	if err != nil {
		b.Fatal(err)
	}
	if result.All != benchFiles || result.Total == 0 != query.Duplicates {
		b.Fatalf("found %d of %d files", result.Total, result.All)
	}
}

// BenchmarkFirstSearch reads 667 pages at 20 ms each. It should take under 2 s.
func BenchmarkFirstSearch(b *testing.B) {
	client := newSlowAPI(b, 20*time.Millisecond)
	for b.Loop() {
		findBench(b, catalog.New(catalog.Config{}), client, benchQuery)
	}
}

// BenchmarkLaterSearch should take under 20 ms for each.
func BenchmarkLaterSearch(b *testing.B) {
	client := newSlowAPI(b, 0)
	c := catalog.New(catalog.Config{KeepFor: time.Hour})
	findBench(b, c, client, benchQuery)
	for name, query := range map[string]catalog.Query{
		"words":      benchQuery,
		"everything": {Sort: catalog.ByNameReversed, Language: language.Russian, Page: 300},
		"letter":     {Text: "е", Sort: catalog.ByID},
		"duplicates": {Text: "продаж", Duplicates: true},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				findBench(b, c, client, query)
			}
		})
	}
}

// BenchmarkOtherLanguage sorts 10,000 names, which is done once for a language.
func BenchmarkOtherLanguage(b *testing.B) {
	client := newSlowAPI(b, 0)
	languages := []language.Tag{language.English, language.Russian, language.German, language.French, language.Polish}
	c := catalog.New(catalog.Config{KeepFor: time.Hour})
	findBench(b, c, client, benchQuery)
	i := 0
	for b.Loop() {
		findBench(b, c, client, catalog.Query{Sort: catalog.ByName, Language: languages[i%len(languages)]})
		i++
	}
}
