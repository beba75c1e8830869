package ingest

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"hathor/internal/fault"
	"hathor/internal/library"
)

// Changes is what people may change of a song; nil keeps a value, and an empty album, artist or genre or
// a year, track or disc of 0 takes it away.
type Changes struct {
	Title       *string
	Artist      *string
	Album       *string
	AlbumArtist *string
	Genre       *string
	Year        *int
	Track       *int
	Disc        *int
}

const (
	firstYear = 1900
	mostDiscs = 9999 // tracks as well
)

// check cleans the texts and names every wrong field.
func (c *Changes) check(now time.Time) error {
	var checks fault.Checks
	for _, f := range []struct {
		text  *string
		field string
		limit int
	}{
		{c.Title, "title", longestText}, {c.Artist, "artist", longestText}, {c.Album, "album", longestText},
		{c.AlbumArtist, "albumArtist", longestText}, {c.Genre, "genre", longestGenre},
	} {
		if f.text == nil {
			continue
		}
		*f.text = clean(*f.text)
		name := strings.ToUpper(f.field[:1]) + f.field[1:]
		checks.Require(utf8.RuneCountInString(*f.text) <= f.limit, f.field, fmt.Sprintf("%s must be at most %d characters", name, f.limit))
	}
	checks.Require(c.Title == nil || *c.Title != "", "title", "Title must not be empty")
	checks.Require(c.Year == nil || *c.Year == 0 || *c.Year >= firstYear && *c.Year <= now.Year(), "year",
		fmt.Sprintf("Year must be between %d and %d", firstYear, now.Year()))
	checks.Require(c.Track == nil || *c.Track >= 0 && *c.Track <= mostDiscs, "track", "Track must be between 1 and 9999")
	checks.Require(c.Disc == nil || *c.Disc >= 0 && *c.Disc <= mostDiscs, "disc", "Disc must be between 1 and 9999")
	return checks.Err()
}

// apply writes the changes into the draft. The album stays the same one, whatever it is known by, unless
// its name or its artist change.
func (c *Changes) apply(d *Draft) {
	set(&d.Title, c.Title)
	set(&d.Year, c.Year)
	set(&d.Track, c.Track)
	set(&d.Disc, c.Disc)
	if c.Genre != nil {
		d.Genres = names([]string{*c.Genre}, longestGenre)
	}
	if d.AlbumArtist == "" {
		d.setAlbumArtists(d.AlbumArtists)
	}
	album, albumArtist, implied := d.Album, d.AlbumArtist, c.impliedAlbumArtist(d)
	if c.Artist != nil {
		d.setArtists([]string{*c.Artist})
	}
	set(&d.Album, c.Album)
	switch {
	case c.AlbumArtist != nil:
		d.Compilation = false
		d.setAlbumArtists([]string{*c.AlbumArtist})
	case implied:
		d.setAlbumArtists(nil)
	}
	if d.AlbumKey == "" || library.Key(album) != library.Key(d.Album) || library.Key(albumArtist) != library.Key(d.AlbumArtist) {
		d.AlbumKey = d.albumKey()
	}
}

// impliedAlbumArtist tells whether the album's artist is only there because the song's artist is.
func (c *Changes) impliedAlbumArtist(d *Draft) bool {
	if len(d.AlbumArtists) == 0 {
		return true
	}
	return !d.Compilation && len(d.Artists) > 0 && len(d.AlbumArtists) == 1 &&
		library.Key(d.AlbumArtists[0]) == library.Key(d.Artists[0])
}

func set[T any](to *T, value *T) {
	if value != nil {
		*to = *value
	}
}

// Form is the text fields of an upload as they arrive.
type Form map[string]string

// changes reads the fields that override tags, and names every wrong one. The length is checked and not
// used: what was measured wins.
func (f Form) changes(now time.Time) (c Changes, to target, err error) {
	var checks fault.Checks
	for field, value := range f {
		value = strings.TrimSpace(value)
		switch field {
		case "title":
			c.Title = given(value)
		case "artist":
			c.Artist = given(value)
		case "album":
			c.Album = given(value)
		case "genre":
			c.Genre = given(value)
		case "year":
			c.Year = number(&checks, field, value)
		case "duration":
			length := number(&checks, field, value)
			checks.Require(length == nil || *length >= 1, field, "Duration must be a whole number of seconds, at least 1")
		case "private":
			to.private = value == "true"
			checks.Require(to.private || value == "false", field, "Private must be true or false")
		case "libraryId":
			to.library = libraryID(&checks, field, value)
		default:
			checks.Require(false, field, "Unknown field")
		}
	}
	checks.Require(c.Year == nil || *c.Year != 0, "year", fmt.Sprintf("Year must be between %d and %d", firstYear, now.Year()))
	checks.Require(!to.private || to.library == 0, "libraryId", "Give a library or private, not both")
	return c, to, merge(checks.Err(), c.check(now))
}

// target is where an upload is to go; the zero value is the first shared library.
type target struct {
	private bool
	library library.ID
}

func libraryID(checks *fault.Checks, field, value string) library.ID {
	if value == "" {
		return 0
	}
	id, err := strconv.ParseInt(value, 10, 64)
	checks.Require(err == nil && id >= 1, field, "Invalid ID")
	return library.ID(id)
}

// given is nil for an empty field: a form sends those too, and they override nothing.
func given(value string) *string {
	if clean(value) == "" {
		return nil
	}
	return &value
}

func number(checks *fault.Checks, field, value string) *int {
	if value == "" {
		return nil
	}
	n, err := strconv.Atoi(value)
	checks.Require(err == nil, field, strings.ToUpper(field[:1])+field[1:]+" must be a whole number")
	if err != nil {
		return nil
	}
	return &n
}

// clean takes out of a text what shows nothing and only confuses: control characters, marks that turn the
// direction of what follows, bytes that are no text.
func clean(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case unicode.IsControl(r), r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f, r == 0xfeff:
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	return strings.TrimSpace(text)
}
