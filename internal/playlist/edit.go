package playlist

import (
	"context"
	"errors"
	"fmt"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/library"
)

// Faults of edits. A stale edit carries the current Contents as its state.
var (
	ErrStale     = fault.New(fault.Conflict, "stale_revision", "The playlist was changed meanwhile")
	ErrDuplicate = fault.New(fault.Conflict, "duplicate_song", "Song already in playlist")
	ErrFull      = fault.New(fault.Conflict, "playlist_full", "A playlist holds at most 10,000 songs")
	ErrNotOwner  = fault.New(fault.Forbidden, "not_owner", "Only the owner may change this playlist")
)

// Target is the playlist an edit is meant for. With a Revision the edit is refused when the playlist is at
// another one; nil edits whatever is there.
type Target struct {
	ID       ID
	Revision *int64
}

// Update is what to change of a description; nil leaves a field as it is.
type Update struct {
	Name   *string
	Text   *string
	Public *bool
}

// Addition is songs for a playlist. Before is the entry they go before, 0 for the end. A song that is there
// already, or twice in Songs, is refused unless Duplicates.
type Addition struct {
	Songs      []library.SongID
	Before     EntryID
	Duplicates bool
}

// Movement puts entries, in the order given, before another one, 0 for the end.
type Movement struct {
	Entries []EntryID
	Before  EntryID
}

// Update changes name, description or who may see the playlist, and returns it with its first entries.
func (s *Service) Update(ctx context.Context, who account.Identity, to Target, u Update) (Contents, error) {
	scope, err := s.scope(ctx, who)
	if err != nil {
		return Contents{}, err
	}
	err = s.change(ctx, scope, to, func(e Edit) error {
		about := e.Head().About
		set(&about.Name, u.Name)
		set(&about.Text, u.Text)
		set(&about.Public, u.Public)
		about, err := about.checked()
		if err != nil {
			return err
		}
		return e.Describe(about)
	})
	if err != nil {
		return Contents{}, err
	}
	return s.contents(ctx, scope, to.ID, nil, MaxPage)
}

func set[T any](field *T, to *T) {
	if to != nil {
		*field = *to
	}
}

// Delete takes the playlist away for good.
func (s *Service) Delete(ctx context.Context, who account.Identity, to Target) error {
	scope, err := s.scope(ctx, who)
	if err != nil {
		return err
	}
	return s.change(ctx, scope, to, Edit.Delete)
}

// Add puts songs into the playlist: all of them, or none and an error.
func (s *Service) Add(ctx context.Context, who account.Identity, to Target, a Addition) (Playlist, error) {
	if err := checkCount(len(a.Songs), "songIds"); err != nil {
		return Playlist{}, err
	}
	return s.edit(ctx, who, to, func(e Edit) error {
		if e.Head().Entries+len(a.Songs) > MaxEntries {
			return ErrFull
		}
		if !a.Duplicates {
			if err := refuseDuplicates(e, a.Songs); err != nil {
				return err
			}
		}
		return e.Add(a.Songs, a.Before)
	})
}

// Move changes the order.
func (s *Service) Move(ctx context.Context, who account.Identity, to Target, m Movement) (Playlist, error) {
	if err := m.check(); err != nil {
		return Playlist{}, err
	}
	return s.edit(ctx, who, to, func(e Edit) error {
		return e.Move(m.Entries, m.Before)
	})
}

// Remove takes one entry away.
func (s *Service) Remove(ctx context.Context, who account.Identity, to Target, entry EntryID) (Playlist, error) {
	return s.edit(ctx, who, to, func(e Edit) error {
		return e.Remove(entry)
	})
}

// edit is change, answered with the playlist as it is afterwards.
func (s *Service) edit(ctx context.Context, who account.Identity, to Target, change func(Edit) error) (Playlist, error) {
	scope, err := s.scope(ctx, who)
	if err != nil {
		return Playlist{}, err
	}
	if err := s.change(ctx, scope, to, change); err != nil {
		return Playlist{}, err
	}
	return s.read(ctx, scope, to.ID)
}

// change runs the change if the playlist is the asker's and at the revision they know.
func (s *Service) change(ctx context.Context, scope library.Scope, to Target, change func(Edit) error) error {
	err := s.store.Edit(ctx, scope, to.ID, s.clock.Now(), func(e Edit) error {
		head := e.Head()
		switch {
		case head.Owner != scope.User && !head.About.Public:
			return fault.Missing("Playlist")
		case head.Owner != scope.User:
			return ErrNotOwner
		case to.Revision != nil && *to.Revision != head.Revision:
			return ErrStale
		}
		return change(e)
	})
	if errors.Is(err, ErrStale) {
		current, readErr := s.contents(ctx, scope, to.ID, nil, MaxPage)
		if readErr != nil {
			return readErr
		}
		return ErrStale.WithState(current)
	}
	if err != nil {
		return fmt.Errorf("edit playlist: %w", err)
	}
	return nil
}

// refuseDuplicates names each song that would be in the playlist twice.
func refuseDuplicates(e Edit, songs []library.SongID) error {
	present, err := e.Present(songs)
	if err != nil {
		return err
	}
	taken := make(map[library.SongID]bool, len(present))
	for _, id := range present {
		taken[id] = true
	}
	duplicate := *ErrDuplicate
	for i, id := range songs {
		if taken[id] {
			field := fmt.Sprintf("songIds[%d]", i)
			duplicate.Details = append(duplicate.Details, fault.Detail{Field: field, Message: ErrDuplicate.Message})
		}
		taken[id] = true
	}
	if len(duplicate.Details) == 0 {
		return nil
	}
	return &duplicate
}

func checkCount(n int, field string) error {
	var checks fault.Checks
	checks.Require(n >= 1 && n <= MaxPerEdit, field, "Between 1 and 1,000 at once")
	return checks.Err()
}

func (m Movement) check() error {
	if err := checkCount(len(m.Entries), "entryIds"); err != nil {
		return err
	}
	var checks fault.Checks
	seen := make(map[EntryID]bool, len(m.Entries))
	for i, id := range m.Entries {
		field := fmt.Sprintf("entryIds[%d]", i)
		checks.Require(!seen[id], field, "Named twice")
		checks.Require(id != m.Before, field, "Cannot be moved before itself")
		seen[id] = true
	}
	return checks.Err()
}
