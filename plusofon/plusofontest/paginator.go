package plusofontest

import "strconv"

// paginator is a page of a list as Laravel's LengthAwarePaginator writes it.
type paginator struct {
	path        string
	page, total int
	from        int // index of the first file shown
	shown       []File
}

func (p paginator) last() int { return max((p.total+PerPage-1)/PerPage, 1) }

func (p paginator) url(page int) string { return p.path + "?page=" + strconv.Itoa(page) }

func (p paginator) object() object {
	data := make([]any, len(p.shown))
	for i, file := range p.shown {
		data[i] = row(file)
	}
	var from, to, next, previous any
	if len(p.shown) > 0 {
		from, to = p.from+1, p.from+len(p.shown)
	}
	if p.page < p.last() {
		next = p.url(p.page + 1)
	}
	if p.page > 1 { // past the end, too, where it may name a page that is not there either
		previous = p.url(p.page - 1)
	}
	return object{
		{"current_page", p.page}, {"data", data}, {"first_page_url", p.url(1)}, {"from", from},
		{"last_page", p.last()}, {"last_page_url", p.url(p.last())}, {"next_page_url", next}, {"path", p.path},
		{"per_page", PerPage}, {"prev_page_url", previous}, {"to", to}, {"total", p.total},
	}
}
