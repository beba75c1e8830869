package sqlstore

import (
	"context"
	"fmt"
	"time"

	"hathor/internal/library"
	"hathor/internal/playlist"
)

const (
	mosaicCovers = 4  // covers of a playlist's picture
	mosaicSongs  = 40 // first entries that are looked at for them
)

// summed adds to each playlist what its songs say of it: counts and covers, of those that may be heard.
func (p *Playlists) summed(ctx context.Context, scope library.Scope, rows []playlistRow) ([]playlist.Playlist, error) {
	out := make([]playlist.Playlist, len(rows))
	ids := make([]playlist.ID, len(rows))
	byID := make(map[playlist.ID]*playlist.Playlist, len(rows))
	for i, r := range rows {
		out[i] = r.playlist(scope.User)
		ids[i] = r.ID
		byID[r.ID] = &out[i]
	}
	if len(rows) == 0 {
		return out, nil
	}
	if err := p.addCounts(ctx, scope, ids, byID); err != nil {
		return nil, fmt.Errorf("count songs of playlists: %w", err)
	}
	if err := p.addCovers(ctx, scope, ids, byID); err != nil {
		return nil, fmt.Errorf("find covers of playlists: %w", err)
	}
	return out, nil
}

func (p *Playlists) addCounts(ctx context.Context, scope library.Scope, ids []playlist.ID, byID map[playlist.ID]*playlist.Playlist) error {
	var rows []struct {
		ID       playlist.ID `db:"playlist_id"`
		Songs    int         `db:"songs"`
		Duration int64       `db:"duration"`
	}
	err := p.db.list(ctx, &rows, `
		SELECT entries.playlist_id, COUNT(*) AS songs, CAST(SUM(songs.duration) AS BIGINT) AS duration
		FROM playlist_entries AS entries JOIN songs ON songs.id = entries.song_id
		WHERE entries.playlist_id IN (SELECT id FROM `+p.db.dialect.numbered()+` AS wanted) AND `+p.db.heard()+`
		GROUP BY entries.playlist_id`,
		numberedArg(ids), heardArg(scope))
	for _, r := range rows {
		list := byID[r.ID]
		list.SongCount, list.Duration = r.Songs, time.Duration(r.Duration)*time.Millisecond
	}
	return err
}

func (p *Playlists) addCovers(ctx context.Context, scope library.Scope, ids []playlist.ID, byID map[playlist.ID]*playlist.Playlist) error {
	var rows []struct {
		List  playlist.ID     `db:"playlist_id"`
		Song  library.SongID  `db:"song_id"`
		Cover library.CoverID `db:"cover_id"`
		Hash  string          `db:"hash"`
		Hue   int             `db:"hue"`
	}
	err := p.db.list(ctx, &rows, `
		SELECT entries.playlist_id, entries.song_id, covers.id AS cover_id, covers.hash, covers.hue
		FROM (
			SELECT wanted.id, COALESCE((
				SELECT edge.position FROM playlist_entries AS edge WHERE edge.playlist_id = wanted.id
				ORDER BY edge.position LIMIT 1 OFFSET ?), 9223372036854775807) AS position
			FROM `+p.db.dialect.numbered()+` AS wanted) AS edges
		JOIN playlist_entries AS entries ON entries.playlist_id = edges.id AND entries.position <= edges.position
		JOIN songs ON songs.id = entries.song_id
		JOIN covers ON covers.id = songs.cover_id
		WHERE `+p.db.heard()+`
		ORDER BY entries.playlist_id, entries.position, entries.id`,
		mosaicSongs-1, numberedArg(ids), heardArg(scope))
	for _, r := range rows {
		cover := library.Cover{ID: r.Cover, Hash: r.Hash, Hue: r.Hue}
		byID[r.List].Covers = withCover(byID[r.List].Covers, playlist.SongCover{Song: r.Song, Cover: cover})
	}
	return err
}

// withCover appends a cover that is not there yet while there is room.
func withCover(covers []playlist.SongCover, c playlist.SongCover) []playlist.SongCover {
	if len(covers) == mosaicCovers {
		return covers
	}
	for _, have := range covers {
		if have.Cover.ID == c.Cover.ID {
			return covers
		}
	}
	return append(covers, c)
}
