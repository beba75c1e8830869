package sqlstore

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"time"

	"hathor/internal/fault"
	"hathor/internal/library"
)

// SongFile tells where the bytes of a song are; outside the scope it is fault.NotFound. It answers from
// memory while the database stands still, since players ask for many ranges of one song.
func (c *Catalogue) SongFile(ctx context.Context, scope library.Scope, id library.SongID) (library.SongFile, error) {
	state, err := c.db.state(ctx)
	if err != nil {
		return library.SongFile{}, err
	}
	file, ok := c.files.get(state, id)
	if !ok {
		if file, err = c.readSongFile(ctx, id); err != nil {
			return library.SongFile{}, err
		}
		c.files.put(state, id, file)
	}
	if !scope.Sees(file.Library) {
		return library.SongFile{}, fault.Missing("Song")
	}
	return file, nil
}

func (c *Catalogue) readSongFile(ctx context.Context, id library.SongID) (library.SongFile, error) {
	var row struct {
		Library    library.ID     `db:"library_id"`
		Title      string         `db:"title"`
		Artist     string         `db:"artist"`
		Format     library.Format `db:"format"`
		ObjectKey  string         `db:"object_key"`
		Folder     string         `db:"folder"`
		Path       string         `db:"path"`
		Hash       []byte         `db:"content_hash"`
		ModifiedAt int64          `db:"modified_at"`
		Duration   int64          `db:"duration"`
		BitRate    int            `db:"bit_rate"`
		SampleRate int            `db:"sample_rate"`
		Channels   int            `db:"channels"`
	}
	err := c.db.get(ctx, &row, `SELECT songs.library_id, songs.title, songs.artist, songs.format,
		COALESCE(songs.object_key, '') AS object_key, COALESCE(libraries.path, '') AS folder, COALESCE(songs.path, '') AS path,
		songs.content_hash, songs.modified_at, songs.duration, songs.bit_rate, songs.sample_rate, songs.channels
		FROM songs JOIN libraries ON libraries.id = songs.library_id WHERE songs.id = ?`, id)
	if errors.Is(err, sql.ErrNoRows) {
		return library.SongFile{}, fault.Missing("Song")
	}
	if err != nil {
		return library.SongFile{}, err
	}
	return library.SongFile{
		Song: id, Library: row.Library, Title: row.Title, Artist: row.Artist, Format: row.Format, ObjectKey: row.ObjectKey,
		Folder: row.Folder, Path: row.Path, ContentHash: hex.EncodeToString(row.Hash), ModifiedAt: moment(row.ModifiedAt),
		Duration: time.Duration(row.Duration) * time.Millisecond, BitRate: row.BitRate, SampleRate: row.SampleRate, Channels: row.Channels,
	}, nil
}

// coverOwner is a song or an album.
type coverOwner struct {
	table string
	id    int64
}

// coverOf is an owner's cover and the library that decides who may see it.
type coverOf struct {
	Library   library.ID `db:"library_id"`
	Hash      string     `db:"hash"`
	MediaType string     `db:"media_type"`
}

// SongCover returns the hash and type of a song's cover; without one, or outside the scope, fault.NotFound.
func (c *Catalogue) SongCover(ctx context.Context, scope library.Scope, id library.SongID) (library.Picture, error) {
	return c.cover(ctx, scope, coverOwner{"songs", int64(id)})
}

// AlbumCover is SongCover of an album.
func (c *Catalogue) AlbumCover(ctx context.Context, scope library.Scope, id library.AlbumID) (library.Picture, error) {
	return c.cover(ctx, scope, coverOwner{"albums", int64(id)})
}

func (c *Catalogue) cover(ctx context.Context, scope library.Scope, owner coverOwner) (library.Picture, error) {
	state, err := c.db.state(ctx)
	if err != nil {
		return library.Picture{}, err
	}
	found, ok := c.covers.get(state, owner)
	if !ok {
		err := c.db.get(ctx, &found, "SELECT library_id, hash, media_type FROM "+owner.table+" JOIN covers ON covers.id = cover_id WHERE "+owner.table+".id = ?", owner.id)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return library.Picture{}, err
		}
		c.covers.put(state, owner, found)
	}
	if found.Hash == "" || !scope.Sees(found.Library) {
		return library.Picture{}, fault.Missing("Cover")
	}
	return library.Picture{Hash: found.Hash, MediaType: found.MediaType}, nil
}
