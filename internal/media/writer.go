package media

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"hathor/internal/clock"
	"hathor/internal/fault"
	"hathor/internal/ingest"
	"hathor/internal/library"
)

// Writer writes copies of audio files with other tags. It is safe for concurrent use.
type Writer struct{ clock clock.Clock }

var _ ingest.TagWriter = (*Writer)(nil)

// NewWriter returns a Writer whose reading is measured by the clock.
func NewWriter(c clock.Clock) *Writer { return &Writer{clock: c} }

// notWritable refuses a file that is fine to hear and whose tags are better left alone.
func notWritable(why string) error { return fault.New(fault.Conflict, "not_writable", why) }

// Write implements ingest.TagWriter.
func (w *Writer) Write(ctx context.Context, out io.Writer, file io.ReaderAt, size int64, labels ingest.Labels) error {
	s := newSource(ctx, w.clock, file, size)
	found, err := readSong(s)
	if errors.Is(err, ErrNoProbe) {
		return notWritable("Tags cannot be written into files of this kind")
	}
	if err != nil {
		return readable(err)
	}
	s.renew()
	r := retag{s: s, audio: found.audio, values: found.tags.relabel(labels), labels: labels, old: found.tags.picture.cover.data}
	plan, err := r.plan()
	if err != nil {
		return readable(err)
	}
	for _, p := range plan {
		if err := p.write(ctx, out, file); err != nil {
			return err
		}
	}
	return nil
}

func readable(err error) error {
	if errors.Is(err, errShort) {
		return broken("The file is cut short")
	}
	return err
}

// renew begins the limits of one read anew.
func (s *source) renew() { s.deadline, s.spent, s.steps = s.clock.Now().Add(maxWall), 0, 0 }

// retag is a file on its way to other tags.
type retag struct {
	s      *source
	audio  ingest.Audio
	values map[field][]string // all that is known of the file, with the labels
	labels ingest.Labels
	old    []byte // the picture that the file has
}

// rescue makes the file's own picture the cover where the tag that it stood in goes.
func (r *retag) rescue() {
	r.labels.Cover, r.labels.Picture = r.old, ingest.Picture{MediaType: http.DetectContentType(r.old)}
}

func (r *retag) plan() ([]piece, error) {
	switch r.audio.Format {
	case library.FLAC:
		return r.flac()
	case library.Vorbis, library.Opus:
		return r.ogg()
	case library.AAC, library.ALAC:
		return r.mp4()
	case library.WAV:
		return r.wav()
	case library.MP3:
		return r.mp3()
	}
	return nil, notWritable("Tags cannot be written into " + formatName(r.audio.Format) + " files")
}

// piece is a part of the new file: bytes, a stretch of the old file, or what a function writes.
type piece struct {
	data       []byte
	from, size int64
	copy       func(ctx context.Context, out io.Writer) error
}

func (p piece) write(ctx context.Context, out io.Writer, file io.ReaderAt) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if p.copy != nil {
		return p.copy(ctx, out)
	}
	if p.data != nil {
		_, err := out.Write(p.data)
		return err
	}
	n, err := io.Copy(out, io.NewSectionReader(file, p.from, p.size))
	if err == nil && n != p.size {
		err = broken("The file became shorter while it was read")
	}
	return err
}

// SoundHash implements ingest.TagWriter. Ogg pages are numbered, which is no part of what is heard.
func (w *Writer) SoundHash(ctx context.Context, file io.ReaderAt, size int64, audio ingest.Audio) ([]byte, error) {
	if audio.AudioSize <= 0 {
		return nil, notWritable("The audio of this file cannot be told from its tags")
	}
	hash := sha256.New()
	if audio.Format == library.Vorbis || audio.Format == library.Opus {
		err := eachOggPage(ctx, file, audio.AudioOffset, size, func(page []byte) error {
			clear(page[18:26]) // number and checksum
			_, err := hash.Write(page)
			return err
		})
		return hash.Sum(nil), err
	}
	if _, err := io.Copy(hash, io.NewSectionReader(file, audio.AudioOffset, audio.AudioSize)); err != nil {
		return nil, fmt.Errorf("read audio: %w", err)
	}
	return hash.Sum(nil), nil
}

// relabel is all that a file's tags are known to say, with these labels in the place of its own. What was
// about names that are others now (their order, their ids) goes.
func (b *bag) relabel(l ingest.Labels) map[field][]string {
	old := b.tags()
	values := make(map[field][]string, len(b.values)+8)
	for f, list := range b.values {
		values[f] = list
	}
	one := func(f field, text string) { set(values, f, text) }
	one(title, l.Title)
	one(album, l.Album)
	set(values, artist, l.Artists...)
	set(values, albumArtist, l.AlbumArtists...)
	set(values, genre, l.Genres...)
	if l.Album == "" {
		delete(values, albumArtist)
	}
	one(trackNumber, number(l.Track))
	one(trackTotal, number(old.TrackTotal))
	one(discNumber, number(l.Disc))
	one(discTotal, number(old.DiscTotal))
	one(compilation, map[bool]string{true: "1"}[l.Compilation])
	one(date, dateFor(l.Year, old.Date))
	for _, f := range []field{artists, albumArtists, dayMonth} {
		delete(values, f)
	}
	if l.Year != old.Year {
		delete(values, releaseDate)
	}
	stale := map[field]bool{
		titleSort: l.Title != old.Title, albumSort: l.Album != old.Album, albumMBID: !l.AlbumMBID,
		artistSort: !slices.Equal(l.Artists, old.Artists), artistMBID: !slices.Equal(l.Artists, old.Artists),
		albumArtistSort: !slices.Equal(l.AlbumArtists, old.AlbumArtists),
		albumArtistMBID: !slices.Equal(l.AlbumArtists, old.AlbumArtists), groupMBID: !l.AlbumMBID,
		trackTotal: l.Track == 0, discTotal: l.Disc == 0,
	}
	for f, gone := range stale {
		if gone {
			delete(values, f)
		}
	}
	return values
}

func set(values map[field][]string, f field, texts ...string) {
	texts = slices.DeleteFunc(slices.Clone(texts), func(text string) bool { return text == "" })
	if len(texts) == 0 {
		delete(values, f)
		return
	}
	values[f] = texts
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// dateFor keeps the day where the year is the file's own.
func dateFor(year int, old string) string {
	switch {
	case year == 0:
		return ""
	case yearOf(old) == year:
		return old
	}
	return fmt.Sprintf("%04d", year)
}

// fields are the fields with values, in one order for all files.
func (r *retag) fields() []field {
	list := make([]field, 0, len(r.values))
	for f := range r.values {
		list = append(list, f)
	}
	slices.Sort(list)
	return list
}

// part is a number with its total behind a slash.
func (r *retag) part(of, total field) string {
	parts := append(slices.Clone(r.values[of]), r.values[total]...)
	return strings.Join(parts, "/")
}

// replaces tells whether a picture of the kind gives way to the new cover.
func (r *retag) replaces(kind int) bool {
	return len(r.labels.Cover) > 0 && (kind == frontCover || kind == otherPicture)
}
