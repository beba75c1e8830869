package ingest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/library"
)

// EditID names a kept edit.
type EditID int64

// EditKind says what an edit was.
type EditKind string

// The kinds of edits.
const (
	SongEdit    EditKind = "songs"
	ArtistMerge EditKind = "mergeArtists"
	ArtistSplit EditKind = "splitArtist"
	AlbumMerge  EditKind = "mergeAlbums"
	AlbumSplit  EditKind = "splitAlbum"
)

// Bounds of one edit, and of how long edits can be taken back.
const (
	MostEdited   = 500
	KeptEdits    = 10_000
	editLifetime = 90 * 24 * time.Hour
)

// Edit is a change of songs, of the rules of artists, or of both, that is made as a whole.
type Edit struct {
	Kind    EditKind
	By      account.UserID
	At      time.Time
	Forget  time.Time // edits from before are no longer kept
	Summary string    // names, for the list of edits
	Songs   []library.SongID
	Set     Overlay
	Clear   []Field
	Cover   *Cover // the new cover, whose hash is set
	Rules   Rules  // new ones
}

// Edited is what became of an edit. ID is 0 when nothing changed.
type Edited struct {
	ID    EditID
	Songs int // how many songs show something else now
	Freed Freed
}

// EditRecord is a kept edit. Titles are some of its songs within the scope that asked.
type EditRecord struct {
	ID        EditID
	Kind      EditKind
	By        account.UserID
	ByName    string
	At        time.Time
	Summary   string
	SongCount int
	Fields    []Field
	Titles    []string
	UndoneAt  time.Time
}

// EditQuery picks kept edits, the newest first.
type EditQuery struct {
	Scope  library.Scope
	All    bool   // those of everybody, as far as all their songs are within the scope
	Before EditID // 0 is from the newest
	Limit  int
}

// Held says whose a song is.
type Held struct {
	Library    library.ID
	UploadedBy account.UserID
	Upload     bool
	Title      string
	Album      string
	AddedAt    time.Time
}

// Journal changes songs and keeps what was changed. Each call that writes is one transaction.
type Journal interface {
	// Held are those of the songs that are there.
	Held(ctx context.Context, ids []library.SongID) (map[library.SongID]Held, error)
	// Edit lays values over songs, makes rules, and keeps both as one edit.
	Edit(ctx context.Context, e Edit) (Edited, error)
	// Edits lists kept edits and counts them.
	Edits(ctx context.Context, q EditQuery) ([]EditRecord, int, error)
	// Kept is one edit with its songs; fault.NotFound when it is not kept.
	Kept(ctx context.Context, id EditID) (EditRecord, []library.SongID, error)
	// Undo takes an edit back; fault.Conflict when it was, or when a later one changed the same.
	Undo(ctx context.Context, id EditID, by account.UserID, at time.Time) (Edited, error)
	// Collect puts a song, whose file is as it was, on the collection of its album's title.
	Collect(ctx context.Context, id library.SongID) (Freed, error)
}

// Edit changes songs for who may change all of them: their uploader, or an admin. All are changed or none.
// The fields in clear go back to what the files say. The changes lie over the files' own values: a scan
// brings new values of a file into the fields that nobody edited.
func (s *Service) Edit(ctx context.Context, who account.Identity, scope library.Scope, ids []library.SongID, c Changes, unset []Field) (Edited, error) {
	if err := s.editable(ctx, who, scope, ids); err != nil {
		return Edited{}, err
	}
	c.Cover, c.AlbumKey = nil, nil // these are set by ways of their own
	if err := merge2(c.check(s.clock.Now()), checkCleared(unset)); err != nil {
		return Edited{}, err
	}
	return s.edit(ctx, who, Edit{Kind: SongEdit, Songs: ids, Clear: unset}, c)
}

func (s *Service) edit(ctx context.Context, who account.Identity, e Edit, c Changes) (Edited, error) {
	done, err := s.write(ctx, who, e, c)
	if err != nil {
		return Edited{}, err
	}
	s.release(ctx, done.Freed.Keys)
	return done, nil
}

