package sqlstore_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/ingest"
	"hathor/internal/library"
)

func (s *shop) holding(id library.ID) ingest.Holding {
	s.t.Helper()
	list, err := s.write.Holdings(s.t.Context(), []library.ID{id})
	s.must(err)
	if len(list) != 1 {
		s.t.Fatalf("library %d is %+v", id, list)
	}
	return list[0]
}

func (s *shop) hears(user account.UserID, id library.ID) bool {
	s.t.Helper()
	return scopeOf(s.t, s.read, user).Sees(id)
}

// refused expects a fault of the code.
func (s *shop) refused(err error, code string) {
	s.t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || f.Code != code {
		s.t.Errorf("got %v, want %s", err, code)
	}
}

func TestHoldingsAreListedWithWhatIsInThem(t *testing.T) {
	eachShop(t, func(s *shop) {
		ctx := s.t.Context()
		s.save(s.draft("1.flac", "One", "A", "B"))
		s.must(s.write.ReplaceErrors(ctx, s.folder, []ingest.ScanError{{Path: "", Reason: "gone"}, {Path: "x", Reason: "bad"}}))
		mine, err := s.write.Private(ctx, bob)
		s.must(err)
		d := s.upload("Own", "own", mine)
		d.UploadedBy = bob
		_, _, err = s.write.Add(ctx, d, []library.ID{mine})
		s.must(err)
		all, err := s.write.Holdings(ctx, nil)
		s.must(err)
		s.same("libraries", all, []ingest.Holding{
			{Library: library.Library{ID: s.uploads, Kind: library.Uploads, Name: "Uploads", Open: true}},
			{Library: library.Library{ID: mine, Kind: library.Private, Name: "Private", Owner: bob}, OwnerName: "bob", SongCount: 1, Size: 1000},
			{Library: library.Library{ID: s.folder, Kind: library.Folder, Name: "music", Path: "/music", Open: true}, SongCount: 1, Size: 1000, Problem: "gone"},
		})
		none, err := s.write.Holdings(ctx, []library.ID{})
		s.must(err)
		if len(none) != 0 {
			s.t.Errorf("of none there are %+v", none)
		}
	})
}

func TestALibraryIsHeardByThoseItIsGrantedTo(t *testing.T) {
	eachShop(t, func(s *shop) {
		ctx := s.t.Context()
		id, err := s.write.AddLibrary(ctx, "Demos", false)
		s.must(err)
		if s.hears(bob, id) || s.hears(ada, id) {
			s.t.Error("a closed library is heard")
		}
		_, err = s.write.Target(ctx, bob, id)
		s.refused(err, "not_found")
		s.must(second(s.write.Grant(ctx, id, []account.UserID{bob})))
		if !s.hears(bob, id) || s.hears(ada, id) {
			s.t.Error("the grant is not what decides")
		}
		if to, err := s.write.Target(ctx, bob, id); err != nil || to != id {
			s.t.Errorf("the target is %d, %v", to, err)
		}
		if got := s.holding(id).Granted; len(got) != 1 || got[0] != (ingest.Granted{User: bob, Username: "bob"}) {
			s.t.Errorf("granted to %+v", got)
		}
		s.must(second(s.write.Grant(ctx, id, nil)))
		if s.hears(bob, id) {
			s.t.Error("a grant that was taken back counts")
		}
		open, name := true, "Tapes"
		s.must(second(s.write.ChangeLibrary(ctx, id, ingest.LibraryChange{Open: &open})))
		s.must(second(s.write.ChangeLibrary(ctx, id, ingest.LibraryChange{Name: &name})))
		if got := s.holding(id); !s.hears(ada, id) || got.Name != "Tapes" || !got.Open {
			s.t.Errorf("it is %+v", got)
		}
		s.refused(second(s.write.Grant(ctx, id, []account.UserID{bob, 99})), "validation_failed")
		if got := s.holding(id).Granted; len(got) != 0 {
			s.t.Errorf("a grant with a mistake left %+v", got)
		}
	})
}

func TestPrivateLibrariesAreNobodyElsesToChange(t *testing.T) {
	eachShop(t, func(s *shop) {
		ctx := s.t.Context()
		id, err := s.write.Private(ctx, bob)
		s.must(err)
		open := true
		s.refused(second(s.write.ChangeLibrary(ctx, id, ingest.LibraryChange{Open: &open})), "not_found")
		s.refused(second(s.write.Grant(ctx, id, []account.UserID{ada})), "not_found")
		_, _, err = s.write.RemoveLibrary(ctx, id, true)
		s.refused(err, "not_found")
		if s.hears(ada, id) || !s.hears(bob, id) {
			s.t.Error("a private library is heard by others, or not by its owner")
		}
		if to, err := s.write.Target(ctx, bob, id); err != nil || to != id {
			s.t.Errorf("the owner's target is %d, %v", to, err)
		}
	})
}

