package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"time"

	"hathor/internal/account"
	"hathor/internal/playback"
)

type deviceRow struct {
	ID         string `db:"id"`
	Name       string `db:"name"`
	Kind       string `db:"kind"`
	CreatedAt  int64  `db:"created_at"`
	LastSeenAt int64  `db:"last_seen_at"`
}

func (r deviceRow) device() playback.Device {
	return playback.Device{ID: playback.DeviceID(r.ID), Name: r.Name, Kind: playback.Kind(r.Kind), CreatedAt: moment(r.CreatedAt), LastSeenAt: moment(r.LastSeenAt)}
}

// Devices returns a listener's devices, last seen first.
func (p *Playback) Devices(ctx context.Context, user account.UserID) ([]playback.Device, playback.DeviceID, error) {
	var rows []deviceRow
	err := p.db.list(ctx, &rows, `SELECT id, name, kind, created_at, last_seen_at FROM playback_devices
		WHERE user_id = ? ORDER BY last_seen_at DESC, id`, user)
	if err != nil {
		return nil, "", err
	}
	out := make([]playback.Device, len(rows))
	for i, r := range rows {
		out[i] = r.device()
	}
	var row stateRow
	err = p.db.get(ctx, &row, "SELECT revision, state, updated_at FROM playback_states WHERE user_id = ?", user)
	if errors.Is(err, sql.ErrNoRows) {
		return out, "", nil
	}
	if err != nil {
		return nil, "", err
	}
	state, err := row.decode()
	return out, state.Active, err
}

// PutDevice adds a device or changes it, and forgets those that are too many.
func (p *Playback) PutDevice(ctx context.Context, user account.UserID, d playback.Device, most int) error {
	return p.db.update(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `INSERT INTO playback_devices (user_id, id, name, kind, created_at, last_seen_at) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (user_id, id) DO UPDATE SET name = excluded.name, kind = excluded.kind, last_seen_at = excluded.last_seen_at`,
			user, string(d.ID), d.Name, string(d.Kind), millis(d.CreatedAt), millis(d.LastSeenAt))
		if err != nil {
			return fmt.Errorf("write device: %w", err)
		}
		_, err = t.exec(ctx, `DELETE FROM playback_devices WHERE user_id = ? AND id IN (SELECT id FROM playback_devices
			WHERE user_id = ? AND id <> ? ORDER BY last_seen_at DESC, created_at DESC, id LIMIT ? OFFSET ?)`,
			user, user, string(d.ID), math.MaxInt32, most-1)
		return err
	})
}

// TouchDevice notes when a device was last seen.
func (p *Playback) TouchDevice(ctx context.Context, user account.UserID, id playback.DeviceID, at time.Time) error {
	return p.db.update(ctx, func(t *tx) error {
		_, err := t.exec(ctx, "UPDATE playback_devices SET last_seen_at = ? WHERE user_id = ? AND id = ?", millis(at), user, string(id))
		return err
	})
}

// RemoveDevice locks the state before the device, as every write of it does.
func (p *Playback) RemoveDevice(ctx context.Context, user account.UserID, id playback.DeviceID, at time.Time, change func(playback.State) playback.State) error {
	return p.db.update(ctx, func(t *tx) error {
		err := writeProgress(ctx, t, user, at, func(s playback.State) (playback.State, error) { return change(s), nil })
		if err != nil {
			return err
		}
		n, err := t.exec(ctx, "DELETE FROM playback_devices WHERE user_id = ? AND id = ?", user, string(id))
		if err == nil && n == 0 {
			return playback.ErrNoDevice
		}
		return err
	})
}
