package playback_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hathor/internal/library"
	"hathor/internal/playback"
)

// drawEdit makes an edit of entries that are, were or never will be in the queue.
func drawEdit(t *rapid.T, q playback.Queue) playback.Edit {
	entry := rapid.Int64Range(1, q.Next+2)
	return playback.Edit{
		Op:      rapid.SampledFrom([]playback.EditOp{playback.Insert, playback.Insert, playback.Remove, playback.Move, playback.Clear}).Draw(t, "op"),
		Songs:   rapid.SliceOfN(rapid.Custom(func(t *rapid.T) library.SongID { return library.SongID(rapid.IntRange(1, 9).Draw(t, "song")) }), 0, 5).Draw(t, "songs"),
		Entries: rapid.SliceOfN(entry, 0, 5).Draw(t, "entries"),
		Before:  rapid.Int64Range(0, q.Next+1).Draw(t, "before"),
	}
}

func entriesOf(q playback.Queue) map[int64]library.SongID {
	out := map[int64]library.SongID{}
	for _, item := range q.Items {
		out[item.Entry] = item.Song
	}
	return out
}

// Whatever is edited: entries are unique and never given twice, the place stays at its song while that is there,
// only what was named goes, and a refused edit changes nothing.
func TestQueueEditsKeepWhatTheyDoNotName(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q, given := playback.Queue{Next: 1}, map[int64]bool{}
		for range rapid.IntRange(1, 20).Draw(t, "edits") {
			e := drawEdit(t, q)
			before := slices.Clone(q.Items)
			after, done, err := q.Edit(e)
			if !slices.Equal(before, q.Items) {
				t.Fatalf("%+v changed the queue it was given", e)
			}
			if err != nil {
				continue
			}
			for _, item := range done.Items {
				if given[item.Entry] {
					t.Fatalf("entry %d was given twice", item.Entry)
				}
				given[item.Entry] = true
			}
			have, had := entriesOf(after), entriesOf(q)
			if len(have) != len(after.Items) {
				t.Fatalf("%+v: an entry stands twice: %+v", e, after.Items)
			}
			for entry, song := range had {
				named := e.Op == playback.Clear || e.Op == playback.Remove && slices.Contains(e.Entries, entry)
				if kept, there := have[entry]; there == named || there && kept != song {
					t.Fatalf("%+v: entry %d of %+v in %+v", e, entry, q.Items, after.Items)
				}
			}
			if q.Index != nil {
				current := q.Items[*q.Index].Entry
				if _, there := have[current]; there && (after.Index == nil || after.Items[*after.Index].Entry != current) {
					t.Fatalf("%+v: the place left entry %d", e, current)
				}
			}
			if len(after.Items) > 0 {
				at := rapid.IntRange(0, len(after.Items)-1).Draw(t, "place")
				after.Index = &at
			}
			q = after
		}
	})
}