// write is edit without the release of what it freed.
func (s *Service) write(ctx context.Context, who account.Identity, e Edit, c Changes) (done Edited, err error) {
	if e.Set, err = c.overlay(); err != nil {
		return Edited{}, err
	}
	e.Clear = slices.DeleteFunc(slices.Clone(e.Clear), func(f Field) bool { _, both := e.Set[f]; return both })
	if touchesAlbum(e.Set, e.Clear) && c.AlbumKey == nil {
		e.Clear = append(e.Clear, fieldAlbumKey)
	}
	now := s.clock.Now()
	e.By, e.At, e.Forget = who.User, now, now.Add(-editLifetime)
	return s.journal.Edit(ctx, e)
}

func touchesAlbum(set Overlay, unset []Field) bool {
	return slices.ContainsFunc(ofAlbum, func(f Field) bool {
		_, there := set[f]
		return there || slices.Contains(unset, f)
	})
}

func checkCleared(fields []Field) error {
	var checks fault.Checks
	for i, f := range fields {
		checks.Require(slices.Contains(clearable, f), fmt.Sprintf("clear[%d]", i), "Unknown field")
	}
	return checks.Err()
}

// merge2 is merge for errors that may be nil.
func merge2(a, b error) error {
	if a == nil || b == nil {
		return cmp.Or(a, b)
	}
	return merge(a, b)
}

var errNotYours = fault.New(fault.Forbidden, "not_yours", "Only who uploaded a song, or an admin, may change it")

// editable refuses songs that who asks may not change, and names the first of them where there are several:
// one outside the scope is not there.
func (s *Service) editable(ctx context.Context, who account.Identity, scope library.Scope, ids []library.SongID) error {
	if err := checkIDs(ids, MostEdited); err != nil {
		return err
	}
	_, err := s.mine(ctx, who, scope, ids)
	return err
}

func checkIDs(ids []library.SongID, most int) error {
	var checks fault.Checks
	checks.Require(len(ids) >= 1 && len(ids) <= most, "ids", fmt.Sprintf("Between 1 and %d songs", most))
	seen := map[library.SongID]bool{}
	for i, id := range ids {
		checks.Require(!seen[id], fmt.Sprintf("ids[%d]", i), "This song is listed twice")
		seen[id] = true
	}
	return checks.Err()
}

func (s *Service) mine(ctx context.Context, who account.Identity, scope library.Scope, ids []library.SongID) (map[library.SongID]Held, error) {
	held, err := s.journal.Held(ctx, ids)
	if err != nil {
		return nil, err
	}
	for i, id := range ids {
		h, there := held[id]
		if !there || !scope.Sees(h.Library) {
			return nil, placed(fault.Missing("Song"), i, len(ids))
		}
		if !who.Rules() && (!who.SignedIn() || h.UploadedBy != who.User) {
			return nil, placed(errNotYours, i, len(ids))
		}
	}
	return held, nil
}

// placed names the place of the song that an error is about, where several were asked for.
func placed(err *fault.Error, place, of int) error {
	if of < 2 {
		return err
	}
	named := *err
	named.Details = []fault.Detail{{Field: fmt.Sprintf("ids[%d]", place), Message: err.Message}}
	return &named
}

// Edits lists the edits that are kept: one's own, and for an admin everybody's as far as their songs may
// be heard.
func (s *Service) Edits(ctx context.Context, who account.Identity, scope library.Scope, before EditID, limit int) ([]EditRecord, int, error) {
	return s.journal.Edits(ctx, EditQuery{Scope: scope, All: who.Rules(), Before: before, Limit: limit})
}

// Undo takes an edit back, for its author or an admin. It is refused when a later edit changed the same
// field of the same song: that one's work is not destroyed.
func (s *Service) Undo(ctx context.Context, who account.Identity, scope library.Scope, id EditID) (Edited, []library.SongID, error) {
	record, songs, err := s.journal.Kept(ctx, id)
	if err != nil {
		return Edited{}, nil, err
	}
	if !who.Rules() && (record.By != who.User || record.Kind == ArtistMerge || record.Kind == ArtistSplit) {
		return Edited{}, nil, fault.Missing("Edit")
	}
	if _, err := s.mine(ctx, who, scope, songs); err != nil {
		return Edited{}, nil, fault.Missing("Edit").Because(err)
	}
	done, err := s.journal.Undo(ctx, id, who.User, s.clock.Now())
	if err != nil {
		return Edited{}, nil, err
	}
	s.release(ctx, done.Freed.Keys)
	return done, songs, nil
}
