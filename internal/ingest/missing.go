package ingest

import (
	"context"
	"os"
	"strconv"
	"time"

	"hathor/internal/account"
	"hathor/internal/fault"
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
	Displaced   bool   // another song's file is there now
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
// places in playlists go with them. It answers how many there were. A file that comes back later is a new song. One
// that is back and not found yet stays, and while a scan runs nothing is forgotten: it may find them elsewhere.
func (k *Keeper) CleanMissing(ctx context.Context, who account.Identity, ids []library.SongID) (int, error) {
	if !k.scanner.scanning.TryLock() {
		return 0, errStillScanning
	}
	defer k.scanner.scanning.Unlock()
	ids, err := k.reallyMissing(ctx, ids)
	if err != nil {
		return 0, err
	}
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

var errStillScanning = fault.New(fault.Conflict, "scan_running", "A scan is running and may still find these songs: try again when it has ended")

// mostMissing is how many missing songs are looked at together.
const mostMissing = 1000

// reallyMissing leaves out the songs whose files stand in a configured folder after all.
func (k *Keeper) reallyMissing(ctx context.Context, ids []library.SongID) ([]library.SongID, error) {
	wanted := make(map[library.SongID]bool, len(ids))
	for _, id := range ids {
		wanted[id] = true
	}
	roots := k.scanner.openFolders()
	defer func() {
		for _, root := range roots {
			_ = root.Close()
		}
	}()
	gone := []library.SongID{}
	for offset := 0; ; offset += mostMissing {
		some, _, err := k.missing.Missing(ctx, mostMissing, offset)
		if err != nil {
			return nil, err
		}
		for _, m := range some {
			if (ids == nil || wanted[m.ID]) && (m.Displaced || !stands(roots[m.Library], m.Path)) {
				gone = append(gone, m.ID)
			}
		}
		if len(some) < mostMissing {
			return gone, nil
		}
	}
}

func stands(root *os.Root, name string) bool {
	if root == nil {
		return false
	}
	info, err := root.Lstat(name)
	return err == nil && info.Mode().IsRegular()
}

// openFolders opens the configured folders that are there; the caller closes them.
func (s *Scanner) openFolders() map[library.ID]*os.Root {
	roots := map[library.ID]*os.Root{}
	for _, folder := range s.configured() {
		if root, err := os.OpenRoot(folder.Path); err == nil {
			roots[folder.ID] = root
		}
	}
	return roots
}
