package handlers

import (
	"testing"
	"time"
)

// Tests of bodies that stand still are made with less patience; users get this.
func TestBodiesMayStandStillForThirtySeconds(t *testing.T) {
	t.Parallel()
	if defaultBodySilence != 30*time.Second {
		t.Errorf("bodies may stand still for %s, want 30 s", defaultBodySilence)
	}
}
