package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/library"
)

// AlbumFacts is what makes an album the one it is.
type AlbumFacts struct {
	ID          library.AlbumID
	Library     library.ID
	Title       string
	Key         string
	Artists     []string
	Compilation bool
	Songs       []library.SongID
}

// ArtistFacts is what makes an artist the one it is; Key is that of the name, or of name and id.
type ArtistFacts struct{ Key, Name string }

// Names knows albums and artists by their ids; what is not there is left out.
type Names interface {
	AlbumFacts(ctx context.Context, ids []library.AlbumID) (map[library.AlbumID]AlbumFacts, error)
	// ArtistNames are those of artists who have a song within the scope that is not in a private library.
	ArtistNames(ctx context.Context, scope library.Scope, ids []library.ArtistID) (map[library.ArtistID]ArtistFacts, error)
}

// Bounds of merges and splits.
const (
	mostMerged = 100
	mostParts  = 20
	mostMoved  = 5000 // songs of merged albums
)

// MergeArtists makes some artists other names of one: now, and in all files that come. Private libraries
// are left alone. It is an admin's.
func (s *Service) MergeArtists(ctx context.Context, who account.Identity, scope library.Scope, from []library.ArtistID, into library.ArtistID) (Edited, error) {
	if err := checkMerge(from, into); err != nil {
		return Edited{}, err
	}
	known, err := s.names.ArtistNames(ctx, scope, append(slices.Clone(from), into))
	if err != nil {
		return Edited{}, err
	}
	if known[into].Key == "" {
		return Edited{}, missingAt("Artist", "into")
	}
	rules, merged := Rules{}, []string(nil)
	for i, id := range from {
		if known[id].Key == "" {
			return Edited{}, missingAt("Artist", fmt.Sprintf("from[%d]", i))
		}
		rules[known[id].Key] = []string{ArtistName(known[into].Name, known[into].Key)}
		merged = append(merged, known[id].Name)
	}
	return s.edit(ctx, who, Edit{Kind: ArtistMerge, Rules: rules, Summary: summary(merged, known[into].Name)}, Changes{})
}

// SplitArtist makes a name stand for several: "A & B" for A and B. It is an admin's.
func (s *Service) SplitArtist(ctx context.Context, who account.Identity, scope library.Scope, id library.ArtistID, parts []string) (Edited, error) {
	known, err := s.names.ArtistNames(ctx, scope, []library.ArtistID{id})
	if err != nil {
		return Edited{}, err
	}
	if known[id].Key == "" {
		return Edited{}, fault.Missing("Artist")
	}
	var checks fault.Checks
	for i := range parts {
		checkText(&checks, &parts[i], fmt.Sprintf("names[%d]", i), longestText)
		checks.Require(library.Key(parts[i]) != library.Key(known[id].Name), fmt.Sprintf("names[%d]", i), "An artist cannot be a part of itself")
	}
	parts = names(parts, longestText)
	checks.Require(len(parts) >= 2 && len(parts) <= mostParts, "names", fmt.Sprintf("Between 2 and %d different names", mostParts))
	if err := checks.Err(); err != nil {
		return Edited{}, err
	}
	rules := Rules{known[id].Key: parts}
	return s.edit(ctx, who, Edit{Kind: ArtistSplit, Rules: rules, Summary: summary([]string{known[id].Name}, strings.Join(parts, ", "))}, Changes{})
}

// MergeAlbums puts the songs of some albums on another one of the same library. It is an admin's.
func (s *Service) MergeAlbums(ctx context.Context, who account.Identity, scope library.Scope, from []library.AlbumID, into library.AlbumID) (Edited, error) {
	if err := checkMerge(from, into); err != nil {
		return Edited{}, err
	}
	albums, err := s.names.AlbumFacts(ctx, append(slices.Clone(from), into))
	if err != nil {
		return Edited{}, err
	}
	target, there := albums[into]
	if !there || !scope.Sees(target.Library) {
		return Edited{}, missingAt("Album", "into")
	}
	e, merged := Edit{Kind: AlbumMerge}, []string(nil)
	for i, id := range from {
		a, there := albums[id]
		if !there || !scope.Sees(a.Library) {
			return Edited{}, missingAt("Album", fmt.Sprintf("from[%d]", i))
		}
		if a.Library != target.Library {
			return Edited{}, errOtherLibrary
		}
		e.Songs, merged = append(e.Songs, a.Songs...), append(merged, a.Title)
	}
	if len(e.Songs) > mostMoved {
		return Edited{}, errManySongs
	}
	e.Summary = summary(merged, target.Title)
	return s.edit(ctx, who, e, Changes{
		Album: &target.Title, AlbumArtists: &target.Artists, Compilation: &target.Compilation, AlbumKey: &target.Key,
	})
}

// SplitAlbum puts some songs of an album on one of their own, by another title or other artists. It is an
// admin's.
func (s *Service) SplitAlbum(ctx context.Context, who account.Identity, scope library.Scope, ids []library.SongID, title string, artists *[]string) (Edited, error) {
	if err := checkIDs(ids, MostEdited); err != nil {
		return Edited{}, err
	}
	held, err := s.mine(ctx, who, scope, ids)
	if err != nil {
		return Edited{}, err
	}
	c := Changes{Album: &title, AlbumArtists: artists}
	if err := c.check(s.clock.Now()); err != nil {
		return Edited{}, err
	}
	if title == "" {
		return Edited{}, fault.Validation(fault.Detail{Field: "title", Message: "Title must not be empty"})
	}
	there := slices.ContainsFunc(ids, func(id library.SongID) bool { return library.Key(held[id].Album) == library.Key(title) })
	if there && artists == nil {
		return Edited{}, errSameAlbum
	}
	return s.edit(ctx, who, Edit{Kind: AlbumSplit, Songs: ids, Summary: title}, c)
}

var (
	errOtherLibrary = fault.New(fault.Conflict, "other_library", "Albums of different libraries cannot be merged")
	errSameAlbum    = fault.New(fault.Conflict, "same_album", "The songs are on an album of that title already")
)

func checkMerge[ID ~int64](from []ID, into ID) error {
	var checks fault.Checks
	checks.Require(len(from) >= 1 && len(from) <= mostMerged, "from", fmt.Sprintf("Between 1 and %d", mostMerged))
	seen := map[ID]bool{}
	for i, id := range from {
		checks.Require(id != into, fmt.Sprintf("from[%d]", i), "Nothing can be merged into itself")
		checks.Require(!seen[id], fmt.Sprintf("from[%d]", i), "This one is listed twice")
		seen[id] = true
	}
	return checks.Err()
}

func missingAt(what, field string) error {
	err := fault.Missing(what)
	err.Details = []fault.Detail{{Field: field, Message: err.Message}}
	return err
}

// summary names what became what, for the list of edits.
func summary(from []string, to string) string {
	return cut(strings.Join(from, ", "), longestText) + " → " + cut(to, longestText)
}
