package catalog_test

import (
	"context"
	"fmt"
	"log"

	"golang.org/x/text/language"

	"github.com/plusofon-dashboard/dashboard/internal/library/catalog"
	"github.com/plusofon-dashboard/dashboard/plusofon"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

func Example() {
	server := plusofontest.NewServer(plusofontest.WithAccount("token",
		plusofontest.File{Name: "Файл 10 для ёлки"}, plusofontest.File{Name: "Ёлка, файл 2"}, plusofontest.File{Name: "Приветствие"},
	))
	defer server.Close()
	client, err := plusofon.New("token", plusofon.WithBaseURL(server.URL))
	if err != nil {
		log.Fatal(err)
	}

	files := catalog.New(catalog.Config{})
	result, err := files.Find(context.Background(), "account", client, catalog.Query{
		Text: "файл елк", Sort: catalog.ByName, Language: language.Russian,
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(result.Total, "of", result.All)
	for _, file := range result.Files {
		first := file.Matches[0]
		fmt.Println(file.ID, file.Name, "→", file.Name[first.Start:first.End])
	}
	// Output:
	// 2 of 3
	// 2 Ёлка, файл 2 → Ёлк
	// 1 Файл 10 для ёлки → Файл
}
