package sqlstore

import (
	"context"
	"fmt"
	"slices"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/ingest"
	"hathor/internal/library"
)

// Holdings lists these libraries, or all of them for nil, with what is in them and who hears them.
func (s *Ingest) Holdings(ctx context.Context, ids []library.ID) ([]ingest.Holding, error) {
	var only clause
	if ids != nil {
		only.and("libraries.id IN "+in(len(ids)), args(ids)...)
	}
	var rows []struct {
		libraryRow
		Owner     account.UserID
		OwnerName string `db:"owner_name"`
		Open      bool
		Songs     int
		Size      int64
		Problem   string
	}
	err := s.db.list(ctx, &rows, `SELECT libraries.id, libraries.kind, libraries.name, COALESCE(libraries.path, '') AS path,
		COALESCE(libraries.owner_id, 0) AS owner, COALESCE(users.username, '') AS owner_name, libraries.is_open AS open,
		(SELECT COUNT(*) FROM songs WHERE songs.library_id = libraries.id) AS songs,
		CAST((SELECT COALESCE(SUM(songs.size), 0) FROM songs WHERE songs.library_id = libraries.id) AS BIGINT) AS size,
		COALESCE((SELECT MIN(reason) FROM scan_errors WHERE scan_errors.library_id = libraries.id AND scan_errors.path = ''), '') AS problem
		FROM libraries LEFT JOIN users ON users.id = libraries.owner_id`+only.where()+
		" ORDER BY libraries.kind DESC, libraries.name, libraries.id", only.args...)
	if err != nil {
		return nil, fmt.Errorf("list libraries: %w", err)
	}
	list := make([]ingest.Holding, len(rows))
	for i, r := range rows {
		list[i] = ingest.Holding{
			Library:   library.Library{ID: r.ID, Kind: r.Kind, Name: r.Name, Path: r.Path, Owner: r.Owner, Open: r.Open},
			OwnerName: r.OwnerName, SongCount: r.Songs, Size: r.Size, Problem: r.Problem,
		}
	}
	return list, s.readGrants(ctx, list)
}

func (s *Ingest) readGrants(ctx context.Context, list []ingest.Holding) error {
	var grants []struct {
		Library  library.ID     `db:"library_id"`
		User     account.UserID `db:"user_id"`
		Username string
	}
	err := s.db.list(ctx, &grants, `SELECT library_grants.library_id, library_grants.user_id, users.username
		FROM library_grants JOIN users ON users.id = library_grants.user_id ORDER BY users.username_key`)
	if err != nil {
		return fmt.Errorf("list grants: %w", err)
	}
	for _, g := range grants {
		if i := slices.IndexFunc(list, func(h ingest.Holding) bool { return h.ID == g.Library }); i >= 0 {
			list[i].Granted = append(list[i].Granted, ingest.Granted{User: g.User, Username: g.Username})
		}
	}
	return nil
}

// AddLibrary makes a library for uploads.
func (s *Ingest) AddLibrary(ctx context.Context, name string, open bool) (id library.ID, err error) {
	err = s.db.update(ctx, func(t *tx) error {
		return t.get(ctx, &id, "INSERT INTO libraries (kind, name, is_open, created_at) VALUES ('uploads', ?, ?, ?) RETURNING id",
			name, open, millis(s.clock.Now()))
	})
	if err != nil {
		return 0, fmt.Errorf("make library: %w", err)
	}
	return id, nil
}

// ChangeLibrary changes what is not nil.
func (s *Ingest) ChangeLibrary(ctx context.Context, id library.ID, change ingest.LibraryChange) (was library.Library, err error) {
	err = s.write(ctx, func(t *tx) error {
		if was, err = inCare(ctx, t, id); err != nil {
			return err
		}
		_, err := t.exec(ctx, "UPDATE libraries SET name = COALESCE(?, name), is_open = COALESCE(?, is_open) WHERE id = ?", change.Name, change.Open, id)
		return err
	})
	if err != nil {
		return library.Library{}, fmt.Errorf("change library: %w", err)
	}
	return was, nil
}

