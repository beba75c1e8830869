package sqlstore

import (
	"context"

	"hathor/internal/library"
)

// songOrders are the orders that follow columns of the songs themselves.
var songOrders = map[string][]string{
	"title":     {"songs.title_key", "songs.id"},
	"artist":    {"songs.artist_key", "songs.id"},
	"album":     {"songs.album_key", "songs.disc", "songs.track", "songs.id"},
	"duration":  {"songs.duration", "songs.id"},
	"year":      {"songs.year", "songs.id"},
	"createdAt": {"songs.created_at", "songs.id"},
}

// markOrder is an order by what the listener did: the column, and the condition that it holds something.
type markOrder struct{ column, has string }

var songMarkOrders = map[string]markOrder{
	"plays":      {"song_marks.plays", "song_marks.plays > 0"},
	"rating":     {"song_marks.rating", "song_marks.rating > 0"},
	"lastPlayed": {"song_marks.last_played", "song_marks.last_played IS NOT NULL"},
	"likedAt":    {"song_marks.liked_at", "song_marks.liked_at IS NOT NULL"},
}

// ListSongs returns a page of the songs that are there.
func (c *Catalogue) ListSongs(ctx context.Context, scope library.Scope, q library.SongQuery) (page library.SongPage, err error) {
	at, err := c.epoch(ctx, scope.User)
	if err != nil {
		return page, err
	}
	f, err := c.songFilter(ctx, at, scope, q.SongFilter)
	if err != nil {
		return page, err
	}
	rows, err := c.allSongs(ctx, at, scope)
	if err != nil {
		return page, err
	}
	matches := rows // an estimate where counting stopped
	if page.Total = rows; !f.plain {
		if page.Total, matches, err = c.countSongs(ctx, at, f, rows); err != nil {
			return page, err
		}
	}
	if q.Search != "" && page.Total > library.MaxCounted {
		page.Total, page.TotalCapped = library.MaxCounted, true
	}
	var ids []int64
	if q.Sort.By() == "random" {
		ids, page.NextCursor, err = c.randomPage(ctx, shuffled{"songs", f, matches, q.Seed}, q.Paging)
	} else {
		ids, page.NextCursor, err = c.page(ctx, at, songListing(scope, f, q.Sort, f.choose(matches, q.Limit, rows)), q.Paging)
	}
	if err != nil {
		return page, err
	}
	page.Songs, err = c.songsAt(ctx, at, scope, typed[library.SongID](ids))
	return page, err
}

// countSongs counts what the filter lets through. A search stops counting behind library.MaxCounted; how far
// it came among the ids until then tells about how many there are.
func (c *Catalogue) countSongs(ctx context.Context, at epoch, f filter, rows int) (total, matches int, err error) {
	if f.matched == "" {
		total, err = c.count(ctx, at, f, "songs", f.driving)
		return total, total, err
	}
	from, match := c.db.dialect.matching("songs")
	only := clause{parts: []string{match}, args: []any{f.matched}}
	total, span, err := c.countSome(ctx, at, f, from, only.with(f.rest))
	if err != nil || total <= library.MaxCounted {
		return total, total, err
	}
	return total, max(total, min(rows, total*rows/max(1, span))), nil
}

// allSongs counts without a filter: there the index of the libraries does serve.
func (c *Catalogue) allSongs(ctx context.Context, at epoch, scope library.Scope) (int, error) {
	places, args := oneOf(scope.Libraries)
	only := clause{args: args, parts: []string{"songs.library_id IN " + places, "songs.missing_since IS NULL"}}
	return c.count(ctx, at, filter{name: filterName("all songs", scope, false)}, "songs", only)
}

// songListing is the list of a filter, asked by only. By a mark it parts the songs into those the listener's mark
// orders and all others by id, which count as zero.
func songListing(scope library.Scope, f filter, sort library.Sort, only clause) listing {
	l := listing{name: f.name + "|" + string(sort), descending: sort.Descending(), own: f.own}
	by, ok := songMarkOrders[sort.By()]
	if !ok {
		l.stretches = []stretch{{from: "songs", only: only, keys: songOrders[sort.By()]}}
		return l
	}
	l.own = true
	marked, rest := clause{}, clause{}
	marked.and("song_marks.user_id = ? AND "+by.has, scope.User)
	rest.and("NOT EXISTS (SELECT 1 FROM song_marks WHERE song_marks.user_id = ? AND song_marks.song_id = songs.id AND "+by.has+")", scope.User)
	l.stretches = stretchesBy(sort,
		stretch{from: "song_marks JOIN songs ON songs.id = song_marks.song_id", only: marked.with(only), keys: []string{by.column, "song_marks.song_id"}},
		stretch{from: "songs", only: rest.with(only), keys: []string{"songs.id"}})
	return l
}

// AlbumSongs returns the songs of an album in its order, missing files included.
func (c *Catalogue) AlbumSongs(ctx context.Context, scope library.Scope, id library.AlbumID, limit int) ([]library.Song, error) {
	at, err := c.epoch(ctx, scope.User)
	if err != nil {
		return nil, err
	}
	ids, ok := c.tracks.get(at.catalogue, id)
	if !ok {
		if err := c.db.list(ctx, &ids, "SELECT songs.id FROM songs WHERE songs.album_id = ? ORDER BY songs.disc, songs.track, songs.id LIMIT ?", id, library.MaxLimit); err != nil {
			return nil, err
		}
		c.tracks.put(at.catalogue, id, ids)
	}
	return c.songsAt(ctx, at, scope, ids[:min(limit, len(ids))])
}

func typed[T ~int64](ids []int64) []T {
	out := make([]T, len(ids))
	for i, id := range ids {
		out[i] = T(id)
	}
	return out
}
