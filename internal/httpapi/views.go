package httpapi

import (
	"fmt"
	"math"
	"time"

	"hathor/internal/library"
)

// SongView is a song as every route answers it; exported for huma, which reads embedded fields only then. Names and units are the contract's.
type SongView struct {
	ID         int64        `json:"id" minimum:"1"`
	Title      string       `json:"title"`
	Artist     string       `json:"artist" doc:"As it is shown: all names joined"`
	Album      string       `json:"album"`
	AlbumID    *int64       `json:"albumId"`
	Artists    []creditView `json:"artists"`
	Duration   float64      `json:"duration" doc:"Seconds"`
	Genre      string       `json:"genre" doc:"The first of the genres, empty without"`
	Genres     []string     `json:"genres"`
	Year       *int         `json:"year"`
	Track      *int         `json:"track"`
	Disc       *int         `json:"disc"`
	BitRate    int          `json:"bitRate" doc:"kbit/s"`
	SampleRate int          `json:"sampleRate" doc:"Hz"`
	Channels   int          `json:"channels"`
	BitDepth   *int         `json:"bitDepth" doc:"Bits a sample, null for lossy codecs"`
	Format     string       `json:"format" enum:"mp3,flac,ogg,opus,m4a,alac,wav,aiff,wv,ape,wma,mpc,tta,dsd,webm"`
	Size       int64        `json:"size" doc:"Bytes"`
	CoverURL   *string      `json:"coverUrl" doc:"Relative to the server; takes size"`
	CoverHue   int          `json:"coverHue" doc:"Degrees (OKLCH) that a page lends from the cover"`
	LibraryID  int64        `json:"libraryId"`
	UploadedBy *int64       `json:"uploadedBy"`
	CreatedAt  time.Time    `json:"createdAt"`
	Missing    bool         `json:"missing" doc:"The file is gone from its folder"`
	Liked      bool         `json:"liked"`
	Rating     int          `json:"rating" minimum:"0" maximum:"5"`
	Plays      int          `json:"plays" doc:"The asking listener's own"`
	LastPlayed *time.Time   `json:"lastPlayed"`
}

type creditView struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
	Role string `json:"role" enum:"artist,albumArtist,featured,remixer,composer"`
}

type albumView struct {
	ID            int64        `json:"id" minimum:"1"`
	Title         string       `json:"title"`
	Artist        string       `json:"artist"`
	Artists       []creditView `json:"artists"`
	Year          *int         `json:"year"`
	SongCount     int          `json:"songCount"`
	Duration      float64      `json:"duration" doc:"Seconds"`
	CoverURL      *string      `json:"coverUrl"`
	CoverHue      int          `json:"coverHue"`
	Genres        []string     `json:"genres"`
	IsCompilation bool         `json:"isCompilation"`
	Kind          string       `json:"kind" enum:"album,ep,single,compilation,live,soundtrack,other"`
	LibraryID     int64        `json:"libraryId"`
	CreatedAt     time.Time    `json:"createdAt"`
	Liked         bool         `json:"liked"`
	Rating        int          `json:"rating"`
	Plays         int          `json:"plays" doc:"Of its songs, the asking listener's own"`
}

type artistView struct {
	ID         int64   `json:"id" minimum:"1"`
	Name       string  `json:"name"`
	SortName   string  `json:"sortName"`
	AlbumCount int     `json:"albumCount"`
	SongCount  int     `json:"songCount"`
	CoverURL   *string `json:"coverUrl"`
	CoverHue   int     `json:"coverHue"`
	Liked      bool    `json:"liked"`
	Rating     int     `json:"rating"`
	Plays      int     `json:"plays" doc:"Of the artist's songs, the asking listener's own"`
}

// greyHue is the hue of a page whose song has no cover, or a grey one.
const greyHue = 70

func viewSong(s library.Song) SongView {
	v := SongView{
		ID: int64(s.ID), Title: s.Title, Artist: s.Artist, Album: s.Album, AlbumID: optional(int64(s.AlbumID)),
		Artists: viewCredits(s.Artists), Duration: seconds(s.Duration), Genres: orEmpty(s.Genres),
		Year: optional(s.Year), Track: optional(s.Track), Disc: optional(s.Disc),
		BitRate: s.BitRate, SampleRate: s.SampleRate, Channels: s.Channels, BitDepth: optional(s.BitDepth),
		Format: string(s.Format), Size: s.Size, CoverHue: hueOf(s.Cover),
		CoverURL:  coverURL("songs", int64(s.ID), s.Cover),
		LibraryID: int64(s.LibraryID), UploadedBy: optional(int64(s.UploadedBy)), CreatedAt: s.CreatedAt,
		Missing: s.Missing, Liked: s.Liked, Rating: s.Rating, Plays: s.Plays, LastPlayed: known(s.LastPlayed),
	}
	if len(s.Genres) > 0 {
		v.Genre = s.Genres[0]
	}
	return v
}

func viewAlbum(a library.Album) albumView {
	return albumView{
		ID: int64(a.ID), Title: a.Title, Artist: a.Artist, Artists: viewCredits(a.Artists), Year: optional(a.Year),
		SongCount: a.SongCount, Duration: seconds(a.Duration), CoverURL: coverURL("albums", int64(a.ID), a.Cover),
		CoverHue: hueOf(a.Cover), Genres: orEmpty(a.Genres), IsCompilation: a.IsCompilation, Kind: string(a.Kind),
		LibraryID: int64(a.LibraryID), CreatedAt: a.CreatedAt, Liked: a.Liked, Rating: a.Rating, Plays: a.Plays,
	}
}

func viewArtist(a library.Artist) artistView {
	return artistView{
		ID: int64(a.ID), Name: a.Name, SortName: a.SortName, AlbumCount: a.AlbumCount, SongCount: a.SongCount,
		CoverURL: coverURL("artists", int64(a.ID), a.Cover), CoverHue: hueOf(a.Cover),
		Liked: a.Liked, Rating: a.Rating, Plays: a.Plays,
	}
}

func viewCredits(credits []library.Credit) []creditView {
	return each(credits, func(c library.Credit) creditView {
		return creditView{ID: int64(c.ID), Name: c.Name, Role: string(c.Role)}
	})
}

// coverURL names the picture's content, so that a browser may keep it for ever.
func coverURL(kind string, id int64, c *library.Cover) *string {
	if c == nil {
		return nil
	}
	url := fmt.Sprintf("/api/%s/%d/cover?v=%s", kind, id, c.Hash[:12])
	return &url
}

func hueOf(c *library.Cover) int {
	if c == nil {
		return greyHue
	}
	return c.Hue
}

// seconds keeps milliseconds: 187.204.
func seconds(d time.Duration) float64 { return math.Round(d.Seconds()*1000) / 1000 }

// optional is null for what is not known.
func optional[T int | int64](n T) *T {
	if n == 0 {
		return nil
	}
	return &n
}

// known is null for a moment that has not come.
func known(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func each[A, B any](list []A, view func(A) B) []B {
	out := make([]B, len(list))
	for i, a := range list {
		out[i] = view(a)
	}
	return out
}
