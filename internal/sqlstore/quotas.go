package sqlstore

import (
	"context"
	"fmt"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/ingest"
	"hathor/internal/library"
)

// noLimit stands in users.upload_quota for a member without a limit; NULL is the server's default.
const noLimit = -1

const usageColumns = `users.id AS user_id, users.username, users.role, users.upload_quota AS own,
	(SELECT COUNT(*) FROM songs WHERE songs.uploaded_by = users.id) AS songs,
	CAST((SELECT COALESCE(SUM(songs.size), 0) FROM songs WHERE songs.uploaded_by = users.id) AS BIGINT) AS used`

type usageRow struct {
	User     account.UserID `db:"user_id"`
	Username string
	Role     account.Role
	Own      *int64
	Songs    int
	Used     int64
}

func (r usageRow) usage() ingest.Usage {
	u := ingest.Usage{User: r.User, Username: r.Username, Role: r.Role, Songs: r.Songs, Used: r.Used}
	if r.Own != nil {
		u.Own = ingest.Own{Set: true, Quota: ingest.Quota{Limited: *r.Own != noLimit, Bytes: max(0, *r.Own)}}
	}
	return u
}

// Usage tells what the member has uploaded and the member's own quota.
func (s *Ingest) Usage(ctx context.Context, who account.UserID) (ingest.Usage, error) {
	var rows []usageRow
	if err := s.db.list(ctx, &rows, "SELECT "+usageColumns+" FROM users WHERE users.id = ?", who); err != nil {
		return ingest.Usage{}, fmt.Errorf("sum up uploads: %w", err)
	}
	if len(rows) == 0 {
		return ingest.Usage{}, fault.Missing("User")
	}
	return rows[0].usage(), nil
}

// Usages lists what each member has uploaded, most first.
func (s *Ingest) Usages(ctx context.Context) ([]ingest.Usage, error) {
	var rows []usageRow
	if err := s.db.list(ctx, &rows, "SELECT "+usageColumns+" FROM users ORDER BY used DESC, users.username_key"); err != nil {
		return nil, fmt.Errorf("sum up uploads of all: %w", err)
	}
	list := make([]ingest.Usage, len(rows))
	for i, r := range rows {
		list[i] = r.usage()
	}
	return list, nil
}

// SetQuota sets the member's own quota, or takes it back.
func (s *Ingest) SetQuota(ctx context.Context, user account.UserID, own ingest.Own) error {
	var value any
	switch {
	case own.Set && own.Quota.Limited:
		value = own.Quota.Bytes
	case own.Set:
		value = noLimit
	}
	n, err := s.db.exec(ctx, "UPDATE users SET upload_quota = ? WHERE id = ?", value, user)
	if err != nil {
		return fmt.Errorf("set quota: %w", err)
	}
	if n == 0 {
		return fault.Missing("User")
	}
	return nil
}

// DatabaseSize is how many bytes the database takes.
func (s *Ingest) DatabaseSize(ctx context.Context) (bytes int64, err error) {
	if err := s.db.get(ctx, &bytes, s.db.dialect.size()); err != nil {
		return 0, fmt.Errorf("measure database: %w", err)
	}
	return bytes, nil
}

// admit refuses a song that is more than its uploader's quota leaves, or whose uploader is gone meanwhile, or
// the library for the uploader. Writers of the catalogue wait for each other, so two songs are never admitted to the
// same room.
func admit(ctx context.Context, t *tx, d ingest.Draft) error {
	if d.UploadedBy == 0 {
		return nil
	}
	var there bool
	if err := t.get(ctx, &there, "SELECT EXISTS (SELECT 1 FROM users WHERE id = ?)", d.UploadedBy); err != nil {
		return fmt.Errorf("look for uploader: %w", err)
	}
	if !there {
		return account.ErrNotSignedIn
	}
	var open []library.ID
	if err := t.list(ctx, &open, "SELECT id FROM libraries WHERE "+audible+" AND id = ?", d.UploadedBy, d.UploadedBy, d.Library); err != nil {
		return fmt.Errorf("look for library: %w", err)
	}
	if len(open) == 0 {
		return fault.Missing("Library")
	}
	if !d.Quota.Limited {
		return nil
	}
	var used int64
	err := t.get(ctx, &used, "SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM songs WHERE uploaded_by = ?", d.UploadedBy)
	if err != nil {
		return fmt.Errorf("sum up uploads: %w", err)
	}
	if used+d.Size > d.Quota.Bytes {
		return d.Quota.Exceeded(used)
	}
	return nil
}
