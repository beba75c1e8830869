package ingest_test

import (
	"context"
	"strings"
	"testing"

	"hathor/internal/ingest"
)

// relaxing counts how often memory is given back.
type relaxing struct {
	ingest.Shelf
	times int
}

func (r *relaxing) Relax(ctx context.Context) error {
	r.times++
	return r.Shelf.Relax(ctx)
}

func TestAScanOfManyFilesGivesMemoryBack(t *testing.T) {
	eachHouse(t, func(h *house) {
		shelf := &relaxing{Shelf: h.store}
		h.scanner = ingest.NewScanner(h.service, shelf)
		t.Cleanup(h.scanner.Close)
		h.scanner.SetBatch(2)
		h.must(h.scanner.EnsureLibraries(t.Context(), []string{h.music}))
		for i, want := range []int{0, 1, 1} { // one file, two more, nothing
			if i < 2 {
				h.put(strings.Repeat("a", i+1)+".wav", tone("One "+strings.Repeat("a", i), i+1))
			}
			if i == 1 {
				h.put("b.wav", tone("Other", 3))
			}
			h.scan()
			if shelf.times != want {
				t.Errorf("scan %d: memory was given back %d times, want %d", i+1, shelf.times, want)
			}
		}
	})
}
