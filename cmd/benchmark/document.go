package main

import (
	_ "embed"
	"fmt"
	"strings"
	"text/template"
)

//go:embed document.tmpl
var documentText string

var documentTemplate = template.Must(template.New("document").Parse(documentText))

// document is docs/benchmarks.md.
func document(rows []row, m *machine) (string, error) {
	_, version, _ := strings.Cut(lighthousePackage, "@")
	var text strings.Builder
	err := documentTemplate.Execute(&text, map[string]any{"Table": markdownTable(rows), "Machine": m, "Lighthouse": version})
	if err != nil {
		return "", fmt.Errorf("writing the table: %w", err)
	}
	return text.String(), nil
}
