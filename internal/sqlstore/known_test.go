package sqlstore_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hathor/internal/library"
)

func TestKnownSongsByFolder(t *testing.T) {
	eachShop(t, func(s *shop) {
		ctx := s.t.Context()
		for _, path := range []string{"top.flac", "a/1.flac", "a/b/2.flac", "a b/3.flac", "a0/4.flac", "Ä/5.flac", "gone/6.flac"} {
			s.save(s.draft(path, path, "A", "B"))
		}
		for _, song := range s.songs() {
			if song.Title == "gone/6.flac" {
				s.must(s.write.MarkMissing(ctx, []library.SongID{song.ID}))
			}
		}
		for _, c := range []struct{ folders, want []string }{
			{[]string{"a"}, []string{"a/1.flac", "gone/6.flac"}},
			{[]string{"."}, []string{"gone/6.flac", "top.flac"}},
			{[]string{"a/b", "Ä", "nowhere"}, []string{"a/b/2.flac", "gone/6.flac", "Ä/5.flac"}},
			{[]string{}, []string{"gone/6.flac"}},
			{nil, []string{"a b/3.flac", "a/1.flac", "a/b/2.flac", "a0/4.flac", "gone/6.flac", "top.flac", "Ä/5.flac"}},
		} {
			known, err := s.write.Known(ctx, s.folder, c.folders)
			s.must(err)
			var got []string
			for _, k := range known {
				got = append(got, k.Path)
			}
			slices.Sort(got)
			if !slices.Equal(got, c.want) {
				s.t.Errorf("in %q are %q, want %q", c.folders, got, c.want)
			}
		}
	})
}

func TestListingsAreKeptByFolder(t *testing.T) {
	eachShop(t, func(s *shop) {
		ctx := s.t.Context()
		s.must(s.write.KeepListings(ctx, s.folder, map[string]int64{".": 1, "a": -1 << 63, "b": 3}, nil))
		s.must(s.write.KeepListings(ctx, s.folder, map[string]int64{"a": 1<<63 - 1, "c": 4}, []string{"b", "nowhere"}))
		got, err := s.write.Listings(ctx, s.folder)
		s.must(err)
		if diff := cmp.Diff(map[string]int64{".": 1, "a": 1<<63 - 1, "c": 4}, got); diff != "" {
			s.t.Error(diff)
		}
	})
}
