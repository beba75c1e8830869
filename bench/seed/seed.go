// Package seed fills a database with the library of package songs, without its files: what pages and stores need
// to be tried at full size, in seconds.
package seed

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"hathor/bench/files"
	"hathor/bench/songs"
	"hathor/internal/account"
	"hathor/internal/blob"
	"hathor/internal/clock"
	"hathor/internal/ingest"
	"hathor/internal/library"
	"hathor/internal/media"
	"hathor/internal/sqlstore"
)

// The account that a filled database has.
const (
	Username = "admin"
	Password = "Bench-password-1"
)

// batch is how many songs are written in one transaction.
const batch = 4000

// Plan says what to fill.
type Plan struct {
	Data     string // data folder of the server
	Database string // its address; a SQLite file in the data folder when empty
	Songs    int
}

// Music is the empty folder that the songs are said to lie in. A server that is started with it as its only
// library folder keeps the songs; one that is started without it marks them missing.
func (p Plan) Music() string { return filepath.Join(p.Data, "seeded-music") }

// Fill writes the account, the library and its songs with their covers. progress is told how many are written.
func Fill(ctx context.Context, p Plan, progress func(done int)) (err error) {
	if err := os.MkdirAll(p.Music(), 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	if p.Database == "" {
		p.Database = "sqlite://" + filepath.Join(p.Data, "hathor.db")
	}
	db, err := sqlstore.Open(ctx, p.Database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.Migrate(ctx); err != nil {
		return err
	}
	if err := admin(ctx, p, db); err != nil {
		return err
	}
	objects, err := blob.OpenDisk(filepath.Join(p.Data, "objects"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, objects.Close()) }()
	w := writer{store: sqlstore.NewIngest(db, clock.System{}), objects: objects, inspector: media.NewPictures(1), covers: map[int]*ingest.Cover{}}
	return w.fill(ctx, p, progress)
}

// admin makes the account, unless there is one.
func admin(ctx context.Context, p Plan, db *sqlstore.DB) error {
	secret, err := account.LoadSecret(filepath.Join(p.Data, "secret"))
	if err != nil {
		return err
	}
	accounts, err := account.NewService(sqlstore.NewAccounts(db), clock.System{}, account.Settings{Secret: secret})
	if err != nil {
		return err
	}
	if _, err := accounts.UserNamed(ctx, Username); err == nil {
		return nil
	}
	r := account.Registration{Username: Username, Email: "admin@example.org", DisplayName: "Admin", Password: Password}
	if _, err := accounts.CreateUser(ctx, account.Identity{}, r, account.Admin); err != nil {
		return fmt.Errorf("make the account: %w", err)
	}
	return nil
}

type writer struct {
	store     *sqlstore.Ingest
	objects   *blob.Disk
	inspector *media.Pictures
	covers    map[int]*ingest.Cover // by the picture they share
}

func (w *writer) fill(ctx context.Context, p Plan, progress func(int)) error {
	folders, err := w.store.Ensure(ctx, []string{p.Music()})
	if err != nil {
		return err
	}
	painter, err := files.NewCovers()
	if err != nil {
		return err
	}
	drafts, done := make([]ingest.Draft, 0, batch), 0
	flush := func() error {
		_, err := w.store.Save(ctx, drafts)
		done += len(drafts)
		drafts = drafts[:0]
		progress(done)
		return err
	}
	for s := range songs.Library(p.Songs) {
		d := draft(s, folders[0].ID)
		if s.Album.Cover != songs.Nowhere {
			if d.Cover, err = w.cover(ctx, painter, s.Album.Number); err != nil {
				return err
			}
		}
		if drafts = append(drafts, d); len(drafts) == batch {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

// kinds of cover that a filled database has: as many as tell albums apart at a glance, few enough to be quick.
const kinds = 48

func (w *writer) cover(ctx context.Context, painter *files.Covers, album int) (*ingest.Cover, error) {
	kind := album % kinds
	if known := w.covers[kind]; known != nil {
		return known, nil
	}
	picture := painter.Of(kind)
	about, err := w.inspector.Inspect(ctx, picture)
	if err != nil {
		return nil, fmt.Errorf("look at a cover: %w", err)
	}
	sum := sha256.Sum256(picture)
	made := &ingest.Cover{Hash: hex.EncodeToString(sum[:]), Picture: about}
	if err := w.objects.Put(ctx, library.CoverKey(made.Hash), picture); err != nil {
		return nil, fmt.Errorf("keep a cover: %w", err)
	}
	w.covers[kind] = made
	return made, nil
}

// draft is a song as a scan would have read it.
func draft(s songs.Song, in library.ID) ingest.Draft {
	d := ingest.Draft{
		Library: in, Title: s.Title, Artist: s.Artist, Artists: []string{s.Artist}, Album: s.Album.Title,
		AlbumArtist: s.Album.Artist, AlbumArtists: []string{s.Album.Artist}, Compilation: s.Album.Compilation,
		Year: s.Year, Track: s.Track, Disc: s.Disc, Path: s.Path, Size: 5_300_000, Audio: audio(s),
		ModifiedAt: time.UnixMilli(1_600_000_000_000 + int64(s.Number)).UTC(),
	}
	d.AlbumKey = fmt.Sprintf("bench:%d", s.Album.Number)
	if s.Genre != "" {
		d.Genres = []string{s.Genre}
	}
	sum := sha256.Sum256(binary.BigEndian.AppendUint64(nil, uint64(s.Number)))
	d.Sound = sum[:]
	return d
}

// audio gives songs the lengths of real ones, between one and seven minutes.
func audio(s songs.Song) ingest.Audio {
	a := ingest.Audio{Duration: time.Duration(60_000+s.Number*7919%360_000) * time.Millisecond, SampleRate: 44100, Channels: 2}
	switch s.Album.Format {
	case songs.CBR:
		a.Format, a.BitRate = library.MP3, 320
	case songs.VBR:
		a.Format, a.BitRate = library.MP3, 245
	case songs.FLAC:
		a.Format, a.BitRate, a.BitDepth = library.FLAC, 870, 16
	case songs.AAC:
		a.Format, a.BitRate = library.AAC, 256
	case songs.Opus:
		a.Format, a.BitRate, a.SampleRate = library.Opus, 128, 48000
	case songs.Vorbis:
		a.Format, a.BitRate = library.Vorbis, 192
	}
	return a
}
