package ingest

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"hathor/internal/fault"
	"hathor/internal/library"
)

// Changes is what people may change of a song; nil keeps a value, and an empty album or list, or a year,
// track or disc of 0 takes it away. Each field stands in the overlay under its name in JSON.
type Changes struct {
	Title        *string   `json:"title,omitempty"`
	Artists      *[]string `json:"artists,omitempty"` // a single one such as "A feat. B" credits both
	Album        *string   `json:"album,omitempty"`
	AlbumArtists *[]string `json:"albumArtists,omitempty"` // none: the song's own artist
	Genres       *[]string `json:"genres,omitempty"`
	Year         *int      `json:"year,omitempty"`
	Track        *int      `json:"track,omitempty"`
	Disc         *int      `json:"disc,omitempty"`
	Compilation  *bool     `json:"isCompilation,omitempty"`
	Cover        *string   `json:"cover,omitempty"`    // hash
	AlbumKey     *string   `json:"albumKey,omitempty"` // of the album that another was merged into
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
	}{{c.Title, "title"}, {c.Album, "album"}} {
		if f.text != nil {
			checkText(&checks, f.text, f.field, longestText)
		}
	}
	checkTexts(&checks, c.Artists, "artist", longestText)
	checkTexts(&checks, c.AlbumArtists, "albumArtist", longestText)
	checkTexts(&checks, c.Genres, "genre", longestGenre)
	checks.Require(c.Title == nil || *c.Title != "", "title", "Title must not be empty")
	checks.Require(c.Year == nil || *c.Year == 0 || *c.Year >= firstYear && *c.Year <= now.Year(), "year",
		fmt.Sprintf("Year must be between %d and %d", firstYear, now.Year()))
	checks.Require(c.Track == nil || *c.Track >= 0 && *c.Track <= mostDiscs, "track", "Track must be between 1 and 9999")
	checks.Require(c.Disc == nil || *c.Disc >= 0 && *c.Disc <= mostDiscs, "disc", "Disc must be between 1 and 9999")
	return checks.Err()
}

func checkText(checks *fault.Checks, text *string, field string, limit int) {
	*text = clean(*text)
	name := strings.ToUpper(field[:1]) + field[1:]
	checks.Require(utf8.RuneCountInString(*text) <= limit, field, fmt.Sprintf("%s must be at most %d characters", name, limit))
}

// checkTexts names a single text as the field itself, one of several by its place. Empty ones go.
func checkTexts(checks *fault.Checks, texts *[]string, field string, limit int) {
	if texts == nil {
		return
	}
	list := *texts
	for i := range list {
		name := field
		if len(list) > 1 {
			name = fmt.Sprintf("%ss[%d]", field, i)
		}
		checkText(checks, &list[i], name, limit)
	}
	checks.Require(len(list) <= mostNames, field+"s", fmt.Sprintf("At most %d", mostNames))
	*texts = names(list, limit)
	if *texts == nil {
		*texts = []string{}
	}
}

// apply writes the changes into the draft. The album stays the same one, whatever it is known by, unless
// its name or its artist change.
func (c *Changes) apply(d *Draft) {
	if c.Title != nil {
		d.retitle(*c.Title)
	}
	set(&d.Year, c.Year)
	set(&d.Track, c.Track)
	set(&d.Disc, c.Disc)
	set(&d.Genres, c.Genres)
	if c.Cover != nil {
		d.setCover(*c.Cover)
	}
	if d.AlbumArtist == "" {
		d.setAlbumArtists(d.AlbumArtists)
	}
	album, albumArtist := d.Album, d.AlbumArtist
	c.applyArtists(d)
	set(&d.Album, c.Album)
	if d.AlbumKey == "" || library.Key(album) != library.Key(d.Album) || library.Key(albumArtist) != library.Key(d.AlbumArtist) {
		d.AlbumKey = d.albumKey()
	}
	if d.Album != "" {
		set(&d.AlbumKey, c.AlbumKey)
	}
}

func (c *Changes) applyArtists(d *Draft) {
	implied := c.impliedAlbumArtist(d)
	if c.Artists != nil {
		d.setArtists(*c.Artists)
	}
	if c.AlbumArtists != nil {
		d.Compilation = false
	}
	set(&d.Compilation, c.Compilation)
	if c.Compilation != nil && !*c.Compilation && c.AlbumArtists == nil && d.AlbumArtist == VariousArtists {
		implied = true
	}
	switch {
	case c.AlbumArtists != nil:
		d.setAlbumArtists(*c.AlbumArtists)
	case implied:
		d.setAlbumArtists(nil)
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
