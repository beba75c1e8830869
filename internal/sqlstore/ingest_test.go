package sqlstore_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hathor/internal/clock"
	"hathor/internal/fault"
	"hathor/internal/ingest"
	"hathor/internal/library"
	"hathor/internal/sqlstore"
)

// shop is a store with two people, the shared uploads, one folder, and both sides of the catalogue.
type shop struct {
	t       *testing.T
	clock   *clock.Fake
	write   *sqlstore.Ingest
	read    *sqlstore.Catalogue
	folder  library.ID
	uploads library.ID
	scope   library.Scope
}

func eachShop(t *testing.T, test func(s *shop)) {
	t.Helper()
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		plant(t, db, func(s seed) {
			for id, name := range map[int]string{1: "ada", 2: "bob"} {
				s.run(`INSERT INTO users (id, username, username_key, email, password_hash, display_name, avatar_url, role, created_at)
					VALUES (?, ?, ?, ?, '', '', '', 'member', 0)`, id, name, name, name)
			}
		})
		s := &shop{t: t, clock: clock.NewFake(time.Unix(1_700_000_000, 0)), read: sqlstore.NewCatalogue(db)}
		s.write = sqlstore.NewIngest(db, s.clock)
		listed, err := s.write.Ensure(t.Context(), []string{"/music"})
		s.must(err)
		s.folder = listed[0].ID
		s.uploads, err = s.write.Target(t.Context(), ada, 0)
		s.must(err)
		s.scope = scopeOf(t, s.read, ada)
		test(s)
	})
}

func (s *shop) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// draft is a folder's song. What stands in it follows from its texts.
func (s *shop) draft(path, title, artist, album string) ingest.Draft {
	return ingest.Draft{
		Library: s.folder, Path: path, Title: title, Artist: artist, Artists: []string{artist}, Album: album,
		AlbumArtist: artist, AlbumArtists: []string{artist}, AlbumKey: library.Key(artist) + "/" + library.Key(album),
		Genres: []string{"Jazz"}, Year: 1999, Track: 1, Disc: 1, Size: 1000, Sound: []byte("sound of " + title),
		Audio:      ingest.Audio{Format: library.FLAC, Duration: 1500 * time.Millisecond, BitRate: 900, SampleRate: 44100, Channels: 2, BitDepth: 16},
		ModifiedAt: s.clock.Now(), Cover: cover("c1"),
	}
}

func cover(hash string) *ingest.Cover {
	return &ingest.Cover{Hash: strings.Repeat(hash, 32), Picture: ingest.Picture{MediaType: "image/png", Width: 9, Height: 8, Hue: 7}}
}

func (s *shop) songs() []library.Song {
	s.t.Helper()
	page, err := s.read.ListSongs(s.t.Context(), s.scope, library.SongQuery{Sort: "title", Paging: library.Paging{Limit: 500}})
	s.must(err)
	return page.Songs
}

func (s *shop) albums() []library.Album {
	s.t.Helper()
	page, err := s.read.ListAlbums(s.t.Context(), s.scope, library.AlbumQuery{Sort: "title", Paging: library.Paging{Limit: 500}})
	s.must(err)
	return page.Albums
}

func (s *shop) artists() (names []string) {
	s.t.Helper()
	page, err := s.read.ListArtists(s.t.Context(), s.scope, library.ArtistQuery{Paging: library.Paging{Limit: 500}})
	s.must(err)
	for _, a := range page.Artists {
		names = append(names, a.Name)
	}
	return names
}

func (s *shop) genres() (names []string) {
	s.t.Helper()
	list, err := s.read.Genres(s.t.Context(), s.scope)
	s.must(err)
	for _, g := range list {
		names = append(names, g.Name)
	}
	return names
}

// coverObjects are all objects that a cover can have.
func coverObjects(hash string) []string {
	keys := []string{library.CoverKey(hash)}
	for _, side := range library.CoverSides() {
		keys = append(keys, library.ShrunkKey(hash, side))
	}
	return keys
}

func (s *shop) save(drafts ...ingest.Draft) ingest.Freed {
	s.t.Helper()
	freed, err := s.write.Save(s.t.Context(), drafts)
	s.must(err)
	return freed
}

func (s *shop) same(what string, got, want any) {
	s.t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		s.t.Errorf("%s differ (-want +got):\n%s", what, diff)
	}
}

