package ingest

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/library"
)

// Holding is a library with what is in it and who hears it.
type Holding struct {
	library.Library
	OwnerName  string
	SongCount  int
	Size       int64 // bytes of all its songs
	Granted    []Granted
	Problem    string // why the last scan could not read the folder, empty when it could
	Configured bool   // of a folder: whether it is still named in the configuration
}

// Granted is a member who hears a library that is not open.
type Granted struct {
	User     account.UserID
	Username string
}

// MayUpload tells whether who hears the library may upload into it as well.
func (h Holding) MayUpload(who account.UserID) bool {
	return h.Kind == library.Uploads || h.Kind == library.Private && h.Owner == who
}

// LibraryChange is what an admin may change of a library; nil keeps a value.
type LibraryChange struct {
	Name *string
	Open *bool
}

// Holdings keeps the libraries. Private ones are their owners' business: what changes libraries answers for
// them as for what is not there, fault.NotFound.
type Holdings interface {
	// Holdings lists these libraries, or all of them for nil: uploads, private ones, folders.
	Holdings(ctx context.Context, ids []library.ID) ([]Holding, error)
	// AddLibrary makes a library for uploads.
	AddLibrary(ctx context.Context, name string, open bool) (library.ID, error)
	// ChangeLibrary returns the library as it was before.
	ChangeLibrary(ctx context.Context, id library.ID, change LibraryChange) (library.Library, error)
	// Grant lets exactly these members hear the library beside those it is open to. Unknown ones are named
	// in a validation fault. It returns the library.
	Grant(ctx context.Context, id library.ID, users []account.UserID) (library.Library, error)
	// RemoveLibrary removes a library, and with songs also what is in it; the objects are the caller's to
	// delete. Songs that would stay behind are a fault.Conflict, and so is the last library for uploads. It
	// returns what was removed.
	RemoveLibrary(ctx context.Context, id library.ID, songs bool) (library.Library, Freed, error)
}

// Keeper is the admin's side of libraries. It is safe for concurrent use.
type Keeper struct {
	service  *Service
	scanner  *Scanner
	holdings Holdings
	stock    Stock
	missing  MissingSongs
	space    Space
	auditor  Auditor
}

// KeeperParts are what a keeper is built from; the scanner knows which folders are configured.
type KeeperParts struct {
	Service  *Service
	Scanner  *Scanner
	Holdings Holdings
	Stock    Stock
	Missing  MissingSongs
	Space    Space
	Auditor  Auditor
}

// NewKeeper builds a keeper over the parts of the service.
func NewKeeper(p KeeperParts) *Keeper {
	return &Keeper{service: p.Service, scanner: p.Scanner, holdings: p.Holdings, stock: p.Stock, missing: p.Missing, space: p.Space, auditor: p.Auditor}
}

// List lists what is heard within the scope; for an admin all libraries. What an admin does not hear is
// there to be looked after: its content is not.
func (k *Keeper) List(ctx context.Context, scope library.Scope) ([]Holding, error) {
	ids := scope.Libraries
	if scope.Admin {
		ids = nil
	} else if len(ids) == 0 {
		return nil, nil
	}
	all, err := k.holdings.Holdings(ctx, ids)
	if err != nil {
		return nil, err
	}
	listed := k.scanner.listed()
	for i := range all {
		all[i].Configured = slices.Contains(listed, all[i].ID)
	}
	return all, nil
}

// Get is one library as List has it; fault.NotFound outside of that.
func (k *Keeper) Get(ctx context.Context, scope library.Scope, id library.ID) (Holding, error) {
	all, err := k.List(ctx, scope)
	if err != nil {
		return Holding{}, err
	}
	if at := slices.IndexFunc(all, func(h Holding) bool { return h.ID == id }); at >= 0 {
		return all[at], nil
	}
	return Holding{}, fault.Missing("Library")
}

// Add makes a further library for uploads. Nobody hears one that is not open until it is granted.
func (k *Keeper) Add(ctx context.Context, who account.Identity, name string, open bool) (library.ID, error) {
	name, err := libraryName(name)
	if err != nil {
		return 0, err
	}
	id, err := k.holdings.AddLibrary(ctx, name, open)
	if err != nil {
		return 0, err
	}
	k.audit(ctx, who, libraryMade, libraryTarget(library.Library{ID: id, Name: name}), "open", strconv.FormatBool(open))
	return id, nil
}

// Change renames a library, opens it or closes it. What is closed is gone for everybody without a grant.
func (k *Keeper) Change(ctx context.Context, who account.Identity, id library.ID, change LibraryChange) error {
	if change.Name != nil {
		name, err := libraryName(*change.Name)
		if err != nil {
			return err
		}
		change.Name = &name
	}
	was, err := k.holdings.ChangeLibrary(ctx, id, change)
	if err != nil {
		return err
	}
	k.auditChange(ctx, who, was, change)
	return nil
}

// Grant lets exactly these members hear a library, whether it is open or not.
func (k *Keeper) Grant(ctx context.Context, who account.Identity, id library.ID, users []account.UserID) error {
	slices.Sort(users)
	users = slices.Compact(users)
	granted, err := k.holdings.Grant(ctx, id, users)
	if err != nil {
		return err
	}
	k.audit(ctx, who, libraryGranted, libraryTarget(granted), "members", strconv.Itoa(len(users)))
	return nil
}

var errConfigured = fault.New(fault.Conflict, "library_configured",
	"This library is a folder that is still configured (MUSIC_DIRS): take it out of the configuration and restart first")

// Remove takes a library away, and with songs what is in it. Files in folders are never touched; a folder
// that is still configured stays.
func (k *Keeper) Remove(ctx context.Context, who account.Identity, id library.ID, songs bool) error {
	if slices.Contains(k.scanner.listed(), id) {
		return errConfigured
	}
	gone, freed, err := k.holdings.RemoveLibrary(ctx, id, songs)
	if err != nil {
		return err
	}
	k.audit(ctx, who, libraryRemoved, libraryTarget(gone), "songs", fate(songs))
	k.service.release(ctx, freed.Keys)
	return nil
}

const longestLibraryName = 100

func libraryName(name string) (string, error) {
	name = strings.TrimSpace(clean(name))
	var c fault.Checks
	n := utf8.RuneCountInString(name)
	c.Require(n >= 1 && n <= longestLibraryName, "name", fmt.Sprintf("Name must be 1 to %d characters", longestLibraryName))
	return name, c.Err()
}

// listed are the folder libraries that are configured.
func (s *Scanner) listed() []library.ID {
	s.mu.Lock()
	defer s.mu.Unlock()
	ids := make([]library.ID, len(s.folders))
	for i, f := range s.folders {
		ids[i] = f.ID
	}
	return ids
}
