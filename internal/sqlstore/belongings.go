package sqlstore

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"hathor/internal/account"
	"hathor/internal/household"
	"hathor/internal/library"
)

// belongingsPage is how many rows are read at once. Between two pages no connection is held, however slowly
// the reader takes them.
const belongingsPage = 500

// pages runs a query that takes first, then the key of the last row, then a limit, until it has no more rows.
func pages[R any](ctx context.Context, db *DB, query string, first []any, key []any, next func(R) []any, emit func(R) error) error {
	for {
		var rows []R
		if err := db.list(ctx, &rows, query, append(append(append([]any{}, first...), key...), belongingsPage)...); err != nil {
			return err
		}
		for _, row := range rows {
			if err := emit(row); err != nil {
				return err
			}
			key = next(row)
		}
		if len(rows) < belongingsPage {
			return nil
		}
	}
}

type songNameRow struct {
	ID     library.SongID `db:"song"`
	Title  string         `db:"title"`
	Artist string         `db:"artist"`
	Album  string         `db:"album"`
}

func (r songNameRow) name() household.SongName {
	return household.SongName{ID: r.ID, Title: r.Title, Artist: r.Artist, Album: r.Album}
}

const songNames = `COALESCE(songs.title, '') AS title, COALESCE(songs.artist, '') AS artist, COALESCE(songs.album, '') AS album`

type ownEntryRow struct {
	songNameRow
	Playlist    int64  `db:"playlist"`
	Name        string `db:"name"`
	Description string `db:"description"`
	Public      bool   `db:"is_public"`
	CreatedAt   int64  `db:"created_at"`
	UpdatedAt   int64  `db:"updated_at"`
	Position    int64  `db:"position"`
	Entry       int64  `db:"entry"`
	AddedAt     int64  `db:"added_at"`
}

// Playlists reads the user's own playlists with their songs in order.
func (h *Household) Playlists(ctx context.Context, scope library.Scope, emit func(household.Playlist) error) error {
	var open *household.Playlist
	err := pages(ctx, h.db, `SELECT playlists.id AS playlist, playlists.name, playlists.description, playlists.is_public,
		playlists.created_at, playlists.updated_at, COALESCE(e.position, 0) AS position, COALESCE(e.id, 0) AS entry,
		COALESCE(e.song_id, 0) AS song, COALESCE(e.added_at, 0) AS added_at, `+songNames+`
		FROM playlists LEFT JOIN playlist_entries e ON e.playlist_id = playlists.id
		LEFT JOIN songs ON songs.id = e.song_id AND `+h.db.heard()+`
		WHERE playlists.owner_id = ? AND (playlists.id, COALESCE(e.position, 0), COALESCE(e.id, 0)) > (?, ?, ?)
		ORDER BY playlists.id, COALESCE(e.position, 0), COALESCE(e.id, 0) LIMIT ?`,
		[]any{heardArg(scope), int64(scope.User)}, []any{0, 0, 0},
		func(r ownEntryRow) []any { return []any{r.Playlist, r.Position, r.Entry} },
		func(r ownEntryRow) error {
			if open == nil || open.ID != r.Playlist {
				if open != nil {
					if err := emit(*open); err != nil {
						return err
					}
				}
				open = &household.Playlist{ID: r.Playlist, Name: r.Name, Description: r.Description, Public: r.Public,
					CreatedAt: moment(r.CreatedAt), UpdatedAt: moment(r.UpdatedAt), Songs: []household.Entry{}}
			}
			if r.Entry != 0 {
				open.Songs = append(open.Songs, household.Entry{SongName: r.name(), AddedAt: moment(r.AddedAt)})
			}
			return nil
		})
	if err != nil || open == nil {
		return err
	}
	return emit(*open)
}

type ownMarkRow struct {
	ID         int64  `db:"id"`
	Title      string `db:"title"`
	Artist     string `db:"artist"`
	LikedAt    *int64 `db:"liked_at"`
	Rating     int    `db:"rating"`
	Plays      int    `db:"plays"`
	LastPlayed *int64 `db:"last_played"`
}

