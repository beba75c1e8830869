package ingest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"hathor/internal/library"
)

// Field is something of a song that people can change, by its name in Changes.
type Field string

// The fields that rules here speak of; the others are only carried.
const (
	fieldCover    Field = "cover"
	fieldAlbumKey Field = "albumKey"
)

// clearable are the fields that can be given back to the file.
var clearable = []Field{"title", "artists", "album", "albumArtists", "genres", "year", "track", "disc", "isCompilation", fieldCover}

// ofAlbum are the fields that say which album a song is on.
var ofAlbum = []Field{"album", "albumArtists", "isCompilation"}

// Overlay is what people chose for a song, as JSON by field. It is laid over what the file says.
type Overlay map[Field]string

// overlay is the changes as they are kept.
func (c Changes) overlay() (Overlay, error) {
	text, err := json.Marshal(c)
	if err != nil {
		return nil, fmt.Errorf("encode changes: %w", err)
	}
	var fields map[Field]json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil {
		return nil, fmt.Errorf("encode changes: %w", err)
	}
	o := make(Overlay, len(fields))
	for field, value := range fields {
		o[field] = string(value)
	}
	return o, nil
}

func (o Overlay) changes() (c Changes, err error) {
	fields := make(map[Field]json.RawMessage, len(o))
	for field, value := range o {
		fields[field] = json.RawMessage(value)
	}
	text, err := json.Marshal(fields)
	if err != nil {
		return c, fmt.Errorf("decode edits: %w", err)
	}
	if err := json.Unmarshal(text, &c); err != nil {
		return c, fmt.Errorf("decode edits: %w", err)
	}
	return c, nil
}

// Compose turns the draft of a file into what the catalogue shows: people's choices over it, then the
// artists that rules name.
func (d *Draft) Compose(o Overlay, rules Rules, known ArtistKeys) error {
	if len(o) > 0 {
		c, err := o.changes()
		if err != nil {
			return err
		}
		c.apply(d)
	}
	d.follow(rules, known)
	return nil
}

// Origin is what a file says of its song, kept beside songs that show something else.
type Origin struct {
	Title     string   `json:"title"`
	Artist    string   `json:"artist"`
	Artists   []string `json:"artists"`
	Featured  []string `json:"featured,omitempty"`
	Remixers  []string `json:"remixers,omitempty"`
	Composers []string `json:"composers,omitempty"`
	// MBIDs are those of the artists, by library.Key of their names.
	MBIDs        map[string]string `json:"artistMbids,omitempty"`
	Album        string            `json:"album"`
	AlbumArtist  string            `json:"albumArtist"`
	AlbumArtists []string          `json:"albumArtists"`
	AlbumKey     string            `json:"albumKey"`
	Compilation  bool              `json:"isCompilation"`
	Kind         library.AlbumKind `json:"albumKind,omitempty"`
	Genres       []string          `json:"genres"`
	Year         int               `json:"year"`
	Track        int               `json:"track"`
	Disc         int               `json:"disc"`
	Cover        string            `json:"cover"` // hash
}

// Origin is what the draft says now.
func (d *Draft) Origin() Origin {
	o := Origin{
		Title: d.Title, Artist: d.Artist, Artists: d.Artists, Album: d.Album, AlbumArtist: d.AlbumArtist,
		AlbumArtists: d.AlbumArtists, AlbumKey: d.AlbumKey, Compilation: d.Compilation, Genres: d.Genres,
		Year: d.Year, Track: d.Track, Disc: d.Disc, Featured: d.Featured, Remixers: d.Remixers, Composers: d.Composers,
		MBIDs: d.MBIDs, Kind: d.Kind,
	}
	if d.Cover != nil {
		o.Cover = d.Cover.Hash
	}
	return o
}

// Return gives the draft back what the file says.
func (d *Draft) Return(o Origin) {
	d.Title, d.Artist, d.Artists, d.Album = o.Title, o.Artist, o.Artists, o.Album
	d.AlbumArtist, d.AlbumArtists, d.AlbumKey, d.Compilation = o.AlbumArtist, o.AlbumArtists, o.AlbumKey, o.Compilation
	d.Genres, d.Year, d.Track, d.Disc = o.Genres, o.Year, o.Track, o.Disc
	d.Featured, d.Remixers, d.Composers, d.MBIDs, d.Kind = o.Featured, o.Remixers, o.Composers, o.MBIDs, o.Kind
	d.setCover(o.Cover)
}

// setCover takes a picture that is kept already, or none.
func (d *Draft) setCover(hash string) {
	d.Cover = nil
	if hash != "" {
		d.Cover = &Cover{Hash: hash}
	}
}

// Overlay is what the file says as choices of the same: what an edit goes back to once the file says
// something else.
func (o Origin) Overlay() (Overlay, error) {
	var said Draft
	said.Return(o)
	artists, albumArtists, genres := said.texts(), o.AlbumArtists, o.Genres
	return Changes{
		Title: &o.Title, Artists: &artists, Album: &o.Album, AlbumArtists: &albumArtists, Genres: &genres, Year: &o.Year,
		Track: &o.Track, Disc: &o.Disc, Compilation: &o.Compilation, Cover: &o.Cover,
	}.overlay()
}

// KeyOverlay keeps a song on the album of the key, whatever its file says.
func KeyOverlay(albumKey string) (Overlay, error) { return Changes{AlbumKey: &albumKey}.overlay() }

// Same tells whether both say the same.
func (o Origin) Same(p Origin) bool {
	return slices.Equal(o.Artists, p.Artists) && slices.Equal(o.AlbumArtists, p.AlbumArtists) &&
		slices.Equal(o.Featured, p.Featured) && slices.Equal(o.Remixers, p.Remixers) && slices.Equal(o.Composers, p.Composers) &&
		slices.Equal(o.Genres, p.Genres) && maps.Equal(o.MBIDs, p.MBIDs) && o.texts() == p.texts()
}

// texts is all of it that can be compared at once.
func (o Origin) texts() [11]any {
	return [11]any{o.Kind, o.Title, o.Artist, o.Album, o.AlbumArtist, o.AlbumKey, o.Compilation, o.Year, o.Track, o.Disc, o.Cover}
}
