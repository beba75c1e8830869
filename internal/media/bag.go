package media

import (
	"slices"
	"strings"
)

// field is what a tag is about, whatever its format calls it. The words are those of Vorbis comments.
type field string

const (
	title           field = "TITLE"
	artist          field = "ARTIST"
	artists         field = "ARTISTS"
	albumArtist     field = "ALBUMARTIST"
	albumArtists    field = "ALBUMARTISTS"
	album           field = "ALBUM"
	genre           field = "GENRE"
	trackNumber     field = "TRACKNUMBER"
	trackTotal      field = "TRACKTOTAL"
	discNumber      field = "DISCNUMBER"
	discTotal       field = "DISCTOTAL"
	date            field = "DATE"
	dayMonth        field = "DAYMONTH" // "DDMM", of ID3v2.3
	releaseDate     field = "RELEASEDATE"
	originalDate    field = "ORIGINALDATE"
	compilation     field = "COMPILATION"
	titleSort       field = "TITLESORT"
	artistSort      field = "ARTISTSORT"
	albumSort       field = "ALBUMSORT"
	albumArtistSort field = "ALBUMARTISTSORT"
	trackMBID       field = "MUSICBRAINZ_TRACKID"
	albumMBID       field = "MUSICBRAINZ_ALBUMID"
	artistMBID      field = "MUSICBRAINZ_ARTISTID"
	trackGain       field = "REPLAYGAIN_TRACK_GAIN"
	trackPeak       field = "REPLAYGAIN_TRACK_PEAK"
	albumGain       field = "REPLAYGAIN_ALBUM_GAIN"
	albumPeak       field = "REPLAYGAIN_ALBUM_PEAK"
	r128TrackGain   field = "R128_TRACK_GAIN"
	r128AlbumGain   field = "R128_ALBUM_GAIN"
	lyrics          field = "LYRICS"
	syncedLyrics    field = "SYNCEDLYRICS"
	composer        field = "COMPOSER"
	remixer         field = "REMIXER"
	groupMBID       field = "MUSICBRAINZ_RELEASEGROUPID"
	albumArtistMBID field = "MUSICBRAINZ_ALBUMARTISTID"
	releaseType     field = "RELEASETYPE"
)

// fieldNames are the free names under which taggers of every format write the fields, squeezed by fold.
var fieldNames = map[string]field{
	"TITLE": title, "ARTIST": artist, "ARTISTS": artists, "ALBUM": album, "GENRE": genre,
	"ALBUMARTIST": albumArtist, "ALBUMARTISTS": albumArtists,
	"TRACKNUMBER": trackNumber, "TRACK": trackNumber, "TRACKTOTAL": trackTotal, "TOTALTRACKS": trackTotal,
	"DISCNUMBER": discNumber, "DISC": discNumber, "DISCTOTAL": discTotal, "TOTALDISCS": discTotal,
	"DATE": date, "YEAR": date, "RELEASEDATE": releaseDate,
	"ORIGINALDATE": originalDate, "ORIGINALYEAR": originalDate, "ORIGINALRELEASEDATE": originalDate,
	"COMPILATION": compilation, "TITLESORT": titleSort, "ARTISTSORT": artistSort, "ALBUMSORT": albumSort,
	"ALBUMARTISTSORT": albumArtistSort, "MUSICBRAINZTRACKID": trackMBID, "MUSICBRAINZALBUMID": albumMBID,
	"MUSICBRAINZARTISTID": artistMBID, "REPLAYGAINTRACKGAIN": trackGain, "REPLAYGAINTRACKPEAK": trackPeak,
	"REPLAYGAINALBUMGAIN": albumGain, "REPLAYGAINALBUMPEAK": albumPeak, "R128TRACKGAIN": r128TrackGain,
	"R128ALBUMGAIN": r128AlbumGain, "LYRICS": lyrics, "UNSYNCEDLYRICS": lyrics, "SYNCEDLYRICS": syncedLyrics,
	"COMPOSER": composer, "REMIXER": remixer, "MIXARTIST": remixer, "RELEASETYPE": releaseType,
	"MUSICBRAINZRELEASEGROUPID": groupMBID, "MUSICBRAINZALBUMARTISTID": albumArtistMBID,
	"MUSICBRAINZALBUMTYPE": releaseType,
}

// fieldOf finds the field of a free name: case, spaces and underscores are written as taggers like.
func fieldOf(name string) (field, bool) {
	if len(name) > 64 {
		return "", false
	}
	f, ok := fieldNames[fold.Replace(strings.ToUpper(name))]
	return f, ok
}

var fold = strings.NewReplacer(" ", "", "_", "", "-", "")

// bag collects the values of one tag, in the tag's order.
type bag struct {
	values  map[field][]string
	count   int
	picture pictures
}

// add takes a value under a field. Values are cleaned here, and nowhere else.
func (b *bag) add(f field, text string) {
	if b.count++; b.count > maxFrames {
		return
	}
	value := line(text)
	if f == lyrics || f == syncedLyrics {
		value = paragraphs(text)
	}
	if value == "" {
		return
	}
	if b.values == nil {
		b.values = make(map[field][]string, 24)
	}
	b.values[f] = append(b.values[f], value)
}

func (b *bag) addAll(f field, values []string) {
	for _, v := range values {
		b.add(f, v)
	}
}

// fill takes from other what b does not have: the better tag of a file comes first.
func (b *bag) fill(other bag) {
	for f, values := range other.values {
		if len(b.values[f]) == 0 {
			if b.values == nil {
				b.values = make(map[field][]string, len(other.values))
			}
			b.values[f] = values
		}
	}
	b.picture.fill(other.picture)
}

func (b *bag) first(fields ...field) string {
	for _, f := range fields {
		if values := b.values[f]; len(values) > 0 {
			return values[0]
		}
	}
	return ""
}

// list gives the values of the first field that has any, each once.
func (b *bag) list(fields ...field) []string {
	for _, f := range fields {
		if len(b.values[f]) > 0 {
			return distinct(b.values[f])
		}
	}
	return nil
}

func distinct(values []string) []string {
	var kept []string
	for _, v := range values {
		if !slices.Contains(kept, v) {
			kept = append(kept, v)
		}
		if len(kept) == maxValues {
			break
		}
	}
	return kept
}

// maxValues bounds the names and genres of one song; the most there are is a choir's worth.
const maxValues = 200