func (r ownMarkRow) mark(kind library.SubjectKind) household.Mark {
	return household.Mark{Kind: kind, ID: r.ID, Title: r.Title, Artist: r.Artist, LikedAt: momentOrNil(r.LikedAt), Rating: r.Rating,
		Plays: r.Plays, LastPlayed: momentOrNil(r.LastPlayed)}
}

func momentOrNil(ms *int64) *time.Time {
	if ms == nil {
		return nil
	}
	at := moment(*ms)
	return &at
}

// Marks reads what the user liked, rated and played.
func (h *Household) Marks(ctx context.Context, scope library.Scope, emit func(household.Mark) error) error {
	const after = ` WHERE m.user_id = ? AND m.`
	for _, of := range []struct {
		kind  library.SubjectKind
		query string
	}{
		{library.SongSubject, `SELECT m.song_id AS id, COALESCE(songs.title, '') AS title, COALESCE(songs.artist, '') AS artist,
			m.liked_at, m.rating, m.plays, m.last_played FROM song_marks m
			LEFT JOIN songs ON songs.id = m.song_id AND ` + h.db.heard() + after + `song_id > ? ORDER BY m.song_id LIMIT ?`},
		{library.AlbumSubject, `SELECT m.album_id AS id, COALESCE(albums.title, '') AS title, COALESCE(albums.artist, '') AS artist,
			m.liked_at, m.rating FROM album_marks m LEFT JOIN albums ON albums.id = m.album_id
			AND albums.library_id IN (SELECT id FROM ` + h.db.dialect.numbered() + ` AS libraries_heard)` + after + `album_id > ? ORDER BY m.album_id LIMIT ?`},
		{library.ArtistSubject, `SELECT m.artist_id AS id, COALESCE(artists.name, '') AS title, '' AS artist,
			m.liked_at, m.rating FROM artist_marks m LEFT JOIN artists ON artists.id = m.artist_id AND EXISTS (
			SELECT 1 FROM song_artists JOIN songs ON songs.id = song_artists.song_id
			WHERE song_artists.artist_id = artists.id AND ` + h.db.heard() + `)` + after + `artist_id > ? ORDER BY m.artist_id LIMIT ?`},
	} {
		err := pages(ctx, h.db, of.query, []any{heardArg(scope), int64(scope.User)}, []any{0},
			func(r ownMarkRow) []any { return []any{r.ID} }, func(r ownMarkRow) error { return emit(r.mark(of.kind)) })
		if err != nil {
			return fmt.Errorf("read %s marks: %w", of.kind, err)
		}
	}
	return nil
}

type ownListenRow struct {
	songNameRow
	ID       int64 `db:"id"`
	At       int64 `db:"at"`
	Duration int64 `db:"duration"`
}

// Listens reads the user's history.
func (h *Household) Listens(ctx context.Context, scope library.Scope, emit func(household.Listen) error) error {
	return pages(ctx, h.db, `SELECT l.id, l.at, l.duration, l.song_id AS song, `+songNames+` FROM listens l
		LEFT JOIN songs ON songs.id = l.song_id AND `+h.db.heard()+` WHERE l.user_id = ? AND l.id > ? ORDER BY l.id LIMIT ?`,
		[]any{heardArg(scope), int64(scope.User)}, []any{0}, func(r ownListenRow) []any { return []any{r.ID} },
		func(r ownListenRow) error {
			return emit(household.Listen{SongName: r.name(), At: moment(r.At), Heard: float64(r.Duration) / 1000})
		})
}

type ownUploadRow struct {
	songNameRow
	Year      int            `db:"year"`
	Track     int            `db:"track"`
	Disc      int            `db:"disc"`
	Format    library.Format `db:"format"`
	Library   string         `db:"library"`
	Private   bool           `db:"private"`
	CreatedAt int64          `db:"created_at"`
	ObjectKey string         `db:"object_key"`
}

