package sqlstore

import (
	"context"
	"fmt"

	"hathor/internal/library"
)

// A filter can be asked in two ways. "Driving": the few rows that fulfil it are found first and then sorted.
// "Probing": the list is read in its order and each row asked. Which is cheaper depends on how many fulfil
// it, which is known from the count.
type filter struct {
	driving clause
	probing clause
	name    string // what a cursor and a count are tied to
	plain   bool   // nothing is filtered but the scope
	own     bool   // it depends on the listener's marks
	// A search is the condition beside rest, which is probing without it.
	matched string // what is searched (dialect.matchArg), empty without words
	rest    clause
}

func (f *filter) both(text string, args ...any) {
	f.driving.and(text, args...)
	f.probing.and(text, args...)
}

// listed are the songs that lists show: within the scope, and the file is there.
func listed(scope library.Scope) clause {
	c := heard("songs.library_id", scope)
	c.and("songs.missing_since IS NULL")
	return c
}

func (c *Catalogue) songFilter(ctx context.Context, at epoch, scope library.Scope, q library.SongFilter) (filter, error) {
	f := filter{driving: listed(scope), probing: listed(scope), name: songFilterName(scope, q), own: q.Liked || q.MinRating > 0 || q.Played != nil}
	f.plainSongs(q)
	f.linkedSongs(q)
	f.markedSongs(scope, q)
	err := c.searchFilter(ctx, at, &f, search{table: "songs", key: "songs.title_key", fields: "tal", only: listed(scope)}, q.Search)
	f.plain = len(f.driving.parts) == len(listed(scope).parts)
	return f, err
}

func songFilterName(scope library.Scope, q library.SongFilter) string {
	name := filterName("songs", scope, q.Liked || q.MinRating > 0 || q.Played != nil)
	name += fmt.Sprintf("|%q|%q|%d|%d|%d|%d|%d|%t|%d", q.Search, q.Genre, q.Artist, q.Album, q.Year, q.YearFrom, q.YearTo, q.Liked, q.MinRating)
	if q.Played != nil {
		name += fmt.Sprintf("|%t", *q.Played)
	}
	return name + fmt.Sprintf("|%q|%d|%d|%d", q.Format, q.Library, q.MinDuration, q.MaxDuration)
}

// ranged adds a condition on an indexed column. The plus keeps the index out of probing.
func (f *filter) ranged(column, operator string, value any) {
	f.driving.and(column+" "+operator+" ?", value)
	f.probing.and("+"+column+" "+operator+" ?", value)
}

// years adds the conditions on the year. What has none is in no span.
func (f *filter) years(column string, year, from, to int) {
	if year != 0 {
		f.ranged(column, "=", year)
	}
	if from != 0 || to != 0 {
		f.ranged(column, ">=", max(1, from))
	}
	if to != 0 {
		f.ranged(column, "<=", to)
	}
}

// plainSongs are conditions on columns of the songs themselves.
func (f *filter) plainSongs(q library.SongFilter) {
	if q.Album != 0 {
		f.both("songs.album_id = ?", q.Album)
	}
	f.years("songs.year", q.Year, q.YearFrom, q.YearTo)
	if q.Format != "" {
		f.both("songs.format = ?", q.Format)
	}
	if q.Library != 0 {
		f.ranged("songs.library_id", "=", q.Library)
	}
	if q.MinDuration > 0 {
		f.ranged("songs.duration", ">=", q.MinDuration.Milliseconds())
	}
	if q.MaxDuration > 0 {
		f.ranged("songs.duration", "<=", q.MaxDuration.Milliseconds())
	}
}

// linkedSongs are conditions on artists and genres.
func (f *filter) linkedSongs(q library.SongFilter) {
	if q.Artist != 0 {
		f.driving.and("songs.id IN (SELECT song_id FROM song_artists WHERE artist_id = ?)", q.Artist)
		f.probing.and("EXISTS (SELECT 1 FROM song_artists WHERE song_id = songs.id AND artist_id = ?)", q.Artist)
	}
	if q.Genre != "" {
		key := library.Key(q.Genre)
		f.driving.and("songs.id IN (SELECT song_id FROM song_genres JOIN genres ON genres.id = genre_id WHERE genres.key = ?)", key)
		f.probing.and("EXISTS (SELECT 1 FROM song_genres JOIN genres ON genres.id = genre_id WHERE song_id = songs.id AND genres.key = ?)", key)
	}
}

// markedSongs are conditions on what the listener did.
func (f *filter) markedSongs(scope library.Scope, q library.SongFilter) {
	marked := func(has string, args ...any) {
		args = append([]any{scope.User}, args...)
		f.driving.and("songs.id IN (SELECT song_id FROM song_marks WHERE user_id = ? AND "+has+")", args...)
		f.probing.and("EXISTS (SELECT 1 FROM song_marks WHERE user_id = ? AND song_id = songs.id AND "+has+")", args...)
	}
	if q.Liked {
		marked("liked_at IS NOT NULL")
	}
	if q.MinRating > 0 {
		marked("rating >= ?", q.MinRating)
	}
	switch {
	case q.Played == nil:
	case *q.Played:
		marked("plays > 0")
	default:
		f.both("NOT EXISTS (SELECT 1 FROM song_marks WHERE user_id = ? AND song_id = songs.id AND plays > 0)", scope.User)
	}
}

// filterName begins the name of a filtered list. What depends on the listener's marks is the listener's own,
// anything else is the same for all who hear the same libraries.
func filterName(list string, scope library.Scope, own bool) string {
	if own {
		return fmt.Sprintf("%s|%v|%d", list, scope.Libraries, scope.User)
	}
	return fmt.Sprintf("%s|%v", list, scope.Libraries)
}

// choose takes the cheaper way to ask for a page: reading along the order meets one match in every
// rows/total, finding all matches first means reading total.
func (f filter) choose(total, limit, rows int) clause {
	if total > 0 && total > limit*rows/total {
		probing := f.probing
		probing.along = true
		return probing
	}
	return f.driving
}
