package sqlstore

import (
	"context"

	"hathor/internal/fault"
	"hathor/internal/library"
)

// mostArtistFiles is among how many files of an artist a picture is looked for.
const mostArtistFiles = 200

// ArtistCover returns the cover of the artist's newest album that has one; without one, or with nothing of the artist
// within the scope, fault.NotFound.
func (c *Catalogue) ArtistCover(ctx context.Context, scope library.Scope, id library.ArtistID) (library.Picture, error) {
	at, err := c.epoch(ctx, scope.User)
	if err != nil {
		return library.Picture{}, err
	}
	extras, err := c.artistExtras(ctx, at, scope, []library.ArtistID{id})
	if err != nil {
		return library.Picture{}, err
	}
	covers, err := c.coversOf(ctx, at, []library.CoverID{extras[id].cover})
	if err != nil {
		return library.Picture{}, err
	}
	cover := covers[extras[id].cover]
	if cover == nil {
		return library.Picture{}, fault.Missing("Cover")
	}
	return library.Picture{Hash: cover.Hash}, nil
}

// ArtistFiles returns files in folders, of songs on the artist's own albums, the newest first and not all of many.
func (c *Catalogue) ArtistFiles(ctx context.Context, scope library.Scope, id library.ArtistID) ([]library.SongFile, error) {
	only := listed(scope)
	only.and("album_artists.artist_id = ? AND songs.path IS NOT NULL", id)
	var rows []struct {
		ID     library.SongID `db:"id"`
		Folder string         `db:"folder"`
		Path   string         `db:"path"`
		Format library.Format `db:"format"`
	}
	err := c.db.list(ctx, &rows, `SELECT songs.id, libraries.path AS folder, songs.path, songs.format FROM album_artists
		JOIN songs ON songs.album_id = album_artists.album_id JOIN libraries ON libraries.id = songs.library_id`+only.where()+`
		ORDER BY songs.year DESC, songs.id DESC LIMIT ?`, append(only.args, mostArtistFiles)...)
	files := make([]library.SongFile, len(rows))
	for i, r := range rows {
		files[i] = library.SongFile{Song: r.ID, Folder: r.Folder, Path: r.Path, Format: r.Format}
	}
	return files, err
}
