package spool_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/plusofon-dashboard/dashboard/internal/spool"
)

// All spools of a pool hold so much together, and give it back.
func TestAPoolIsBounded(t *testing.T) {
	t.Parallel()
	pool := spool.NewPool(1000)
	first, err := pool.New(strings.NewReader(strings.Repeat("a", 600)), 1000)
	if err != nil {
		t.Fatal(err)
	}
	_, err = pool.New(strings.NewReader(strings.Repeat("b", 600)), 1000)
	if _, ours := errors.AsType[*spool.DiskError](err); !ours || !errors.Is(err, spool.ErrPoolFull) {
		t.Errorf("%v, want ErrPoolFull of the disk", err)
	}
	if err := first.Close(); err != nil {
		t.Error(err)
	}
	again, err := pool.New(strings.NewReader(strings.Repeat("b", 600)), 1000)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if content, err := io.ReadAll(again.Reader()); err != nil || len(content) != 600 || again.Size() != 600 {
		t.Errorf("%d bytes, %v", len(content), err)
	}
}

// A body may be as long as it may, and not longer; one that breaks off is its error.
func TestBodiesThatAreNotKept(t *testing.T) {
	t.Parallel()
	pool := spool.NewPool(1 << 20)
	body := func() io.Reader { return bytes.NewReader(make([]byte, 1000)) }
	if whole, err := pool.New(body(), 1000); err != nil {
		t.Error(err)
	} else {
		whole.Close()
	}
	if _, err := pool.New(body(), 999); !errors.Is(err, spool.ErrTooLarge) {
		t.Errorf("%v, want ErrTooLarge", err)
	}
	broken := errors.New("the line is cut")
	if _, err := pool.New(io.MultiReader(body(), iotest.ErrReader(broken)), 5000); !errors.Is(err, broken) {
		t.Errorf("%v, want that of the body", err)
	}
}

// What is read of a lazy spool is fetched up to there, and no further.
func TestALazySpoolFetchesWhatIsRead(t *testing.T) {
	t.Parallel()
	content := []byte(strings.Repeat("0123456789", 100))
	source := bytes.NewReader(content)
	lazy, err := spool.NewPool(1<<20).NewLazy(source, int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	defer lazy.Close()
	for _, offset := range []int64{200, 0, 195} {
		part := make([]byte, 10)
		if _, err := lazy.ReadAt(part, offset); err != nil || !bytes.Equal(part, content[offset:offset+10]) {
			t.Errorf("at %d: %q, %v", offset, part, err)
		}
	}
	if left := source.Len(); left != len(content)-210 {
		t.Errorf("%d bytes are left in the body, want %d", left, len(content)-210)
	}
}

// A body that is shorter than it said is an error wherever its end is missing.
func TestALazySpoolOfAShortBody(t *testing.T) {
	t.Parallel()
	lazy, err := spool.NewPool(1<<20).NewLazy(strings.NewReader("0123456789"), 20)
	if err != nil {
		t.Fatal(err)
	}
	defer lazy.Close()
	for range 2 {
		if _, err := lazy.ReadAt(make([]byte, 5), 12); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%v, want io.ErrUnexpectedEOF", err)
		}
	}
}
