// Package songs makes up a library of any size: what its songs are called, who plays them, on which albums they
// are, and where their files lie. The same number is always the same song, so a library of 10,000 songs is the
// beginning of one of 100,000, and two machines measure the same.
package songs

import (
	"fmt"
	"iter"
	"math/rand/v2"
)

// Format is the kind of a song's file.
type Format string

// The formats, in the mix that Library states.
const (
	CBR    Format = "cbr.mp3"
	VBR    Format = "vbr.mp3"
	FLAC   Format = "flac"
	AAC    Format = "m4a"
	Opus   Format = "opus"
	Vorbis Format = "ogg"
)

// Place is where an album's cover is.
type Place int

// The places: none, inside every file of the album, or as cover.jpg beside them.
const (
	Nowhere Place = iota
	Inside
	Beside
)

// Album is a record, with what its songs share.
type Album struct {
	Number      int // from 0
	Title       string
	Artist      string // of the album; empty where the files do not say
	Genre       string
	Year        int
	MBID        string // of the release, empty without one
	Compilation bool
	Discs       int
	Cover       Place
	Folder      string // below the library's folder, parted by "/"
	Format      Format
	songs       int
}

// Song is one file of the library. Empty texts and noughts are tags that the file does not have.
type Song struct {
	Number int // from 0
	Album  *Album
	Title  string
	Artist string // the text as it stands in the file; it may name a guest
	Genre  string
	Year   int
	Track  int
	Total  int // tracks of the disc
	Disc   int
	MBID   string // of the recording, empty without one
	Bare   bool   // the file has no tags at all
	Path   string // below the library's folder, parted by "/"
}

// Library lists the first songs of the library, album by album. Of a hundred albums, 40 are MP3 with a constant
// and 10 with a variable bit rate, 20 FLAC, 15 AAC, 8 Opus and 7 Vorbis. One in eight is a collection of several
// artists, one in twelve has two discs; 45 carry their cover in the files, 35 beside them, 20 have none.
func Library(count int) iter.Seq[Song] {
	return func(yield func(Song) bool) {
		number := 0
		for a := 0; number < count; a++ {
			album := albumOf(a)
			for i := range album.songs {
				if number == count || !yield(songOf(&album, i, number)) {
					return
				}
				number++
			}
		}
	}
}

// chance is a source of its own for each thing, so that none depends on how many came before.
func chance(kind, number int) *rand.Rand {
	return rand.New(rand.NewPCG(uint64(kind), uint64(number)*0x9e3779b97f4a7c15+1))
}

// Kinds of chance.
const (
	ofAlbum = iota + 1
	ofSong
	ofArtist
)

func albumOf(number int) Album {
	r := chance(ofAlbum, number)
	a := Album{Number: number, Discs: 1, songs: 6 + r.IntN(11), Year: 1955 + int(70*(1-r.Float64()*r.Float64()))}
	a.Format = formats[r.IntN(len(formats))]
	a.Title = title(r)
	a.Genre = genre(r)
	a.Artist = ArtistName(artistNumber(r, number))
	switch roll := r.IntN(24); {
	case roll < 3:
		a.Compilation, a.Artist = true, "Various Artists"
	case roll < 5:
		a.Discs, a.songs = 2, 2*a.songs
	case roll < 7:
		a.songs = 1 + r.IntN(4) // a single, an EP
	}
	switch roll := r.IntN(20); {
	case roll < 9:
		a.Cover = Inside
	case roll < 16:
		a.Cover = Beside
	}
	if r.IntN(2) == 0 {
		a.MBID = mbid(r)
	}
	a.Folder = fmt.Sprintf("%s/%s (%d) [%d]", fileName(a.Artist), fileName(a.Title), a.Year, number)
	return a
}

// formats is the mix, one entry for each part in a hundred.
var formats = mix(map[Format]int{CBR: 40, VBR: 10, FLAC: 20, AAC: 15, Opus: 8, Vorbis: 7}, CBR, VBR, FLAC, AAC, Opus, Vorbis)

func mix(parts map[Format]int, order ...Format) []Format {
	var all []Format
	for _, f := range order {
		for range parts[f] {
			all = append(all, f)
		}
	}
	return all
}

func songOf(a *Album, at, number int) Song {
	r := chance(ofSong, number)
	perDisc := (a.songs + a.Discs - 1) / a.Discs
	s := Song{
		Number: number, Album: a, Title: title(r), Artist: a.Artist, Genre: a.Genre, Year: a.Year,
		Disc: at/perDisc + 1, Track: at%perDisc + 1,
	}
	s.Total = min(perDisc, a.songs-(s.Disc-1)*perDisc)
	if a.Compilation {
		s.Artist = ArtistName(artistNumber(r, a.Number))
	}
	if r.IntN(20) == 0 {
		s.Artist += " feat. " + ArtistName(artistNumber(r, a.Number))
	}
	if a.MBID != "" {
		s.MBID = mbid(r)
	}
	s.forget(r)
	s.Path = s.path()
	return s
}

// forget leaves out tags, as real files do: one in fifty has none at all.
func (s *Song) forget(r *rand.Rand) {
	switch r.IntN(50) {
	case 0:
		s.Bare = true
	case 1:
		s.Year = 0
	case 2:
		s.Genre = ""
	case 3:
		s.Track, s.Total = 0, 0
	}
}

func (s *Song) path() string {
	ending := string(s.Album.Format)
	if s.Album.Format == CBR || s.Album.Format == VBR {
		ending = "mp3"
	}
	folder := s.Album.Folder
	if s.Album.Discs > 1 {
		folder += fmt.Sprintf("/CD %d", s.Disc)
	}
	return fmt.Sprintf("%s/%02d %s-%d.%s", folder, s.Track, fileName(s.Title), s.Number, ending)
}
