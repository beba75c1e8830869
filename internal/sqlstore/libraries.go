package sqlstore

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/library"
)

type libraryRow struct {
	ID   library.ID
	Kind library.Kind
	Name string
	Path string
}

// Ensure makes the shared uploads and a library for each folder where they are not there yet. A folder
// library that is not listed stays, and its songs are marked missing until it is listed and scanned again.
func (s *Ingest) Ensure(ctx context.Context, folders []string) ([]library.Library, error) {
	var listed []library.Library
	err := s.write(ctx, func(t *tx) error {
		have, err := s.ensureLibraries(ctx, t, folders)
		if err != nil {
			return err
		}
		var gone []library.ID
		for _, row := range have {
			gone = append(gone, row.ID)
		}
		for _, folder := range folders {
			row := have[folder]
			listed = append(listed, library.Library{ID: row.ID, Kind: row.Kind, Name: row.Name, Path: row.Path, Open: true})
			gone = slices.DeleteFunc(gone, func(id library.ID) bool { return id == row.ID })
		}
		return execIn(ctx, t, "UPDATE songs SET missing_since = ? WHERE missing_since IS NULL AND library_id IN ", gone, millis(s.clock.Now()))
	})
	if err != nil {
		return nil, fmt.Errorf("ensure libraries: %w", err)
	}
	return listed, nil
}

// ensureLibraries returns all folder libraries by their paths.
func (s *Ingest) ensureLibraries(ctx context.Context, t *tx, folders []string) (map[string]libraryRow, error) {
	now := millis(s.clock.Now())
	if _, err := t.exec(ctx, `INSERT INTO libraries (kind, name, is_open, created_at)
		SELECT 'uploads', 'Uploads', TRUE, ? WHERE NOT EXISTS (SELECT 1 FROM libraries WHERE kind = 'uploads')`, now); err != nil {
		return nil, err
	}
	var rows [][]any
	for _, folder := range folders {
		rows = append(rows, []any{"folder", filepath.Base(folder), folder, true, now})
	}
	if err := t.insert(ctx, "INSERT INTO libraries (kind, name, path, is_open, created_at) VALUES ", rows, "ON CONFLICT (path) DO NOTHING"); err != nil {
		return nil, err
	}
	var all []libraryRow
	if err := t.list(ctx, &all, "SELECT id, kind, name, path FROM libraries WHERE kind = 'folder'"); err != nil {
		return nil, err
	}
	have := make(map[string]libraryRow, len(all))
	for _, row := range all {
		have[row.Path] = row
	}
	return have, nil
}

// Target is the library that an upload of the member goes to, if the member hears it now.
func (s *Ingest) Target(ctx context.Context, who account.UserID, wanted library.ID) (library.ID, error) {
	var found []struct {
		ID   library.ID
		Kind library.Kind
	}
	err := s.db.list(ctx, &found, "SELECT id, kind FROM libraries WHERE "+audible+" AND ((? = 0 AND kind = 'uploads') OR id = ?) ORDER BY id LIMIT 1",
		who, who, wanted, wanted)
	switch {
	case err != nil:
		return 0, fmt.Errorf("find library for upload: %w", err)
	case len(found) == 0 && wanted == 0:
		return 0, errNoShared
	case len(found) == 0:
		return 0, fault.Missing("Library")
	case found[0].Kind == library.Folder:
		return 0, errOnlyRead
	}
	return found[0].ID, nil
}

var (
	errNoShared = fault.New(fault.Forbidden, "no_upload_library", "There is no shared library that you may upload to")
	errOnlyRead = fault.New(fault.Forbidden, "library_read_only", "This library is a folder, which is only read: nothing can be uploaded to it")
)

// audible is the condition that a member hears a library. It takes the member twice.
const audible = `((is_open AND kind <> 'private') OR owner_id = ?
	OR EXISTS (SELECT 1 FROM library_grants WHERE library_id = libraries.id AND user_id = ?))`

// Private returns the member's own library, and makes it on first use; fault.NotFound for a member who is gone.
func (s *Ingest) Private(ctx context.Context, owner account.UserID) (id library.ID, err error) {
	now := millis(s.clock.Now())
	err = s.write(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, `INSERT INTO libraries (kind, name, owner_id, is_open, created_at)
			SELECT 'private', 'Private', ?, FALSE, ?
			WHERE NOT EXISTS (SELECT 1 FROM libraries WHERE kind = 'private' AND owner_id = ?)
			AND EXISTS (SELECT 1 FROM users WHERE id = ?)`, owner, now, owner, owner); err != nil {
			return err
		}
		var own []library.ID
		if err := t.list(ctx, &own, "SELECT id FROM libraries WHERE kind = 'private' AND owner_id = ? ORDER BY id LIMIT 1", owner); err != nil {
			return err
		}
		if len(own) == 0 {
			return fault.Missing("User") // deleted meanwhile
		}
		id = own[0]
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("make private library: %w", err)
	}
	return id, nil
}
