package ingest

import (
	"context"
	"fmt"
	"io"
	"slices"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/library"
)

// MostCover is how many bytes a cover may have that people choose.
const MostCover = 16 << 20

// chosen are the kinds of pictures that people may choose as a cover.
var chosen = []string{"image/jpeg", "image/png", "image/webp"}

var errCoverKind = fault.New(fault.Unsupported, "unsupported_picture", "A cover must be a JPEG, PNG or WebP picture")

// SetCover gives songs a cover, for who may change all of them. The picture is told by its content; one that
// cannot be shown is fault.Unsupported.
func (s *Service) SetCover(ctx context.Context, who account.Identity, scope library.Scope, ids []library.SongID, picture io.Reader) (Edited, error) {
	if err := s.editable(ctx, who, scope, ids); err != nil {
		return Edited{}, err
	}
	content, err := readCover(picture)
	if err != nil {
		return Edited{}, err
	}
	checked, err := wary{s.inspector}.Inspect(ctx, content)
	if err != nil {
		return Edited{}, fmt.Errorf("check cover: %w", err)
	}
	if !slices.Contains(chosen, checked.MediaType) {
		return Edited{}, errCoverKind
	}
	cover := &Cover{Hash: hashOf(content), Picture: checked}
	done, err := s.keepChosen(ctx, who, ids, cover, content)
	if err != nil {
		s.release(ctx, []string{library.CoverKey(cover.Hash)})
	}
	s.release(ctx, done.Freed.Keys)
	return done, err
}

// keepChosen writes the picture, then the rows: between the two nothing sweeps.
func (s *Service) keepChosen(ctx context.Context, who account.Identity, ids []library.SongID, cover *Cover, content []byte) (Edited, error) {
	s.rows.RLock()
	defer s.rows.RUnlock()
	if err := s.objects.Put(ctx, library.CoverKey(cover.Hash), content); err != nil {
		return Edited{}, fmt.Errorf("keep cover: %w", err)
	}
	return s.write(ctx, who, Edit{Kind: SongEdit, Songs: ids, Cover: cover}, Changes{Cover: &cover.Hash})
}

func readCover(picture io.Reader) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(picture, MostCover+1))
	if err != nil {
		return nil, fmt.Errorf("receive cover: %w", err)
	}
	if len(content) == 0 {
		return nil, fault.Validation(fault.Detail{Field: "image", Message: "An image is required"})
	}
	if len(content) > MostCover {
		return nil, fault.Newf(fault.TooLarge, "file_too_large", "The picture is too large: at most %d MB are taken", MostCover>>20)
	}
	return content, nil
}

// ClearCover gives songs the covers of their files back.
func (s *Service) ClearCover(ctx context.Context, who account.Identity, scope library.Scope, ids []library.SongID) (Edited, error) {
	return s.Edit(ctx, who, scope, ids, Changes{}, []Field{fieldCover})
}

// AlbumSongs are the songs of an album, to be changed together; it is fault.NotFound outside the scope.
func (s *Service) AlbumSongs(ctx context.Context, scope library.Scope, id library.AlbumID) ([]library.SongID, error) {
	albums, err := s.names.AlbumFacts(ctx, []library.AlbumID{id})
	if err != nil {
		return nil, err
	}
	a, there := albums[id]
	if !there || !scope.Sees(a.Library) {
		return nil, fault.Missing("Album")
	}
	if len(a.Songs) > MostEdited {
		return nil, errManySongs
	}
	return a.Songs, nil
}

var errManySongs = fault.Newf(fault.Conflict, "too_many_songs", "More than %d songs cannot be changed at once", MostEdited)
