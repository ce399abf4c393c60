package handlers_test

import (
	"runtime"
	"runtime/metrics"
	"testing"

	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

// bombMaker is for the Plusofon of the test, which packs the bomb in the same
// process.
const bombMaker = 2 * mebibyte

// An answer that is made to fill the memory is cut, packed or not.
func TestAHugeAnswerIsCut(t *testing.T) {
	for name, fault := range map[string]plusofontest.Fault{
		"a list of 1 GB": plusofontest.HugeList(1 << 30),
		"a gzip bomb":    plusofontest.GzipBomb(1 << 30),
	} {
		t.Run(name, func(t *testing.T) {
			f := startFaulty(t, upstream())
			list := actions[1]
			f.servers++          // growth looks on from a goroutine of its own
			list.do(f.dashboard) // pools are filled once
			if grown := growth(t, func() { f.meets(list, unreadable, fault) }); grown > 8*mebibyte+bombMaker {
				t.Errorf("memory grew by %d KB, want at most 8 MB beside what makes the bomb", grown>>10)
			}
		})
	}
}

// growth is by how many bytes the objects in use grew at their peak, as far as
// it was looked at. What is garbage by then does not count, however late a busy
// machine collects it.
func growth(t *testing.T, work func()) uint64 {
	t.Helper()
	before := heapInUse()
	peak, stop, stopped := before, make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		last := before
		for {
			select {
			case <-stop:
				return
			default:
				now := heapInUse()
				// What came and went while one collection ran was never in use at once.
				peak, last = max(peak, min(last, now)), now
			}
		}
	}()
	work()
	close(stop)
	<-stopped
	return peak - before
}

// heapInUse is what a collection of garbage leaves, and what comes while it runs.
func heapInUse() uint64 {
	runtime.GC()
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
