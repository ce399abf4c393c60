package audio

import (
	"bytes"
	"io"
	"iter"
	"time"
)

// oggEnd finds the position at the end of the stream of sound: that of its
// last page. A file may end with streams that it did not begin with; it is
// chained then.
func oggEnd(file io.ReaderAt, size int64, streams oggStreams) (granule int64, chained bool, err error) {
	last := true
	for page, whole := range oggPagesBackwards(file, size) {
		switch {
		case last && !whole:
			return 0, false, refuse(ReasonConvertibleCutOff, "OGG")
		case last && !streams.serials[page.serial]:
			return 0, true, nil
		case whole && page.serial == streams.serial && page.granule >= 0: // -1: no packet ends on the page
			return page.granule, false, nil
		}
		last = false
	}
	return 0, false, refuse(ReasonNoSound, "")
}

// oggPagesBackwards gives the last pages of a file, from its end, and whether
// each is there as a whole. It gives up a megabyte from the end, behind which
// only pages of another stream would have stood.
func oggPagesBackwards(file io.ReaderAt, size int64) iter.Seq2[oggPage, bool] {
	const furthest, overlap = 16 * oggMaxPage, oggHeader + 255
	return func(yield func(oggPage, bool) bool) {
		buffer := make([]byte, min(size, oggMaxPage))
		for end := size; end > 0 && end > size-furthest; end -= oggMaxPage - overlap {
			start := max(end-oggMaxPage, 0)
			n, err := file.ReadAt(buffer[:end-start], start)
			if err != nil && err != io.EOF {
				return
			}
			tail := buffer[:n]
			for at := lastOggMark(tail); at >= 0; at = lastOggMark(tail[:at]) {
				page, ok := readOggPage(tail[at:])
				if !yield(page, ok && page.size <= size-start-int64(at)) {
					return
				}
			}
		}
	}
}

// lastOggMark finds where a page begins: its letters, and a version of 0.
func lastOggMark(b []byte) int {
	for {
		at := bytes.LastIndex(b, []byte("OggS"))
		if at < 0 || at+4 >= len(b) || b[at+4] == 0 {
			return at
		}
		b = b[:at]
	}
}

// chainedDuration is how long files last that were joined to one (RFC 3533
// §4): each has streams of its own. It walks from page to page.
func chainedDuration(file io.ReaderAt, size int64) (whole time.Duration) {
	w := &window{file: file, size: size}
	var link oggStreams
	var end int64
	begun := false // whether the pages with which streams begin are past
	for offset := int64(0); ; {
		page, ok := readOggPage(w.at(offset, lookBack))
		if !ok {
			return whole + link.duration(end)
		}
		if page.begins && begun {
			whole = min(whole+link.duration(end), longest)
			link, end, begun = oggStreams{}, 0, false
		}
		switch {
		case page.begins:
			link.add(page)
		default:
			begun = true
			if page.serial == link.serial && page.granule >= 0 {
				end = page.granule
			}
		}
		offset += page.size
	}
}