func TestSaveWritesEverythingOfASong(t *testing.T) {
	eachShop(t, func(s *shop) {
		d := s.draft("a/1.flac", "Näcken", "The Källa", "Vatten")
		d.Artists, d.Artist = []string{"The Källa", "Ö"}, "The Källa feat. Ö"
		d.Genres = []string{"Folk", "Jazz"}
		s.save(d)
		song := s.songs()[0]
		s.same("title and texts", []string{song.Title, song.Artist, song.Album}, []string{"Näcken", "The Källa feat. Ö", "Vatten"})
		s.same("genres", song.Genres, []string{"Folk", "Jazz"})
		if len(song.Artists) < 2 || song.Artists[0].Name != "The Källa" || song.Artists[1].Name != "Ö" {
			s.t.Errorf("credits are %+v", song.Artists)
		}
		if song.Duration != 1500*time.Millisecond || song.Format != library.FLAC || song.BitDepth != 16 || song.Size != 1000 || song.UploadedBy != 0 {
			s.t.Errorf("song is %+v", song)
		}
		if song.Cover == nil || song.Cover.Hash != d.Cover.Hash || song.Cover.Hue != 7 {
			s.t.Errorf("cover is %+v", song.Cover)
		}
		album := s.albums()[0]
		if album.SongCount != 1 || album.Duration != 1500*time.Millisecond || album.Year != 1999 || album.Cover == nil || album.Artist != "The Källa" {
			s.t.Errorf("album is %+v", album)
		}
		s.same("artists by their sort names", s.artists(), []string{"The Källa", "Ö"})
		found, err := s.read.SearchSongs(s.t.Context(), s.scope, "kalla nack", 10)
		s.must(err)
		if len(found) != 1 {
			s.t.Errorf("a search finds %d songs", len(found))
		}
	})
}

func TestSaveOfManyMakesEachNameOnce(t *testing.T) {
	eachShop(t, func(s *shop) {
		var drafts []ingest.Draft
		for i := range 1500 {
			d := s.draft(fmt.Sprintf("%d.flac", i), fmt.Sprintf("Song %04d", i), fmt.Sprintf("Artist %d", i%7), fmt.Sprintf("Album %d", i%7))
			d.Track = i
			drafts = append(drafts, d)
		}
		s.save(drafts...)
		albums := s.albums()
		if len(albums) != 7 || len(s.artists()) != 7 || len(s.genres()) != 1 {
			s.t.Fatalf("%d albums, %d artists, genres %q", len(albums), len(s.artists()), s.genres())
		}
		sum := 0
		for _, a := range albums {
			sum += a.SongCount
		}
		if sum != 1500 {
			s.t.Errorf("the albums have %d songs", sum)
		}
	})
}

func TestSaveAgainKeepsTheSong(t *testing.T) {
	eachShop(t, func(s *shop) {
		s.save(s.draft("1.flac", "One", "Old Artist", "Old Album"))
		before := s.songs()[0]
		s.must(s.write.MarkMissing(s.t.Context(), []library.SongID{before.ID}))
		s.clock.Advance(time.Hour)
		d := s.draft("1.flac", "Uno", "New Artist", "New Album")
		d.Genres, d.Cover = []string{"Rock"}, cover("c2")
		freed := s.save(d)
		after := s.songs()[0]
		if after.ID != before.ID || after.Title != "Uno" || after.Missing || !after.CreatedAt.Equal(before.CreatedAt) {
			s.t.Errorf("before %+v\nafter %+v", before, after)
		}
		s.same("artists", s.artists(), []string{"New Artist"})
		s.same("genres", s.genres(), []string{"Rock"})
		if albums := s.albums(); len(albums) != 1 || albums[0].Title != "New Album" {
			s.t.Errorf("albums are %+v", albums)
		}
		s.same("freed", freed.Keys, coverObjects(cover("c1").Hash))
	})
}

func TestSaveMovesASongWithAnID(t *testing.T) {
	eachShop(t, func(s *shop) {
		s.save(s.draft("old/1.flac", "One", "A", "B"))
		id := s.songs()[0].ID
		d := s.draft("new/1.flac", "One (remastered)", "A", "B")
		d.ID = id
		s.save(d)
		songs := s.songs()
		if len(songs) != 1 || songs[0].ID != id || songs[0].Title != "One (remastered)" {
			s.t.Errorf("songs are %+v", songs)
		}
		known, err := s.write.Known(s.t.Context(), s.folder, nil)
		s.must(err)
		if len(known) != 1 || known[0].Path != "new/1.flac" || known[0].Version != ingest.ReadVersion || !known[0].ModifiedAt.Equal(d.ModifiedAt) ||
			known[0].Album != library.Key(d.Album) || known[0].AlbumKey != d.AlbumKey {
			s.t.Errorf("known is %+v", known)
		}
		traits, err := s.write.Traits(s.t.Context(), []library.SongID{id})
		s.must(err)
		if len(traits) != 1 || string(traits[0].Sound) != string(d.Sound) || traits[0].TitleKey != library.Key(d.Title) || traits[0].Duration != d.Audio.Duration {
			s.t.Errorf("traits are %+v", traits)
		}
	})
}

