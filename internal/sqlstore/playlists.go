package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/library"
	"hathor/internal/playlist"
)

// Playlists is the store of package playlist.
type Playlists struct{ db *DB }

// NewPlaylists makes the store over an open database.
func NewPlaylists(db *DB) *Playlists { return &Playlists{db} }

var _ playlist.Store = (*Playlists)(nil)

// Create adds an empty playlist at revision 1.
func (p *Playlists) Create(ctx context.Context, owner account.UserID, as playlist.Description, at time.Time) (playlist.ID, error) {
	var id playlist.ID
	err := p.db.update(ctx, func(t *tx) error {
		return t.get(ctx, &id, `
			INSERT INTO playlists (owner_id, name, description, is_public, revision, created_at, updated_at)
			VALUES (?, ?, ?, ?, 1, ?, ?) RETURNING id`,
			owner, as.Name, as.Text, as.Public, millis(at), millis(at))
	})
	return id, err
}

type playlistRow struct {
	ID          playlist.ID    `db:"id"`
	Name        string         `db:"name"`
	Description string         `db:"description"`
	Public      bool           `db:"is_public"`
	Revision    int64          `db:"revision"`
	CreatedAt   int64          `db:"created_at"`
	UpdatedAt   int64          `db:"updated_at"`
	OwnerID     account.UserID `db:"owner_id"`
	Username    string         `db:"username"`
	DisplayName string         `db:"display_name"`
}

const playlistColumns = `
	playlists.id, playlists.name, playlists.description, playlists.is_public, playlists.revision,
	playlists.created_at, playlists.updated_at, playlists.owner_id, users.username, users.display_name`

func (r playlistRow) playlist(reader account.UserID) playlist.Playlist {
	return playlist.Playlist{
		ID: r.ID, Name: r.Name, Description: r.Description, Public: r.Public, Revision: r.Revision,
		Owner: playlist.Owner{ID: r.OwnerID, Username: r.Username, DisplayName: r.DisplayName},
		Mine:  r.OwnerID == reader, CreatedAt: moment(r.CreatedAt), UpdatedAt: moment(r.UpdatedAt),
	}
}

// List returns own playlists, newest first, then the public ones of others, newest first.
func (p *Playlists) List(ctx context.Context, scope library.Scope, after *playlist.Mark, limit int) ([]playlist.Playlist, int, error) {
	const visible = "(playlists.owner_id = ? OR playlists.is_public)"
	const rank = "CASE WHEN playlists.owner_id = ? THEN 0 ELSE 1 END"
	var total int
	if err := p.db.get(ctx, &total, "SELECT COUNT(*) FROM playlists WHERE "+visible, scope.User); err != nil {
		return nil, 0, err
	}
	from, last := -1, playlist.ID(0)
	if after != nil {
		last = after.ID
		from = 1
		if after.Mine {
			from = 0
		}
	}
	var rows []playlistRow
	err := p.db.list(ctx, &rows, "SELECT "+playlistColumns+`
		FROM playlists JOIN users ON users.id = playlists.owner_id
		WHERE `+visible+" AND ("+rank+" > ? OR ("+rank+` = ? AND playlists.id < ?))
		ORDER BY `+rank+", playlists.id DESC LIMIT ?",
		scope.User, scope.User, from, scope.User, from, last, scope.User, limit)
	if err != nil {
		return nil, 0, err
	}
	list, err := p.summed(ctx, scope, rows)
	return list, total, err
}

// Get returns one playlist, whoever owns it.
func (p *Playlists) Get(ctx context.Context, scope library.Scope, id playlist.ID) (playlist.Playlist, error) {
	var row playlistRow
	err := p.db.get(ctx, &row, "SELECT "+playlistColumns+`
		FROM playlists JOIN users ON users.id = playlists.owner_id WHERE playlists.id = ?`, id)
	if errors.Is(err, sql.ErrNoRows) {
		return playlist.Playlist{}, fault.Missing("Playlist")
	}
	if err != nil {
		return playlist.Playlist{}, err
	}
	list, err := p.summed(ctx, scope, []playlistRow{row})
	if err != nil {
		return playlist.Playlist{}, err
	}
	return list[0], nil
}

// Places returns the entries that may be heard, by position.
func (p *Playlists) Places(ctx context.Context, scope library.Scope, id playlist.ID, after *int64, limit int) ([]playlist.Place, error) {
	var rows []struct {
		ID       playlist.EntryID `db:"id"`
		Song     library.SongID   `db:"song_id"`
		Position int64            `db:"position"`
		AddedAt  int64            `db:"added_at"`
	}
	// No position is the least there is: Spread stays far from it.
	from := int64(-1 << 63)
	if after != nil {
		from = *after
	}
	err := p.db.list(ctx, &rows, `
		SELECT entries.id, entries.song_id, entries.position, entries.added_at
		FROM playlist_entries AS entries JOIN songs ON songs.id = entries.song_id
		WHERE entries.playlist_id = ? AND entries.position > ? AND `+p.db.heard()+`
		ORDER BY entries.position, entries.id LIMIT ?`,
		id, from, heardArg(scope), limit)
	if err != nil {
		return nil, fmt.Errorf("list entries: %w", err)
	}
	out := make([]playlist.Place, len(rows))
	for i, r := range rows {
		out[i] = playlist.Place{Entry: r.ID, Song: r.Song, Position: r.Position, AddedAt: moment(r.AddedAt)}
	}
	return out, nil
}
