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
	f := c.songFilter(scope, q.SongFilter)
	rows, err := c.allSongs(ctx, scope)
	if err != nil {
		return page, err
	}
	matches := rows // an estimate where counting stopped
	if page.Total = rows; !f.plain {
		if page.Total, matches, err = c.countSongs(ctx, scope, f, q.SongFilter, rows); err != nil {
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
		list := listing{name: f.name + "|" + string(q.Sort), descending: q.Sort.Descending()}
		list.stretches = songStretches(scope, q.Sort, f.choose(matches, q.Limit, rows))
		ids, page.NextCursor, err = c.page(ctx, scope, list, q.Paging)
	}
	if err != nil {
		return page, err
	}
	page.Songs, err = c.Songs(ctx, scope, typed[library.SongID](ids))
	return page, err
}

// countSongs counts what the filter lets through. A search stops counting behind library.MaxCounted; how far
// it came among the ids until then tells about how many there are.
func (c *Catalogue) countSongs(ctx context.Context, scope library.Scope, f filter, q library.SongFilter, rows int) (total, matches int, err error) {
	words := library.Words(q.Search)
	if len(words) == 0 {
		total, err = c.count(ctx, f.name, "songs", f.driving)
		return total, total, err
	}
	q.Search = ""
	from, match := c.db.dialect.matching()
	only := c.songFilter(scope, q).probing
	only.and(match, c.db.dialect.matchArg(words))
	total, span, err := c.countSome(ctx, f.name, from, only)
	if err != nil || total <= library.MaxCounted {
		return total, total, err
	}
	return total, max(total, min(rows, total*rows/max(1, span))), nil
}

// allSongs counts without a filter: there the index of the libraries does serve.
func (c *Catalogue) allSongs(ctx context.Context, scope library.Scope) (int, error) {
	places, args := oneOf(scope.Libraries)
	only := clause{args: args, parts: []string{"songs.library_id IN " + places, "songs.missing_since IS NULL"}}
	return c.count(ctx, filterName("all songs", scope, false), "songs", only)
}

func songStretches(scope library.Scope, sort library.Sort, only clause) []stretch {
	if mark, ok := songMarkOrders[sort.By()]; ok {
		return markedStretches(mark, scope, only, sort.Descending())
	}
	return []stretch{{from: "songs", only: only, keys: songOrders[sort.By()]}}
}

// markedStretches parts the songs into those the listener's mark orders and all others by id; the others
// count as zero, so they stand last where the list descends and first where it ascends.
func markedStretches(by markOrder, scope library.Scope, only clause, descending bool) []stretch {
	marked, rest := clause{}, clause{}
	marked.and("song_marks.user_id = ? AND "+by.has, scope.User)
	rest.and("NOT EXISTS (SELECT 1 FROM song_marks WHERE song_marks.user_id = ? AND song_marks.song_id = songs.id AND "+by.has+")", scope.User)
	both := []stretch{
		{from: "song_marks JOIN songs ON songs.id = song_marks.song_id", only: marked.with(only), keys: []string{by.column, "song_marks.song_id"}},
		{from: "songs", only: rest.with(only), keys: []string{"songs.id"}},
	}
	if !descending {
		both[0], both[1] = both[1], both[0]
	}
	return both
}

// AlbumSongs returns the songs of an album in its order, missing files included.
func (c *Catalogue) AlbumSongs(ctx context.Context, scope library.Scope, id library.AlbumID, limit int) ([]library.Song, error) {
	only := heard("songs.library_id", scope)
	only.and("songs.album_id = ?", id)
	var ids []library.SongID
	err := c.db.list(ctx, &ids, "SELECT songs.id FROM songs"+only.where()+" ORDER BY songs.disc, songs.track, songs.id LIMIT ?", append(only.args, limit)...)
	if err != nil {
		return nil, err
	}
	return c.Songs(ctx, scope, ids)
}

func typed[T ~int64](ids []int64) []T {
	out := make([]T, len(ids))
	for i, id := range ids {
		out[i] = T(id)
	}
	return out
}
