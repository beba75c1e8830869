// Package mediatest makes real, playable, tagged audio and pictures in plain Go, for the tests of the
// packages that take such files in. It needs no ffmpeg, and the same arguments give the same bytes.
package mediatest

import (
	"fmt"
	"strconv"
)

// Tags is what a made file says about itself; the zero value gives a file without tags.
type Tags struct {
	Title        string
	Artists      []string
	AlbumArtists []string
	Album        string
	Genres       []string
	Track        int
	TrackTotal   int
	Disc         int
	DiscTotal    int
	Date         string // "2021", "2021-05" or "2021-05-17"
	Compilation  bool
	TitleSort    string
	ArtistSort   string
	AlbumSort    string
	TrackMBID    string
	AlbumMBID    string
	TrackGain    string // as taggers write it: "-6.20 dB"
	Lyrics       string
	Picture      []byte            // front cover, its bytes
	Extra        map[string]string // by Vorbis name; TXXX in ID3
}

// names pairs each frame of ID3v2.4 with the Vorbis name and the values of the tags.
func (t Tags) names() []named {
	return []named{
		{"TIT2", "TITLE", one(t.Title)},
		{"TPE1", "ARTIST", t.Artists},
		{"TPE2", "ALBUMARTIST", t.AlbumArtists},
		{"TALB", "ALBUM", one(t.Album)},
		{"TCON", "GENRE", t.Genres},
		{"TRCK", "TRACKNUMBER", one(partOf(t.Track, t.TrackTotal))},
		{"TPOS", "DISCNUMBER", one(partOf(t.Disc, t.DiscTotal))},
		{"TDRC", "DATE", one(t.Date)},
		{"TCMP", "COMPILATION", one(flag(t.Compilation))},
		{"TSOT", "TITLESORT", one(t.TitleSort)},
		{"TSOP", "ARTISTSORT", one(t.ArtistSort)},
		{"TSOA", "ALBUMSORT", one(t.AlbumSort)},
		{"", "MUSICBRAINZ_TRACKID", one(t.TrackMBID)},
		{"", "MUSICBRAINZ_ALBUMID", one(t.AlbumMBID)},
		{"", "REPLAYGAIN_TRACK_GAIN", one(t.TrackGain)},
		{"USLT", "LYRICS", one(t.Lyrics)},
	}
}

type named struct {
	frame  string // ID3v2.4, empty when it goes into a TXXX
	name   string // Vorbis comment
	values []string
}

func one(value string) []string {
	if value == "" {
		return nil
	}
	return []string{value}
}

func flag(set bool) string {
	if set {
		return "1"
	}
	return ""
}

func partOf(number, total int) string {
	if number == 0 {
		return ""
	}
	if total == 0 {
		return strconv.Itoa(number)
	}
	return fmt.Sprintf("%d/%d", number, total)
}
