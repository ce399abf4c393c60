package catalog_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/plusofon-dashboard/dashboard/internal/library/catalog"
	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// marked writes a name with its matches in brackets.
func marked(file catalog.Found) string {
	var b strings.Builder
	end := 0
	for _, span := range file.Matches {
		b.WriteString(file.Name[end:span.Start] + "[" + file.Name[span.Start:span.End] + "]")
		end = span.End
	}
	return b.String() + file.Name[end:]
}

func TestSearch(t *testing.T) {
	t.Parallel()
	const decomposed = "Е\u0308лка и чаи\u0306" // Ёлка и чай, as macOS writes it
	from := &upstream{files: named(
		"Приветствие отдела продаж", "Поздравление — Ёлка", decomposed, "ОТДЕЛ КАДРОВ", "aaa", "Straße", "ΟΔΟΣ", "\x00<b>",
	)}
	c := catalog.New(catalog.Config{})
	for _, test := range []struct {
		text string
		want []string
	}{
		{"отдел", []string{"Приветствие [отдел]а продаж", "[ОТДЕЛ] КАДРОВ"}},
		{"продаж отдел", []string{"Приветствие [отдел]а [продаж]"}},
		{"  продаж\u00a0\tОТДЕЛА ", []string{"Приветствие [отдела] [продаж]"}},
		{"отдел елка", []string{}},
		{"елка", []string{"Поздравление — [Ёлка]", "[Е\u0308лка] и чаи\u0306"}},
		{"ё и", []string{"Пр[и]в[е]тств[ие] отд[е]ла продаж", "Поздравл[е]н[ие] — [Ё]лка", "[Е\u0308]лка [и] чаи\u0306"}},
		{"е\u0308лк", []string{"Поздравление — [Ёлк]а", "[Е\u0308лк]а и чаи\u0306"}},
		{"чай", []string{"Е\u0308лка и [чаи\u0306]"}},
		{"чаи", []string{}},
		{"тде отд", []string{"Приветствие [отде]ла продаж", "[ОТДЕ]Л КАДРОВ"}},
		{"aa a", []string{"[aaa]"}},
		{"straße", []string{"[Straße]"}},
		{"οδος", []string{"[ΟΔΟΣ]"}},
		{"<B>", []string{"\x00[<b>]"}},
		{"\xff", []string{}},
		{strings.Repeat("отдел ", 1000), []string{"Приветствие [отдел]а продаж", "[ОТДЕЛ] КАДРОВ"}},
	} {
		t.Run(test.text[:min(len(test.text), 20)], func(t *testing.T) {
			t.Parallel()
			got := []string{}
			for _, file := range find(t, c, from, catalog.Query{Text: test.text}).Files {
				got = append(got, marked(file))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestSort(t *testing.T) {
	t.Parallel()
	from := &upstream{files: []plusofon.Media{
		{ID: "10", Name: "Файл 10"}, {ID: "9", Name: "Файл 2"}, {ID: "90071992547409931", Name: "Яма"},
		{ID: "90071992547409930", Name: "ёж"}, {ID: "3", Name: "Ель"}, {ID: "2", Name: "Жук"},
		{ID: "", Name: "no id"}, {ID: "12", Name: "файл 2"},
		{ID: "13", Name: "Файл 2 " + strings.Repeat("ы", 5000)},
	}}
	byID := []plusofon.MediaID{"", "2", "3", "9", "10", "12", "13", "90071992547409930", "90071992547409931"}
	byName := []plusofon.MediaID{"", "90071992547409930", "3", "2", "9", "12", "13", "10", "90071992547409931"}
	c := catalog.New(catalog.Config{})
	for name, test := range map[string]struct {
		order string
		want  []plusofon.MediaID
	}{
		"by id":            {"id", byID},
		"by id reversed":   {"-id", reversed(byID)},
		"by name":          {"name", byName},
		"by name reversed": {"-name", reversed(byName)},
		"not said":         {"", byID},
		"unknown":          {"size", byID},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sort, ok := catalog.ParseSort(test.order)
			if known := strings.HasSuffix(test.order, "id") || strings.HasSuffix(test.order, "name"); ok != known {
				t.Errorf("known: %v", ok)
			}
			got := []plusofon.MediaID{}
			for _, file := range find(t, c, from, catalog.Query{Sort: sort, Language: language.Russian}).Files {
				got = append(got, file.ID)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func reversed(ids []plusofon.MediaID) []plusofon.MediaID {
	ids = slices.Clone(ids)
	slices.Reverse(ids)
	return ids
}

func TestLanguages(t *testing.T) {
	t.Parallel()
	from := &upstream{files: named("zebra", "ärlig", "apa")}
	c := catalog.New(catalog.Config{})
	tags := []language.Tag{language.German, language.Swedish, language.Russian, language.English, language.Und,
		language.French, language.MustParse("de-AT"), language.German}
	for _, tag := range tags {
		want := []string{"apa", "ärlig", "zebra"}
		if tag == language.Swedish {
			want = []string{"apa", "zebra", "ärlig"}
		}
		if got := namesOf(find(t, c, from, catalog.Query{Sort: catalog.ByName, Language: tag})); !slices.Equal(got, want) {
			t.Errorf("%v: got %q, want %q", tag, got, want)
		}
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	from := &upstream{files: numbered(40)}
	c := catalog.New(catalog.Config{})
	for name, test := range map[string]struct {
		query catalog.Query
		want  catalog.Result // without Files
		first string
	}{
		"first":    {catalog.Query{Page: 1}, catalog.Result{Page: 1, LastPage: 3, From: 1, To: 15, Total: 40, All: 40}, "File 1"},
		"second":   {catalog.Query{Page: 2}, catalog.Result{Page: 2, LastPage: 3, From: 16, To: 30, Total: 40, All: 40}, "File 16"},
		"last":     {catalog.Query{Page: 3}, catalog.Result{Page: 3, LastPage: 3, From: 31, To: 40, Total: 40, All: 40}, "File 31"},
		"past it":  {catalog.Query{Page: 4}, catalog.Result{Page: 3, LastPage: 3, From: 31, To: 40, Total: 40, All: 40}, "File 31"},
		"negative": {catalog.Query{Page: -1}, catalog.Result{Page: 1, LastPage: 3, From: 1, To: 15, Total: 40, All: 40}, "File 1"},
		"of found": {catalog.Query{Text: "3", Page: 1}, catalog.Result{Page: 1, LastPage: 1, From: 1, To: 13, Total: 13, All: 40}, "File 3"},
		"nothing":  {catalog.Query{Text: "x", Page: 2}, catalog.Result{Page: 1, LastPage: 1, All: 40}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := find(t, c, from, test.query)
			names := namesOf(got)
			if len(names) != max(got.To-got.From+1, 0) && test.first != "" {
				t.Errorf("%d files from %d to %d", len(names), got.From, got.To)
			}
			if first := append(names, "")[0]; first != test.first {
				t.Errorf("first is %q, want %q", first, test.first)
			}
			got.Files = nil
			if w, g := test.want, *got; g.Page != w.Page || g.LastPage != w.LastPage || g.From != w.From || g.To != w.To ||
				g.Total != w.Total || g.All != w.All {
				t.Errorf("got %+v, want %+v", g, w)
			}
		})
	}
}

func TestDuplicates(t *testing.T) {
	t.Parallel()
	from := &upstream{files: named("Ёлка", "one", "елка", "two", "ONE", "three", "елка 2")}
	c := catalog.New(catalog.Config{})
	query := catalog.Query{Duplicates: true, Sort: catalog.ByName, Language: language.Russian}
	if got := namesOf(find(t, c, from, query)); !slices.Equal(got, []string{"one", "ONE", "елка", "Ёлка"}) {
		t.Errorf("got %q", got)
	}
	query.Text = "л"
	if got := namesOf(find(t, c, from, query)); !slices.Equal(got, []string{"елка", "Ёлка"}) {
		t.Errorf("got %q", got)
	}
}

func TestFindAll(t *testing.T) {
	t.Parallel()
	from := &upstream{files: numbered(50)}
	c := catalog.New(catalog.Config{})
	found, err := c.FindAll(t.Context(), "account", from, catalog.Query{Text: "file", Sort: catalog.ByIDReversed, Page: 2})
	if err != nil || len(found) != 50 || found[0].ID != "50" || found[49].ID != "1" {
		t.Errorf("got %v, %v", found, err)
	}
	all, err := c.FindAll(t.Context(), "account", from, catalog.Query{})
	if err != nil || !slices.Equal(all, numbered(50)) {
		t.Errorf("got %v, %v", all, err)
	}
	clear(all)
	if got := find(t, c, from, catalog.Query{}); got.Files[0].Name != "File 1" {
		t.Error("what was given away is shared with the catalog")
	}
}