func TestRemovingALibrary(t *testing.T) {
	eachShop(t, func(s *shop) {
		ctx := s.t.Context()
		_, _, err := s.write.RemoveLibrary(ctx, s.uploads, true)
		s.refused(err, "last_library")
		id, err := s.write.AddLibrary(ctx, "Demos", true)
		s.must(err)
		s.scope = scopeOf(s.t, s.read, ada)
		_, added, err := s.write.Add(ctx, s.upload("One", "bytes", id), s.scope.Libraries)
		s.must(err)
		if !added {
			s.t.Fatal("not added")
		}
		_, _, err = s.write.RemoveLibrary(ctx, id, false)
		s.refused(err, "library_not_empty")
		if len(s.songs()) != 1 {
			s.t.Fatal("a refused removal took songs away")
		}
		_, freed, err := s.write.RemoveLibrary(ctx, id, true)
		s.must(err)
		originals := slices.DeleteFunc(freed.Keys, func(key string) bool { return strings.HasPrefix(key, "shrunk/") })
		s.same("freed", originals, []string{library.CoverKey(cover("c1").Hash), "audio/ab/bytes"})
		if len(s.songs())+len(s.artists())+len(s.albums())+len(s.genres()) != 0 {
			s.t.Errorf("left: %v %v", s.songs(), s.artists())
		}
		_, _, err = s.write.Add(ctx, s.upload("Late", "late", id), s.scope.Libraries)
		s.refused(err, "not_found")
		_, err = s.write.Target(ctx, ada, s.folder)
		s.refused(err, "library_read_only")
	})
}

func TestUsageAndQuotas(t *testing.T) {
	eachShop(t, func(s *shop) {
		ctx := s.t.Context()
		d := s.upload("One", "bytes", s.uploads)
		d.Quota = ingest.Bytes(1000)
		_, added, err := s.write.Add(ctx, d, s.scope.Libraries)
		s.must(err)
		u, err := s.write.Usage(ctx, ada)
		s.must(err)
		if !added || u.Used != 1000 || u.Songs != 1 || u.Own.Set || u.Username != "ada" {
			s.t.Errorf("usage is %+v", u)
		}
		s.must(s.write.MarkMissing(ctx, []library.SongID{s.songs()[0].ID}))
		next := s.upload("Two", "more", s.uploads)
		next.Size, next.Quota = 1, ingest.Bytes(1000)
		_, _, err = s.write.Add(ctx, next, s.scope.Libraries)
		s.refused(err, "quota_exceeded")
		if fault.KindOf(err) != fault.TooLarge {
			s.t.Errorf("the kind is %v", fault.KindOf(err))
		}
		for _, own := range []ingest.Own{
			{Set: true, Quota: ingest.Bytes(0)}, {Set: true, Quota: ingest.Bytes(7)}, {Set: true}, {},
		} {
			s.must(s.write.SetQuota(ctx, ada, own))
			if u, err := s.write.Usage(ctx, ada); err != nil || u.Own != own {
				s.t.Errorf("set %+v, is %+v, %v", own, u.Own, err)
			}
		}
		s.refused(s.write.SetQuota(ctx, 99, ingest.Own{}), "not_found")
		all, err := s.write.Usages(ctx)
		s.must(err)
		if len(all) != 2 || all[0].User != ada || all[0].Used != 1000 || all[1].Used != 0 {
			s.t.Errorf("usages are %+v", all)
		}
		if size, err := s.write.DatabaseSize(ctx); err != nil || size <= 0 {
			s.t.Errorf("the database has %d bytes, %v", size, err)
		}
	})
}

func TestTwoUploadsNeverPassAQuotaTogether(t *testing.T) {
	eachShop(t, func(s *shop) {
		var all sync.WaitGroup
		answers := make(chan error, 6)
		for _, title := range []string{"a", "b", "c", "d", "e", "f"} {
			d := s.upload(title, "bytes of "+title, s.uploads)
			d.Quota = ingest.Bytes(2500)
			all.Go(func() {
				_, _, err := s.write.Add(s.t.Context(), d, s.scope.Libraries)
				answers <- err
			})
		}
		all.Wait()
		close(answers)
		kept := 0
		for err := range answers {
			if err == nil {
				kept++
			} else {
				s.refused(err, "quota_exceeded")
			}
		}
		if kept != 2 || len(s.songs()) != 2 {
			s.t.Errorf("%d songs of 1000 bytes were taken within 2500, %d are there", kept, len(s.songs()))
		}
	})
}
