package ingest

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"hathor/internal/account"
	"hathor/internal/library"
)

// Draft is a song as it is written: everything the catalogue keeps of it.
type Draft struct {
	ID           library.SongID // 0 for a new song
	Library      library.ID
	Title        string
	Artist       string // as it is shown
	Artists      []string
	ArtistSort   string // of the first artist, empty when the file has none
	Album        string // empty without an album
	AlbumArtist  string // as it is shown
	AlbumArtists []string
	AlbumKey     string // what makes it this album within its library
	Compilation  bool
	Genres       []string
	Year         int
	Track        int
	Disc         int
	Audio        Audio
	Size         int64
	Cover        *Cover
	UploadedBy   account.UserID // 0 for songs of a folder
	Quota        Quota          // of UploadedBy, which Add holds the song against
	ObjectKey    string         // of an upload
	Path         string         // of a folder's song, below the library's folder, parted by "/"
	ModifiedAt   time.Time
	ContentHash  []byte // SHA-256 of the whole file; a scan does not read that much and leaves it empty
	Sound        []byte // soundKey: equal for equal audio, whatever the tags say
}

// Cover is a checked picture by the hash of its bytes (SHA-256, hexadecimal).
type Cover struct {
	Hash string
	Picture
}

// VariousArtists is the album artist of a compilation whose files name none.
const VariousArtists = "Various Artists"

// Longest texts that are kept, in characters; longer ones of a file are cut.
const (
	longestText  = 255
	longestGenre = 50
	mostNames    = 50 // artists or genres of one file
)

// describe fills what the tags say into the draft; fallback is the title of a file that has none.
func (d *Draft) describe(t Tags, fallback string) {
	d.Title = cut(t.Title, longestText)
	if d.Title == "" {
		d.Title = cut(fallback, longestText)
	}
	d.setArtists(t.Artists)
	d.ArtistSort = cut(t.ArtistSort, longestText)
	d.Genres = names(t.Genres, longestGenre)
	d.Year, d.Track, d.Disc = t.Year, t.Track, t.Disc
	d.Compilation = t.Compilation
	d.Album = cut(t.Album, longestText)
	if title, disc := discOf(d.Album); disc > 0 {
		d.Album = title
		if d.Disc == 0 {
			d.Disc = disc
		}
	}
	d.setAlbumArtists(t.AlbumArtists)
	d.AlbumKey = d.albumKey()
	if t.AlbumMBID != "" && d.Album != "" {
		d.AlbumKey = "mbid:" + strings.ToLower(t.AlbumMBID)
	}
}

// setArtists sets the shown text and the credits. One text such as "A feat. B" is shown as it stands and
// credits both.
func (d *Draft) setArtists(artists []string) {
	shown := names(artists, longestText)
	d.Artist = cut(strings.Join(shown, ", "), longestText)
	d.Artists = shown
	if len(shown) == 1 {
		d.Artists = splitFeatured(shown[0])
	}
}

// setAlbumArtists falls back on "Various Artists" for a compilation, then on the song's first artist.
func (d *Draft) setAlbumArtists(artists []string) {
	d.AlbumArtists = names(artists, longestText)
	switch {
	case len(d.AlbumArtists) > 0:
	case d.Compilation:
		d.AlbumArtists = []string{VariousArtists}
	case len(d.Artists) > 0:
		d.AlbumArtists = d.Artists[:1]
	}
	if len(d.AlbumArtists) == 1 && library.Key(d.AlbumArtists[0]) == library.Key(VariousArtists) {
		d.Compilation, d.AlbumArtists = true, []string{VariousArtists}
	}
	d.AlbumArtist = cut(strings.Join(d.AlbumArtists, ", "), longestText)
}

// albumKey tells albums of one library apart where no release id does: by who made it and what it is
// called. The year is no part of it, because the songs of a collection carry their own.
func (d *Draft) albumKey() string {
	if d.Album == "" {
		return ""
	}
	return albumKeyOf(library.Key(d.AlbumArtist), library.Key(d.Album))
}

// albumKeyOf is the key by folded names.
func albumKeyOf(artist, title string) string { return artist + "\x1f" + title }

// SearchText is what a search for the song looks into.
func (d *Draft) SearchText() string {
	return library.SearchText(d.Title, d.Artist+" "+strings.Join(d.Artists, " ")+" "+d.AlbumArtist, d.Album)
}

// sameWork tells whether both are called the same: title, artist and album.
func (d *Draft) sameWork(o Twin) bool {
	return library.Key(d.Title) == o.TitleKey && library.Key(d.Artist) == o.ArtistKey && library.Key(d.Album) == o.AlbumKey
}

var featured = regexp.MustCompile(`(?i)\s+[(\[]?(?:feat\.?|ft\.?|featuring)\s+`)

// splitFeatured takes guests out of an artist's text. It is careful: "&", "and", "with" and "/" are parts
// of too many names to part them.
func splitFeatured(artist string) []string {
	at := featured.FindStringIndex(artist)
	if at == nil || at[0] == 0 {
		return []string{artist}
	}
	guest := artist[at[1]:]
	if strings.ContainsAny(artist[at[0]:at[1]], "([") {
		guest = strings.TrimRight(guest, ")]")
	}
	return names([]string{artist[:at[0]], guest}, longestText)
}

var discSuffix = regexp.MustCompile(`(?i)\s*[(\[](?:disc|disk|cd)\s*(\d{1,2})[)\]]$`)

// discOf takes "(Disc 2)" off an album's title, so that its discs are one album.
func discOf(album string) (title string, disc int) {
	m := discSuffix.FindStringSubmatchIndex(album)
	if m == nil || m[0] == 0 {
		return album, 0
	}
	disc, _ = strconv.Atoi(album[m[2]:m[3]]) // two digits always fit
	return album[:m[0]], disc
}

// names are the texts without empty ones and doubles, each cut to the limit.
func names(texts []string, limit int) []string {
	var out, keys []string
	for _, text := range texts {
		text = cut(text, limit)
		if key := library.Key(text); key != "" && !slices.Contains(keys, key) && len(out) < mostNames {
			out, keys = append(out, text), append(keys, key)
		}
	}
	return out
}

// cut keeps the first characters of a trimmed text.
func cut(text string, limit int) string {
	text = strings.TrimSpace(text)
	if len(text) <= limit {
		return text
	}
	runes := []rune(text)
	return strings.TrimSpace(string(runes[:min(limit, len(runes))]))
}
