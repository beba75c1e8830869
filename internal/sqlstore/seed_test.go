package sqlstore_test

import (
	"fmt"
	"testing"

	"hathor/internal/account"
	"hathor/internal/library"
	"hathor/internal/sqlstore"
)

// seed writes rows as an ingest would. IDs are given by the test, so that it can name them.
type seed struct {
	t    testing.TB
	exec func(query string, args ...any) error
}

// The libraries of every seeded store.
const (
	openFolder   library.ID = 1
	privateOfAda library.ID = 2
	privateOfBob library.ID = 3
	closedFolder library.ID = 4
)

// The people of every seeded store. Ada is the admin.
const (
	ada account.UserID = 1
	bob account.UserID = 2
)

// seeded opens a catalogue with two people and four libraries, and what fill adds.
func seeded(t testing.TB, db *sqlstore.DB, fill func(seed)) *sqlstore.Catalogue {
	t.Helper()
	plant(t, db, func(s seed) {
		for id, name := range map[account.UserID]string{ada: "ada", bob: "bob"} {
			role := account.Member
			if id == ada {
				role = account.Admin
			}
			s.run(`INSERT INTO users (id, username, username_key, email, password_hash, display_name, avatar_url, role, created_at)
				VALUES (?, ?, ?, ?, '', '', '', ?, 0)`, id, name, name, name+"@example.org", role)
		}
		s.library(openFolder, library.Folder, 0, true)
		s.library(privateOfAda, library.Private, ada, false)
		s.library(privateOfBob, library.Private, bob, false)
		s.library(closedFolder, library.Folder, 0, false)
		fill(s)
	})
	return sqlstore.NewCatalogue(db)
}

// plant adds rows to a store.
func plant(t testing.TB, db *sqlstore.DB, fill func(seed)) {
	t.Helper()
	err := db.Raw(t.Context(), func(exec func(string, ...any) error) error {
		fill(seed{t, exec})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (s seed) run(query string, args ...any) {
	s.t.Helper()
	if err := s.exec(query, args...); err != nil {
		s.t.Fatalf("seed: %v", err)
	}
}

func (s seed) library(id library.ID, kind library.Kind, owner account.UserID, open bool) {
	s.t.Helper()
	var path, ownerID any
	if kind == library.Folder {
		path = fmt.Sprintf("/music/%d", id)
	}
	if owner != 0 {
		ownerID = owner
	}
	s.run("INSERT INTO libraries (id, kind, name, path, owner_id, is_open, created_at) VALUES (?, ?, '', ?, ?, ?, 0)", id, kind, path, ownerID, open)
}

// plantedSong is a song of a test; zero fields are left out. The library is the open folder by default.
type plantedSong struct {
	ID       library.SongID
	Library  library.ID
	Title    string
	Artist   string
	ArtistID library.ArtistID
	Album    string
	AlbumID  library.AlbumID
	Genre    string
	Year     int
	Track    int
	Duration int // milliseconds
	Created  int64
	Missing  bool
	Cover    library.CoverID
}

func (s seed) song(p plantedSong) {
	s.t.Helper()
	if p.Library == 0 {
		p.Library = openFolder
	}
	var album, missing, cover any
	if p.AlbumID != 0 {
		album = p.AlbumID
	}
	if p.Missing {
		missing = 1
	}
	if p.Cover != 0 {
		cover = p.Cover
	}
	s.run(`INSERT INTO songs (id, library_id, album_id, title, title_key, artist, artist_key, album, album_key, search_text, year, track,
		disc, duration, bit_rate, sample_rate, channels, bit_depth, format, size, cover_id, path, modified_at, shuffle, missing_since, created_at, updated_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, 320, 44100, 2, 0, 'mp3', 1000, ?, ?, 0, 0, ?, ?, 0)`,
		p.ID, p.Library, album, p.Title, library.Key(p.Title), p.Artist, library.Key(p.Artist), p.Album, library.Key(p.Album),
		library.SearchText(p.Title, p.Artist, p.Album), p.Year, p.Track, p.Duration, cover, fmt.Sprintf("%d.mp3", p.ID), missing, p.Created)
	if p.ArtistID != 0 {
		s.run("INSERT INTO song_artists (song_id, artist_id, role, position) VALUES (?, ?, 'artist', 0)", p.ID, p.ArtistID)
	}
	if p.Genre != "" {
		s.run("INSERT INTO genres (key, name) VALUES (?, ?) ON CONFLICT (key) DO NOTHING", library.Key(p.Genre), p.Genre)
		s.run("INSERT INTO song_genres (song_id, genre_id, position) SELECT CAST(? AS BIGINT), id, 0 FROM genres WHERE key = ?", p.ID, library.Key(p.Genre))
	}
}

func (s seed) artist(id library.ArtistID, name string) {
	s.t.Helper()
	s.run("INSERT INTO artists (id, key, name, sort_name, sort_key, search_text, created_at) VALUES (?, ?, ?, ?, ?, ?, 0)", id, library.Key(name), name, name,
		library.Key(name), library.SearchText(name, "", ""))
}

// album adds an album of so many songs; the songs are planted by themselves.
func (s seed) album(id library.AlbumID, in library.ID, title, artist string, by library.ArtistID, year, songs int, cover library.CoverID) {
	s.t.Helper()
	var picture any
	if cover != 0 {
		picture = cover
	}
	s.run(`INSERT INTO albums (id, library_id, key, title, title_key, artist, artist_key, search_text, year, song_count, duration, cover_id, is_compilation, shuffle, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, 0, ?)`, id, in, fmt.Sprint(id), title, library.Key(title), artist, library.Key(artist), library.SearchText(title, artist, ""), year, songs, picture, false, id)
	if by != 0 {
		s.run("INSERT INTO album_artists (album_id, artist_id, position) VALUES (?, ?, 0)", id, by)
	}
}

func (s seed) cover(id library.CoverID, hash string) {
	s.t.Helper()
	s.run("INSERT INTO covers (id, hash, media_type, width, height, hue, created_at) VALUES (?, ?, 'image/jpeg', 600, 600, 120, 0)", id, hash)
}

func (s seed) mark(user account.UserID, song library.SongID, plays, rating int, lastPlayed, likedAt any) {
	s.t.Helper()
	s.run("INSERT INTO song_marks (user_id, song_id, plays, rating, last_played, liked_at) VALUES (?, ?, ?, ?, ?, ?)", user, song, plays, rating, lastPlayed, likedAt)
}

// scopeOf is what the user may hear.
func scopeOf(t testing.TB, c *sqlstore.Catalogue, user account.UserID) library.Scope {
	t.Helper()
	ids, err := c.AudibleLibraries(t.Context(), user)
	if err != nil {
		t.Fatal(err)
	}
	return library.Scope{User: user, Libraries: ids}
}
