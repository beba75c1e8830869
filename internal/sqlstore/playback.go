package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"hathor/internal/account"
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
	Queue    [][2]int64      `json:"queue,omitempty"` // song and entry, of before there was a table of queues
	Index    *int            `json:"index"`
	Repeat   playback.Repeat `json:"repeat"`
	Shuffle  bool            `json:"shuffle"`

	Active        playback.DeviceID `json:"active,omitempty"`
	Writer        playback.DeviceID `json:"writer,omitempty"`
	Transfer      *savedTransfer    `json:"transfer,omitempty"`
	PositionAt    int64             `json:"positionAt,omitempty"` // ms
	QueueRevision int64             `json:"queueRevision,omitempty"`
	NextEntry     int64             `json:"nextEntry,omitempty"`
	Entry         int64             `json:"entry,omitempty"` // at index
}

type savedTransfer struct {
	To playback.DeviceID `json:"to"`
	ID string            `json:"id"`
	At int64             `json:"at"` // ms
}

type stateRow struct {
	Revision  int64   `db:"revision"`
	State     string  `db:"state"`
	UpdatedAt int64   `db:"updated_at"`
	Items     *string `db:"items"`
}

// State reads outside a transaction: one statement sees state and queue of one moment.
func (p *Playback) State(ctx context.Context, scope library.Scope) (playback.State, playback.Heard, error) {
	heard := p.heard(scope, func(dest any, query string, args ...any) error { return p.db.list(ctx, dest, query, args...) })
	var row stateRow
	err := p.db.get(ctx, &row, `SELECT s.revision, s.state, s.updated_at, q.items FROM playback_states s
		LEFT JOIN playback_queues q ON q.user_id = s.user_id WHERE s.user_id = ?`, scope.User)
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
		row, err := lockState(ctx, t, scope.User, at)
		if err != nil {
			return err
		}
		err = t.get(ctx, &row.Items, "SELECT items FROM playback_queues WHERE user_id = ?", scope.User)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("read queue: %w", err)
		}
		before, err := row.decode()
		if err != nil {
			return err
		}
		heard := p.heard(scope, func(dest any, query string, args ...any) error { return t.list(ctx, dest, query, args...) })
		after, err := change(before, heard)
		if err != nil {
			return err
		}
		if after.QueueRevision != before.QueueRevision || row.Items == nil {
			if err := keepQueue(ctx, t, scope.User, after.Queue); err != nil {
				return err
			}
		}
		return keepState(ctx, t, scope.User, saved(after), after.Revision, after.UpdatedAt)
	})
}

// WriteProgress leaves the queue where it is, also one inside the document.
func (p *Playback) WriteProgress(ctx context.Context, user account.UserID, at time.Time, change func(playback.State) (playback.State, error)) error {
	return p.db.update(ctx, func(t *tx) error { return writeProgress(ctx, t, user, at, change) })
}

func writeProgress(ctx context.Context, t *tx, user account.UserID, at time.Time, change func(playback.State) (playback.State, error)) error {
	row, err := lockState(ctx, t, user, at)
	if err != nil {
		return err
	}
	before, err := row.decode()
	if err != nil {
		return err
	}
	inside := before.Queue
	before.Queue = nil
	after, err := change(before)
	if err != nil {
		return err
	}
	if row.State == "" && after.Revision == before.Revision {
		return nil // nothing was ever written, and still is not
	}
	document := saved(after)
	document.Queue = pairs(inside)
	return keepState(ctx, t, user, document, after.Revision, after.UpdatedAt)
}

func lockState(ctx context.Context, t *tx, user account.UserID, at time.Time) (row stateRow, err error) {
	err = t.get(ctx, &row, `
		INSERT INTO playback_states (user_id, revision, state, updated_at) VALUES (?, 0, '', ?)
		ON CONFLICT (user_id) DO UPDATE SET revision = playback_states.revision
		RETURNING revision, state, updated_at`, user, millis(at))
	if err != nil {
		return row, fmt.Errorf("lock state: %w", err)
	}
	return row, nil
}

func keepState(ctx context.Context, t *tx, user account.UserID, s savedState, revision int64, at time.Time) error {
	text, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("encode playback state: %w", err)
	}
	_, err = t.exec(ctx, "UPDATE playback_states SET revision = ?, state = ?, updated_at = ? WHERE user_id = ?", revision, string(text), millis(at), user)
	return err
}

func keepQueue(ctx context.Context, t *tx, user account.UserID, queue []playback.QueueItem) error {
	text, err := json.Marshal(pairs(queue))
	if err != nil {
		return fmt.Errorf("encode queue: %w", err)
	}
	_, err = t.exec(ctx, `INSERT INTO playback_queues (user_id, items) VALUES (?, ?)
		ON CONFLICT (user_id) DO UPDATE SET items = excluded.items`, user, string(text))
	return err
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
	state := playback.State{
		Revision: r.Revision, CurrentSong: s.Song, Position: time.Duration(s.Position) * time.Millisecond,
		Playing: s.Playing, Volume: s.Volume, Speed: s.Speed, Pitch: s.Pitch, Stems: s.Stems,
		QueueIndex: s.Index, NextEntry: s.NextEntry, Repeat: s.Repeat, Shuffle: s.Shuffle, UpdatedAt: moment(r.UpdatedAt),
		QueueRevision: s.QueueRevision, Active: s.Active, Writer: s.Writer, Entry: s.Entry,
	}
	if s.PositionAt != 0 {
		state.PositionAt = moment(s.PositionAt)
	}
	if s.Transfer != nil {
		state.Transfer = &playback.Transfer{To: s.Transfer.To, ID: s.Transfer.ID, At: moment(s.Transfer.At)}
	}
	if r.Items == nil {
		old := playback.Numbered(items(s.Queue))
		state.Queue, state.NextEntry = old.Items, max(s.NextEntry, old.Next)
		return state, nil
	}
	var queue [][2]int64
	if err := json.Unmarshal([]byte(*r.Items), &queue); err != nil {
		return playback.State{}, fmt.Errorf("decode queue: %w", err)
	}
	state.Queue = items(queue)
	return state, nil
}

func items(pairs [][2]int64) []playback.QueueItem {
	queue := make([]playback.QueueItem, len(pairs))
	for i, item := range pairs {
		queue[i] = playback.QueueItem{Song: library.SongID(item[0]), Entry: item[1]}
	}
	return queue
}

func pairs(queue []playback.QueueItem) [][2]int64 {
	out := make([][2]int64, len(queue))
	for i, item := range queue {
		out[i] = [2]int64{int64(item.Song), item.Entry}
	}
	return out
}

// saved is the document of a state, without its queue.
func saved(s playback.State) savedState {
	document := savedState{
		Song: s.CurrentSong, Position: s.Position.Milliseconds(), Playing: s.Playing, Volume: s.Volume,
		Speed: s.Speed, Pitch: s.Pitch, Stems: s.Stems, Index: s.QueueIndex,
		Repeat: s.Repeat, Shuffle: s.Shuffle, Active: s.Active, Writer: s.Writer,
		QueueRevision: s.QueueRevision, NextEntry: s.NextEntry, Entry: s.CurrentEntry(),
	}
	if !s.PositionAt.IsZero() {
		document.PositionAt = millis(s.PositionAt)
	}
	if s.Transfer != nil {
		document.Transfer = &savedTransfer{To: s.Transfer.To, ID: s.Transfer.ID, At: millis(s.Transfer.At)}
	}
	return document
}