func (s *shop) upload(title string, content string, to library.ID) ingest.Draft {
	d := s.draft("", title, "A", "B")
	d.Library, d.UploadedBy = to, ada
	d.ContentHash, d.ObjectKey = []byte(content), "audio/ab/"+content
	return d
}

func TestAddForAnAccountThatIsGone(t *testing.T) {
	eachShop(t, func(s *shop) {
		d := s.upload("One", "bytes", s.uploads)
		d.UploadedBy = 4711
		_, added, err := s.write.Add(s.t.Context(), d, s.scope.Libraries)
		wantKind(s.t, err, fault.Unauthenticated)
		if songs := s.songs(); added || len(songs) != 0 {
			s.t.Errorf("there are %d songs", len(songs))
		}
	})
}

func TestAddKnowsTheSameBytesWithinTheScope(t *testing.T) {
	eachShop(t, func(s *shop) {
		ctx := s.t.Context()
		id, added, err := s.write.Add(ctx, s.upload("One", "bytes", s.uploads), s.scope.Libraries)
		s.must(err)
		if !added {
			s.t.Fatal("the first one was not added")
		}
		again, added, err := s.write.Add(ctx, s.upload("Uno", "bytes", s.uploads), s.scope.Libraries)
		s.must(err)
		if added || again != id {
			s.t.Errorf("the same bytes gave %d, added %v; want %d", again, added, id)
		}
		private, err := s.write.Private(ctx, bob)
		s.must(err)
		own := s.upload("One", "bytes", private)
		own.UploadedBy = bob
		other, added, err := s.write.Add(ctx, own, []library.ID{private})
		s.must(err)
		if !added || other == id {
			s.t.Errorf("the same bytes outside the scope gave %d, added %v", other, added)
		}
		freed, err := s.write.Remove(ctx, id)
		s.must(err)
		unused, err := s.write.Unused(ctx, append(freed.Keys, "audio/xy/nobody"))
		s.must(err)
		s.same("unused objects", unused, []string{"audio/xy/nobody"})
	})
}

func TestAddAtOnceMakesOneSong(t *testing.T) {
	eachShop(t, func(s *shop) {
		var all sync.WaitGroup
		added := make(chan bool, 8)
		for range cap(added) {
			all.Go(func() {
				_, fresh, err := s.write.Add(s.t.Context(), s.upload("One", "bytes", s.uploads), s.scope.Libraries)
				if err != nil {
					s.t.Error(err)
				}
				added <- fresh
			})
		}
		all.Wait()
		close(added)
		count := 0
		for fresh := range added {
			if fresh {
				count++
			}
		}
		if count != 1 || len(s.songs()) != 1 {
			s.t.Errorf("%d were added, there are %d songs", count, len(s.songs()))
		}
	})
}

func TestEditAndRemoveTidyUp(t *testing.T) {
	eachShop(t, func(s *shop) {
		ctx := s.t.Context()
		id, _, err := s.write.Add(ctx, s.upload("One", "bytes", s.uploads), s.scope.Libraries)
		s.must(err)
		edited, err := s.write.Edit(ctx, ingest.Edit{Kind: ingest.SongEdit, By: ada, Songs: []library.SongID{id}, Set: ingest.Overlay{
			"title": `"Two"`, "artists": `["C"]`, "genres": `[]`, "album": `""`,
		}})
		s.must(err)
		if edited.ID == 0 || edited.Songs != 1 {
			s.t.Errorf("edited %+v", edited)
		}
		song := s.songs()[0]
		if song.ID != id || song.Title != "Two" || song.AlbumID != 0 || len(song.Genres) != 0 || song.Cover == nil {
			s.t.Errorf("song is %+v", song)
		}
		s.same("artists", s.artists(), []string{"C"})
		if albums := s.albums(); len(albums) != 0 {
			s.t.Errorf("albums are %+v", albums)
		}
		freed, err := s.write.Remove(ctx, id)
		s.must(err)
		s.same("freed", freed.Keys, append(coverObjects(cover("c1").Hash), "audio/ab/bytes"))
		if len(s.songs())+len(s.artists())+len(s.genres()) != 0 {
			s.t.Errorf("left: %v %v %v", s.songs(), s.artists(), s.genres())
		}
		if held, err := s.write.Held(ctx, []library.SongID{id}); err != nil || len(held) != 0 {
			s.t.Errorf("a removed song gives %v, %v", held, err)
		}
		next, _, err := s.write.Add(ctx, s.upload("Three", "other", s.uploads), s.scope.Libraries)
		s.must(err)
		if next <= id {
			s.t.Errorf("id %d is used again after %d", next, id)
		}
	})
}
