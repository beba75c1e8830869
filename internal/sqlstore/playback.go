package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"hathor/internal/library"
	"hathor/internal/playback"
)

// Playback is the store of package playback.
type Playback struct{ db *DB }

// NewPlayback makes the store over an open database.
func NewPlayback(db *DB) *Playback { return &Playback{db} }

var _ playback.Store = (*Playback)(nil)

// savedState is the document in playback_states. Its names are kept in databases: they are only ever added to.
type savedState struct {
	Song     library.SongID  `json:"song"`
	Position int64           `json:"position"` // ms
	Playing  bool            `json:"playing"`
	Volume   float64         `json:"volume"`
	Speed    float64         `json:"speed"`
	Pitch    float64         `json:"pitch"`
	Stems    playback.Stems  `json:"stems"`
	Queue    [][2]int64      `json:"queue"` // song and entry
	Index    *int            `json:"index"`
	Repeat   playback.Repeat `json:"repeat"`
	Shuffle  bool            `json:"shuffle"`
}

type stateRow struct {
	Revision  int64  `db:"revision"`
	State     string `db:"state"`
	UpdatedAt int64  `db:"updated_at"`
}

// State reads outside a transaction: a state is one row.
func (p *Playback) State(ctx context.Context, scope library.Scope) (playback.State, playback.Heard, error) {
	heard := p.heard(scope, func(dest any, query string, args ...any) error { return p.db.list(ctx, dest, query, args...) })
	var row stateRow
	err := p.db.get(ctx, &row, "SELECT revision, state, updated_at FROM playback_states WHERE user_id = ?", scope.User)
	if errors.Is(err, sql.ErrNoRows) {
		return playback.Fresh(), heard, nil
	}
	if err != nil {
		return playback.State{}, nil, err
	}
	state, err := row.decode()
	return state, heard, err
}

// WriteState begins with a write that locks the row, a first one or not, on either database.
func (p *Playback) WriteState(ctx context.Context, scope library.Scope, at time.Time, change func(playback.State, playback.Heard) (playback.State, error)) error {
	return p.db.update(ctx, func(t *tx) error {
		var row stateRow
		err := t.get(ctx, &row, `
			INSERT INTO playback_states (user_id, revision, state, updated_at) VALUES (?, 0, '', ?)
			ON CONFLICT (user_id) DO UPDATE SET updated_at = excluded.updated_at
			RETURNING revision, state, updated_at`, scope.User, millis(at))
		if err != nil {
			return fmt.Errorf("lock state: %w", err)
		}
		state, err := row.decode()
		if err != nil {
			return err
		}
		heard := p.heard(scope, func(dest any, query string, args ...any) error { return t.list(ctx, dest, query, args...) })
		if state, err = change(state, heard); err != nil {
			return err
		}
		text, err := encodeState(state)
		if err != nil {
			return err
		}
		_, err = t.exec(ctx, "UPDATE playback_states SET revision = revision + 1, state = ? WHERE user_id = ?", text, scope.User)
		return err
	})
}

// heard looks songs up with the list method of a database or a transaction.
func (p *Playback) heard(scope library.Scope, list func(any, string, ...any) error) playback.Heard {
	return func(ids []library.SongID) (map[library.SongID]bool, error) {
		if len(ids) == 0 {
			return nil, nil
		}
		var found []library.SongID
		err := list(&found, "SELECT songs.id FROM songs WHERE songs.id IN (SELECT id FROM "+
			p.db.dialect.numbered()+" AS wanted) AND "+p.db.heard(), numberedArg(ids), heardArg(scope))
		out := make(map[library.SongID]bool, len(found))
		for _, id := range found {
			out[id] = true
		}
		return out, err
	}
}

func (r stateRow) decode() (playback.State, error) {
	if r.State == "" {
		return playback.Fresh(), nil
	}
	var s savedState
	if err := json.Unmarshal([]byte(r.State), &s); err != nil {
		return playback.State{}, fmt.Errorf("decode playback state: %w", err)
	}
	queue := make([]playback.QueueItem, len(s.Queue))
	for i, item := range s.Queue {
		queue[i] = playback.QueueItem{Song: library.SongID(item[0]), Entry: item[1]}
	}
	return playback.State{
		Revision: r.Revision, CurrentSong: s.Song, Position: time.Duration(s.Position) * time.Millisecond,
		Playing: s.Playing, Volume: s.Volume, Speed: s.Speed, Pitch: s.Pitch, Stems: s.Stems,
		Queue: queue, QueueIndex: s.Index, Repeat: s.Repeat, Shuffle: s.Shuffle, UpdatedAt: moment(r.UpdatedAt),
	}, nil
}

func encodeState(s playback.State) (string, error) {
	queue := make([][2]int64, len(s.Queue))
	for i, item := range s.Queue {
		queue[i] = [2]int64{int64(item.Song), item.Entry}
	}
	text, err := json.Marshal(savedState{
		Song: s.CurrentSong, Position: s.Position.Milliseconds(), Playing: s.Playing, Volume: s.Volume,
		Speed: s.Speed, Pitch: s.Pitch, Stems: s.Stems, Queue: queue, Index: s.QueueIndex,
		Repeat: s.Repeat, Shuffle: s.Shuffle,
	})
	if err != nil {
		return "", fmt.Errorf("encode playback state: %w", err)
	}
	return string(text), nil
}
