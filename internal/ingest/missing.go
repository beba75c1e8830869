package ingest

import (
	"context"
	"strconv"
	"time"

	"hathor/internal/account"
	"hathor/internal/library"
)

// MissingSong is a song whose file is gone, with what would be lost with it.
type MissingSong struct {
	ID          library.SongID
	Title       string
	Artist      string
	Album       string
	Library     library.ID
	LibraryName string
	Path        string // where the file was, below the library's folder
	Since       time.Time
	Plays       int // of all listeners
	Playlists   int // that it is in
}

// MissingSongs keeps the songs whose files are gone.
type MissingSongs interface {
	// Missing lists them, those that went last first, and counts them.
	Missing(ctx context.Context, limit, offset int) ([]MissingSong, int, error)
	// RemoveMissing deletes those of the songs whose files are gone, or all of them for nil, with all that hangs on
	// them; the objects are the caller's to delete. What is not missing stays.
	RemoveMissing(ctx context.Context, ids []library.SongID) (int, Freed, error)
}

// Missing lists the songs whose files are gone, those that went last first, and counts them.
func (k *Keeper) Missing(ctx context.Context, limit, offset int) ([]MissingSong, int, error) {
	return k.missing.Missing(ctx, limit, offset)
}

// CleanMissing forgets those of the songs whose files are gone, or all of them for nil: their plays, likes and
// places in playlists go with them. It answers how many there were. A file that comes back later is a new song.
func (k *Keeper) CleanMissing(ctx context.Context, who account.Identity, ids []library.SongID) (int, error) {
	removed, freed, err := k.missing.RemoveMissing(ctx, ids)
	if err != nil {
		return 0, err
	}
	k.service.release(ctx, freed.Keys)
	if removed > 0 {
		k.audit(ctx, who, missingCleaned, account.Target{}, "songs", strconv.Itoa(removed))
	}
	return removed, nil
}
