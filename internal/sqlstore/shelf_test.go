package sqlstore_test

import (
	"testing"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

func TestTwinsAreOfTheScopeAndPresent(t *testing.T) {
	eachShop(t, func(s *shop) {
		ctx := s.t.Context()
		s.save(s.draft("1.flac", "One", "A", "B"))
		d := s.upload("One", "bytes", s.uploads)
		twins, err := s.write.Twins(ctx, d, s.scope.Libraries)
		s.must(err)
		if len(twins) != 1 || twins[0].Folder != "/music" || twins[0].Path != "1.flac" || twins[0].TitleKey != "one" {
			s.t.Errorf("twins are %+v", twins)
		}
		if twins, err = s.write.Twins(ctx, d, []library.ID{s.uploads}); err != nil || len(twins) != 0 {
			s.t.Errorf("outside the scope: %+v, %v", twins, err)
		}
		s.must(s.write.MarkMissing(ctx, []library.SongID{s.songs()[0].ID}))
		if twins, err = s.write.Twins(ctx, d, s.scope.Libraries); err != nil || len(twins) != 0 {
			s.t.Errorf("missing: %+v, %v", twins, err)
		}
	})
}

func TestLibrariesStayAndTheirSongsGoMissing(t *testing.T) {
	eachShop(t, func(s *shop) {
		ctx := s.t.Context()
		s.save(s.draft("1.flac", "One", "A", "B"))
		listed, err := s.write.Ensure(ctx, []string{"/other", "/music"})
		s.must(err)
		if len(listed) != 2 || listed[1].ID != s.folder || len(s.songs()) != 1 {
			s.t.Errorf("listed %+v, %d songs", listed, len(s.songs()))
		}
		_, err = s.write.Ensure(ctx, nil)
		s.must(err)
		known, err := s.write.Known(ctx, s.folder, nil)
		s.must(err)
		if len(known) != 1 || !known[0].Missing {
			s.t.Errorf("known is %+v", known)
		}
		first, err := s.write.Private(ctx, ada)
		s.must(err)
		second, err := s.write.Private(ctx, ada)
		s.must(err)
		if first != second {
			s.t.Errorf("private libraries %d and %d", first, second)
		}
	})
}

func TestScanErrorsAreReplaced(t *testing.T) {
	eachShop(t, func(s *shop) {
		ctx := s.t.Context()
		s.must(s.write.ReplaceErrors(ctx, s.folder, []ingest.ScanError{{Path: "a", Reason: "old"}}))
		s.must(s.write.ReplaceErrors(ctx, s.folder, []ingest.ScanError{{Path: "c", Reason: "3"}, {Path: "b", Reason: "2"}, {Path: "b", Reason: "twice"}}))
		list, total, err := s.write.Errors(ctx, 1, 1)
		s.must(err)
		if total != 2 || len(list) != 1 || list[0].Path != "music/c" || list[0].Library != s.folder {
			s.t.Errorf("got %d: %+v", total, list)
		}
	})
}