// Uploads reads the songs that the user brought in, wherever they are kept.
func (h *Household) Uploads(ctx context.Context, user account.UserID, emit func(household.Upload) error) error {
	return pages(ctx, h.db, `SELECT songs.id AS song, songs.title, songs.artist, songs.album, songs.year, songs.track, songs.disc,
		songs.format, libraries.name AS library, libraries.kind = 'private' AS private, songs.created_at, songs.object_key
		FROM songs JOIN libraries ON libraries.id = songs.library_id
		WHERE songs.object_key IS NOT NULL AND (songs.uploaded_by = ? OR libraries.owner_id = ?) AND songs.id > ? ORDER BY songs.id LIMIT ?`,
		[]any{int64(user), int64(user)}, []any{0}, func(r ownUploadRow) []any { return []any{int64(r.ID)} },
		func(r ownUploadRow) error {
			return emit(household.Upload{ID: r.ID, Title: r.Title, Artist: r.Artist, Album: r.Album, Year: r.Year, Track: r.Track,
				Disc: r.Disc, Format: r.Format, Library: r.Library, Private: r.Private, CreatedAt: moment(r.CreatedAt), ObjectKey: r.ObjectKey})
		})
}

// ownPlayback is the playback state as it is kept, its queue and the devices.
type ownPlayback struct {
	savedState
	Queue   json.RawMessage `json:"queue"`
	Devices []ownDevice     `json:"devices"`
}

type ownDevice struct {
	Name       string    `json:"name"`
	Kind       string    `json:"kind"`
	CreatedAt  time.Time `json:"createdAt"`
	LastSeenAt time.Time `json:"lastSeenAt"`
}

// Playback reads the playback state and the devices as they are kept.
func (h *Household) Playback(ctx context.Context, user account.UserID) (json.RawMessage, error) {
	state, _, err := (&Playback{h.db}).State(ctx, library.Scope{User: user})
	if err != nil {
		return nil, err
	}
	devices, _, err := (&Playback{h.db}).Devices(ctx, user)
	if err != nil {
		return nil, err
	}
	if state.UpdatedAt.IsZero() && len(devices) == 0 {
		return json.RawMessage("null"), nil
	}
	queue, err := json.Marshal(pairs(state.Queue))
	if err != nil {
		return nil, fmt.Errorf("encode queue: %w", err)
	}
	own := ownPlayback{savedState: saved(state), Queue: queue, Devices: make([]ownDevice, len(devices))}
	for i, d := range devices {
		own.Devices[i] = ownDevice{Name: d.Name, Kind: string(d.Kind), CreatedAt: d.CreatedAt, LastSeenAt: d.LastSeenAt}
	}
	return json.Marshal(own)
}

type ownKeyRow struct {
	ID         int64  `db:"id"`
	Name       string `db:"name"`
	Scope      string `db:"scope"`
	CreatedAt  int64  `db:"created_at"`
	LastUsedAt *int64 `db:"last_used_at"`
	ExpiresAt  *int64 `db:"expires_at"`
}

// Keys reads the user's API keys without their hashes.
func (h *Household) Keys(ctx context.Context, scope library.Scope, emit func(household.Key) error) error {
	return pages(ctx, h.db, `SELECT id, name, scope, created_at, last_used_at, expires_at FROM api_keys
		WHERE user_id = ? AND id > ? ORDER BY id LIMIT ?`,
		[]any{int64(scope.User)}, []any{0}, func(r ownKeyRow) []any { return []any{r.ID} },
		func(r ownKeyRow) error {
			return emit(household.Key{Name: r.Name, Scope: r.Scope, CreatedAt: moment(r.CreatedAt),
				LastUsedAt: momentOrNil(r.LastUsedAt), ExpiresAt: momentOrNil(r.ExpiresAt)})
		})
}
