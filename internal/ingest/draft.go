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
	Featured     []string // guests
	Remixers     []string
	Composers    []string
	MBIDs        map[string]string // ids of artists, by library.Key of their names
	ArtistSort   string            // of the only artist, empty when the file has none
	Album        string            // empty without an album
	AlbumArtist  string            // as it is shown
	AlbumArtists []string
	AlbumSort    string            // of the only album artist, as ArtistSort
	AlbumKey     string            // what makes it this album within its library
	Kind         library.AlbumKind // empty where the file does not say
	ReleaseGroup string            // MusicBrainz' id
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
	ContentHash  []byte          // SHA-256 of the whole file; a scan does not read that much and leaves it empty
	Sound        []byte          // soundKey: equal for equal audio, whatever the tags say
	Details      library.Details // of the file, whatever people chose
	Lyrics       library.Lyrics
}

// Cover is a checked picture by the hash of its bytes (SHA-256, hexadecimal).
type Cover struct {
	Hash string
	Picture
}

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
	d.Remixers, d.Composers = names(t.Remixers, longestText), names(t.Composers, longestText)
	d.ArtistSort, d.AlbumSort = cut(t.ArtistSort, longestText), cut(t.AlbumArtistSort, longestText)
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
	d.describeAlbum(t)
	artists, guests := creditsOf(names(t.Artists, longestText))
	d.identify(slices.Concat(artists, guests), t.ArtistMBIDs)
	d.Details, d.Lyrics = detailsOf(t), lyricsOf(t)
}

func (d *Draft) describeAlbum(t Tags) {
	d.setAlbumArtists(t.AlbumArtists)
	d.identify(d.AlbumArtists, t.AlbumArtistMBIDs)
	if len(t.AlbumArtistMBIDs) == 1 && mbid(t.AlbumArtistMBIDs[0]) == variousMBID {
		d.setAlbumArtists([]string{VariousArtists})
	}
	d.AlbumKey = d.albumKey()
	if t.AlbumMBID != "" && d.Album != "" {
		d.AlbumKey = "mbid:" + strings.ToLower(t.AlbumMBID)
	}
	d.Kind, d.ReleaseGroup = kindOf(t.ReleaseTypes), mbid(t.ReleaseGroupMBID)
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
	artists := append(append([]string{d.Artist}, d.Artists...), d.Featured...)
	return library.SearchText(d.Title, strings.Join(append(artists, d.AlbumArtist), " "), d.Album)
}

// sameWork tells whether both are called the same: title, artist and album.
func (d *Draft) sameWork(o Twin) bool {
	return library.Key(d.Title) == o.TitleKey && library.Key(d.Artist) == o.ArtistKey && library.Key(d.Album) == o.AlbumKey
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