// Grant lets exactly these members hear the library.
func (s *Ingest) Grant(ctx context.Context, id library.ID, users []account.UserID) (granted library.Library, err error) {
	err = s.write(ctx, func(t *tx) error {
		if granted, err = inCare(ctx, t, id); err != nil {
			return err
		}
		if err := knownUsers(ctx, t, users); err != nil {
			return err
		}
		if _, err := t.exec(ctx, "DELETE FROM library_grants WHERE library_id = ?", id); err != nil {
			return err
		}
		rows := make([][]any, len(users))
		for i, user := range users {
			rows[i] = []any{id, user}
		}
		return t.insert(ctx, "INSERT INTO library_grants (library_id, user_id) VALUES ", rows, "")
	})
	if err != nil {
		return library.Library{}, fmt.Errorf("grant library: %w", err)
	}
	return granted, nil
}

// inCare finds a library that an admin may change: a private one is not there.
func inCare(ctx context.Context, t *tx, id library.ID) (library.Library, error) {
	var found []struct {
		Kind library.Kind
		Name string
		Open bool `db:"is_open"`
	}
	if err := t.list(ctx, &found, "SELECT kind, name, is_open FROM libraries WHERE id = ? AND kind <> 'private'", id); err != nil {
		return library.Library{}, err
	}
	if len(found) == 0 {
		return library.Library{}, fault.Missing("Library")
	}
	return library.Library{ID: id, Kind: found[0].Kind, Name: found[0].Name, Open: found[0].Open}, nil
}

func knownUsers(ctx context.Context, t *tx, users []account.UserID) error {
	known, err := listIn[account.UserID](ctx, t, "SELECT id FROM users WHERE id IN ", users, "")
	if err != nil {
		return err
	}
	var checks fault.Checks
	for i, user := range users {
		checks.Require(slices.Contains(known, user), fmt.Sprintf("userIds[%d]", i), "No such member")
	}
	return checks.Err()
}

// RemoveLibrary removes a library, and with songs what is in it and what nothing else refers to.
func (s *Ingest) RemoveLibrary(ctx context.Context, id library.ID, songs bool) (gone library.Library, freed ingest.Freed, err error) {
	err = s.write(ctx, func(t *tx) error {
		if gone, err = inCare(ctx, t, id); err != nil {
			return err
		}
		var inside []library.SongID
		if err := t.list(ctx, &inside, "SELECT id FROM songs WHERE library_id = ?", id); err != nil {
			return err
		}
		if err := removable(ctx, t, gone.Kind, len(inside), songs); err != nil {
			return err
		}
		if freed, err = removeSongs(ctx, t, inside); err != nil {
			return err
		}
		_, err = t.exec(ctx, "DELETE FROM libraries WHERE id = ?", id)
		return err
	})
	if err != nil {
		return library.Library{}, ingest.Freed{}, fmt.Errorf("remove library: %w", err)
	}
	return gone, freed, nil
}

var errLastUploads = fault.New(fault.Conflict, "last_library", "This is the last library for uploads: make another one first")

func removable(ctx context.Context, t *tx, kind library.Kind, count int, songs bool) error {
	if count > 0 && !songs {
		return fault.Newf(fault.Conflict, "library_not_empty", "This library still has songs (%d): say that they go with it (songs=delete)", count)
	}
	if kind != library.Uploads {
		return nil
	}
	var uploads int
	if err := t.get(ctx, &uploads, "SELECT COUNT(*) FROM libraries WHERE kind = 'uploads'"); err != nil {
		return err
	}
	if uploads == 1 {
		return errLastUploads
	}
	return nil
}

// removeSongs deletes songs and what nothing refers to any more; objects are the caller's to delete.
func removeSongs(ctx context.Context, t *tx, ids []library.SongID) (ingest.Freed, error) {
	before, err := linksOfSongs(ctx, t, ids)
	if err != nil {
		return ingest.Freed{}, err
	}
	keys, err := listIn[string](ctx, t, "SELECT object_key FROM songs WHERE object_key IS NOT NULL AND id IN ", ids, "")
	if err != nil {
		return ingest.Freed{}, err
	}
	if err := execIn(ctx, t, "DELETE FROM songs WHERE id IN ", ids); err != nil {
		return ingest.Freed{}, err
	}
	freed, err := before.tidy(ctx, t)
	freed.Keys = append(freed.Keys, keys...)
	return freed, err
}
