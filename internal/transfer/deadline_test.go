package transfer_test

import (
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/internal/transfer"
)

// Tests of bodies that stand still are made with less patience; users get this.
func TestBodiesMayStandStillForThirtySeconds(t *testing.T) {
	t.Parallel()
	if transfer.BodyIdleTimeout != 30*time.Second {
		t.Errorf("bodies may stand still for %s, want 30 s", transfer.BodyIdleTimeout)
	}
}
