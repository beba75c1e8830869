package ingest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"hathor/internal/account"
	"hathor/internal/clock"
	"hathor/internal/fault"
	"hathor/internal/library"
)

// Service takes uploads in, and changes and removes songs: edits lie over what the files say. It is safe for concurrent use.
type Service struct {
	objects   Objects
	catalogue Catalogue
	journal   Journal
	names     Names
	files     Files
	tags      TagWriter
	libraries Libraries
	reader    Reader
	inspector Inspector
	clock     clock.Clock
	limit     int64
	quota     Quota // of members without an own one
	watch     Watch
	// rows guards the time between an object and its row: whoever adds holds it for reading, whoever
	// deletes what has no row holds it for writing.
	rows sync.RWMutex
	// pins are objects of a running scan, whose rows come much later than they do.
	pins pins
	// foreign objects are never deleted. Only Claim sets it.
	foreign bool
}

// Parts is what a Service is built from. MaxFileSize is in bytes; Quota is that of members without an own one.
type Parts struct {
	Objects     Objects
	Catalogue   Catalogue
	Journal     Journal
	Names       Names
	Files       Files
	Tags        TagWriter
	Libraries   Libraries
	Reader      Reader
	Inspector   Inspector
	Clock       clock.Clock
	MaxFileSize int64
	Quota       Quota
	Watch       Watch // of scans; nobody when nil
}

// NewService builds the service.
func NewService(p Parts) *Service {
	return &Service{
		objects: p.Objects, catalogue: p.Catalogue, journal: p.Journal, names: p.Names, files: p.Files, tags: p.Tags,
		libraries: p.Libraries, reader: p.Reader, inspector: p.Inspector, clock: p.Clock, limit: p.MaxFileSize, quota: p.Quota, watch: p.Watch,
	}
}

// MaxFileSize is how many bytes one upload may have.
func (s *Service) MaxFileSize() int64 { return s.limit }

// Delete removes an upload for its uploader or an admin: first the row, then the bytes nobody else uses.
func (s *Service) Delete(ctx context.Context, who account.Identity, scope library.Scope, id library.SongID) error {
	held, err := s.mine(ctx, who, scope, []library.SongID{id})
	if err != nil {
		return err
	}
	if !held[id].Upload {
		return errReadOnly
	}
	freed, err := s.catalogue.Remove(ctx, id)
	if err != nil {
		return err
	}
	s.release(ctx, freed.Keys)
	return nil
}

var errReadOnly = fault.New(fault.Conflict, "library_read_only",
	"This song is a file in a library folder, which is never changed from here: remove the file from the folder, then scan")

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

// Release deletes those of the objects that no row refers to, for rows that went by another way than Delete.
func (s *Service) Release(ctx context.Context, keys []string) error {
	_, err := s.deleteUnused(ctx, keys)
	return err
}

func (s *Service) deleteUnused(ctx context.Context, keys []string) (int, error) {
	if s.foreign {
		return 0, ErrOtherDatabase
	}
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

// Sweep deletes objects that have no row, such as a process leaves that dies between the two, and returns
// how many. Objects younger than minAge are left alone: 0 where this process is the only one. Where no audio
// at all has a row, the database is more likely the wrong one, and nothing is deleted.
func (s *Service) Sweep(ctx context.Context, minAge time.Duration) (int, error) {
	if known, err := s.knowsObjects(ctx); err != nil || !known || s.foreign {
		return 0, fmt.Errorf("sweep objects: %w", cmp.Or(err, ErrOtherDatabase))
	}
	newest := s.clock.Now().Add(-minAge)
	var keys []string
	err := s.objects.Walk(ctx, func(o Object) error {
		if minAge == 0 || o.ModifiedAt.Before(newest) {
			keys = append(keys, o.Key)
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("sweep objects: %w", err)
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
