package ingest

import (
	"context"
	"io"
	"slices"

	"hathor/internal/library"
)

// Labels are the tags that are written into a file. All else that its tags say stays.
type Labels struct {
	Title        string
	Artists      []string
	Album        string
	AlbumArtists []string
	Genres       []string
	Year         int
	Track        int
	Disc         int
	Compilation  bool
	AlbumMBID    bool   // whether the file's release id still holds
	Cover        []byte // the front cover; nil leaves the file's pictures
	Picture      Picture
}

// TagWriter writes copies of files with other tags. It is the reader's counterpart, with the same limits.
type TagWriter interface {
	// Write copies the file to out with these labels. A file that cannot be written so is a fault with a
	// sentence that says why.
	Write(ctx context.Context, out io.Writer, file io.ReaderAt, size int64, labels Labels) error
	// SoundHash hashes what is heard of the file: it is the same for the same audio under any tags.
	SoundHash(ctx context.Context, file io.ReaderAt, size int64, audio Audio) ([]byte, error)
}

// labels are what the catalogue shows of the draft, in the words of a file.
func (d *Draft) labels() Labels {
	return Labels{
		Title: d.Title, Artists: d.texts(), Album: d.Album, AlbumArtists: d.AlbumArtists,
		Genres: d.Genres, Year: d.Year, Track: d.Track, Disc: d.Disc, Compilation: d.Compilation,
	}
}

// texts are what the credits were made of: one text such as "A feat. B", or several names.
func (d *Draft) texts() []string {
	artists, guests := creditsOf([]string{d.Artist})
	named := !slices.ContainsFunc(guests, func(name string) bool { return !credits(d.Featured, name) })
	if d.Artist != "" && named && slices.Equal(artists, d.Artists) {
		return []string{d.Artist}
	}
	return d.Artists
}

// differs names what a file that was read back says otherwise than the catalogue; empty when nothing.
func (d *Draft) differs(back Draft) string {
	keys := func(list []string) []string {
		out := make([]string, len(list))
		for i, name := range list {
			out[i] = library.Key(name)
		}
		return out
	}
	for _, f := range []struct {
		name string
		same bool
	}{
		{"title", library.Key(d.Title) == library.Key(back.Title)},
		{"artists", slices.Equal(keys(d.Artists), keys(back.Artists))},
		{"album", library.Key(d.Album) == library.Key(back.Album)},
		{"album artists", d.Album == "" || slices.Equal(keys(d.AlbumArtists), keys(back.AlbumArtists))},
		{"genres", slices.Equal(keys(d.Genres), keys(back.Genres))},
		{"year", d.Year == back.Year}, {"track", d.Track == back.Track}, {"disc", d.Disc == back.Disc},
	} {
		if !f.same {
			return f.name
		}
	}
	return ""
}
