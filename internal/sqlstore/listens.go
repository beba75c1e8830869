package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"time"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/library"
	"hathor/internal/playback"
)

type listenRow struct {
	ID       int64          `db:"id"`
	Song     library.SongID `db:"song_id"`
	At       int64          `db:"at"`
	Duration int64          `db:"duration"`
}

func (r listenRow) listen() playback.Listen {
	return playback.Listen{ID: r.ID, Song: r.Song, At: moment(r.At), Heard: time.Duration(r.Duration) * time.Millisecond}
}

// Record begins by touching the listener's mark of the song: that locks it against a second report of the
// same hearing. A mark that says nothing in the end is not kept.
func (p *Playback) Record(ctx context.Context, scope library.Scope, song library.SongID, since time.Time, judge func(time.Duration, *playback.Listen) playback.Verdict) error {
	return p.db.update(ctx, func(t *tx) error {
		length, err := p.lockMark(ctx, t, scope, song)
		if err != nil {
			return err
		}
		before, err := lastListen(ctx, t, scope.User, song, since)
		if err != nil {
			return err
		}
		verdict := judge(length, before)
		if err := keepListen(ctx, t, scope.User, song, verdict); err != nil {
			return err
		}
		return countPlay(ctx, t, scope.User, song, verdict)
	})
}

func (p *Playback) lockMark(ctx context.Context, t *tx, scope library.Scope, song library.SongID) (time.Duration, error) {
	var length int64
	err := t.get(ctx, &length, "SELECT songs.duration FROM songs WHERE songs.id = ? AND "+p.db.heard(), song, heardArg(scope))
	if errors.Is(err, sql.ErrNoRows) {
		return 0, fault.Missing("Song")
	}
	if err != nil {
		return 0, fmt.Errorf("find song: %w", err)
	}
	_, err = t.exec(ctx, `INSERT INTO song_marks (user_id, song_id) VALUES (?, ?)
		ON CONFLICT (user_id, song_id) DO UPDATE SET plays = song_marks.plays`, scope.User, song)
	if err != nil {
		return 0, fmt.Errorf("lock mark: %w", err)
	}
	return time.Duration(length) * time.Millisecond, nil
}

func lastListen(ctx context.Context, t *tx, user account.UserID, song library.SongID, since time.Time) (*playback.Listen, error) {
	var row listenRow
	err := t.get(ctx, &row, `SELECT id, song_id, at, duration FROM listens
		WHERE user_id = ? AND at >= ? AND song_id = ? ORDER BY at DESC, id DESC LIMIT 1`, user, millis(since), song)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find last listen: %w", err)
	}
	before := row.listen()
	return &before, nil
}

func keepListen(ctx context.Context, t *tx, user account.UserID, song library.SongID, v playback.Verdict) error {
	if v.Again != 0 {
		_, err := t.exec(ctx, "UPDATE listens SET at = ?, duration = ? WHERE id = ?", millis(v.At), v.Heard.Milliseconds(), v.Again)
		return err
	}
	_, err := t.exec(ctx, "INSERT INTO listens (user_id, song_id, at, duration) VALUES (?, ?, ?, ?)",
		user, song, millis(v.At), v.Heard.Milliseconds())
	return err
}

func countPlay(ctx context.Context, t *tx, user account.UserID, song library.SongID, v playback.Verdict) error {
	if v.Counts {
		_, err := t.exec(ctx, "UPDATE song_marks SET plays = plays + 1, last_played = ? WHERE user_id = ? AND song_id = ?",
			millis(v.At), user, song)
		return err
	}
	_, err := t.exec(ctx, `DELETE FROM song_marks WHERE user_id = ? AND song_id = ?
		AND liked_at IS NULL AND rating = 0 AND plays = 0`, user, song)
	return err
}

// CountListens counts a listener's own history.
func (p *Playback) CountListens(ctx context.Context, scope library.Scope) (total int, err error) {
	err = p.db.get(ctx, &total, `SELECT COUNT(*) FROM listens JOIN songs ON songs.id = listens.song_id
		WHERE listens.user_id = ? AND `+p.db.heard(), scope.User, heardArg(scope))
	return total, err
}

// Listens returns a listener's own history.
func (p *Playback) Listens(ctx context.Context, scope library.Scope, before *playback.Mark, limit int) ([]playback.Listen, error) {
	at, id := int64(math.MaxInt64), int64(0)
	if before != nil {
		at, id = millis(before.At), before.ID
	}
	var rows []listenRow
	err := p.db.list(ctx, &rows, `
		SELECT listens.id, listens.song_id, listens.at, listens.duration
		FROM listens JOIN songs ON songs.id = listens.song_id
		WHERE listens.user_id = ? AND listens.at <= ? AND (listens.at < ? OR listens.id < ?) AND `+p.db.heard()+`
		ORDER BY listens.at DESC, listens.id DESC LIMIT ?`,
		scope.User, at, at, id, heardArg(scope), limit)
	if err != nil {
		return nil, err
	}
	out := make([]playback.Listen, len(rows))
	for i, r := range rows {
		out[i] = r.listen()
	}
	return out, nil
}
