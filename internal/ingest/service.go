package ingest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"hathor/internal/account"
	"hathor/internal/clock"
	"hathor/internal/fault"
	"hathor/internal/library"
)

// Service takes uploads in, and changes and removes songs. It is safe for concurrent use.
type Service struct {
	objects   Objects
	catalogue Catalogue
	libraries Libraries
	reader    Reader
	inspector Inspector
	clock     clock.Clock
	limit     int64
	watch     Watch
	// rows guards the time between an object and its row: whoever adds holds it for reading, whoever
	// deletes what has no row holds it for writing.
	rows sync.RWMutex
	// pins are objects of a running scan, whose rows come much later than they do.
	pins pins
}

// Parts is what a Service is built from. MaxFileSize is in bytes.
type Parts struct {
	Objects     Objects
	Catalogue   Catalogue
	Libraries   Libraries
	Reader      Reader
	Inspector   Inspector
	Clock       clock.Clock
	MaxFileSize int64
	Watch       Watch // of scans; nobody when nil
}

// NewService builds the service.
func NewService(p Parts) *Service {
	return &Service{
		objects: p.Objects, catalogue: p.Catalogue, libraries: p.Libraries, reader: p.Reader,
		inspector: p.Inspector, clock: p.Clock, limit: p.MaxFileSize, watch: p.Watch,
	}
}

// MaxFileSize is how many bytes one upload may have.
func (s *Service) MaxFileSize() int64 { return s.limit }

// Libraries lists what may be heard within the scope.
func (s *Service) Libraries(ctx context.Context, scope library.Scope) ([]Summary, error) {
	return s.libraries.Summaries(ctx, scope.Libraries)
}

// Edit changes a song for its uploader or an admin. A change of a folder's song is kept here, not in its
// file: when the file itself changes, its tags win.
func (s *Service) Edit(ctx context.Context, who account.Identity, scope library.Scope, id library.SongID, c Changes) error {
	d, err := s.own(ctx, who, scope, id)
	if err != nil {
		return err
	}
	if err := c.check(s.clock.Now()); err != nil {
		return err
	}
	c.apply(&d)
	freed, err := s.catalogue.Edit(ctx, d)
	if err != nil {
		return err
	}
	s.release(ctx, freed.Keys)
	return nil
}

// Delete removes an upload for its uploader or an admin: first the row, then the bytes nobody else uses.
func (s *Service) Delete(ctx context.Context, who account.Identity, scope library.Scope, id library.SongID) error {
	d, err := s.own(ctx, who, scope, id)
	if err != nil {
		return err
	}
	if d.ObjectKey == "" {
		return errReadOnly
	}
	freed, err := s.catalogue.Remove(ctx, id)
	if err != nil {
		return err
	}
	s.release(ctx, freed.Keys)
	return nil
}

var (
	errReadOnly = fault.New(fault.Conflict, "library_read_only",
		"This song is a file in a library folder, which is never changed from here: remove the file from the folder, then scan")
	errNotYours = fault.New(fault.Forbidden, "not_yours", "Only who uploaded a song, or an admin, may change it")
)

// own reads a song that may be changed by who asks: one outside the scope is not there.
func (s *Service) own(ctx context.Context, who account.Identity, scope library.Scope, id library.SongID) (Draft, error) {
	d, err := s.catalogue.Draft(ctx, id)
	if err != nil {
		return Draft{}, err
	}
	if !scope.Sees(d.Library) {
		return Draft{}, fault.Missing("Song")
	}
	if who.Role != account.Admin && (!who.SignedIn() || d.UploadedBy != who.User) {
		return Draft{}, errNotYours
	}
	return d, nil
}

// release deletes those of the objects that no row refers to. What it cannot delete is left to Sweep: the
// change that freed it is done.
func (s *Service) release(ctx context.Context, keys []string) {
	if len(keys) == 0 {
		return
	}
	ctx = context.WithoutCancel(ctx)
	if _, err := s.deleteUnused(ctx, keys); err != nil {
		slog.WarnContext(ctx, "freed objects were left for the next sweep", slog.Int("count", len(keys)), slog.Any("error", err))
	}
}

func (s *Service) deleteUnused(ctx context.Context, keys []string) (int, error) {
	s.rows.Lock()
	defer s.rows.Unlock()
	unused, err := s.catalogue.Unused(ctx, s.pins.without(keys))
	if err != nil {
		return 0, err
	}
	var failed []error
	for _, key := range unused {
		failed = append(failed, s.objects.Delete(ctx, key))
	}
	return len(unused), errors.Join(failed...)
}

// sweepBatch is how many objects are asked for at once; uploads wait no longer than one batch takes.
const sweepBatch = 1000

var errOtherDatabase = errors.New("sweep objects: none of the stored audio has a song in this database; is it the right one?")

// Sweep deletes objects that have no row, such as a process leaves that dies between the two, and returns
// how many. Objects younger than minAge are left alone: 0 where this process is the only one. Where no audio
// at all has a row, the database is more likely the wrong one, and nothing is deleted.
func (s *Service) Sweep(ctx context.Context, minAge time.Duration) (int, error) {
	newest := s.clock.Now().Add(-minAge)
	var keys, audio []string
	err := s.objects.Walk(ctx, func(o Object) error {
		if strings.HasPrefix(o.Key, "audio/") {
			audio = append(audio, o.Key)
		}
		if minAge == 0 || o.ModifiedAt.Before(newest) {
			keys = append(keys, o.Key)
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("sweep objects: %w", err)
	}
	if unused, err := s.catalogue.Unused(ctx, audio); err != nil || len(audio) > 0 && len(unused) == len(audio) {
		return 0, cmp.Or(err, errOtherDatabase)
	}
	deleted := 0
	for len(keys) > 0 {
		n := min(sweepBatch, len(keys))
		count, err := s.deleteUnused(ctx, keys[:n])
		if deleted += count; err != nil {
			return deleted, fmt.Errorf("sweep objects: %w", err)
		}
		keys = keys[n:]
	}
	return deleted, nil
}
