package httpapi

import (
	"time"

	"hathor/internal/playlist"
)

type playlistView struct {
	ID          int64             `json:"id" minimum:"1"`
	Name        string            `json:"name"`
	Description string            `json:"description"`
	IsPublic    bool              `json:"isPublic"`
	Owner       playlistOwnerView `json:"owner"`
	Mine        bool              `json:"mine" doc:"The asking listener is the owner"`
	SongCount   int               `json:"songCount" doc:"Songs that the asking listener may hear"`
	Duration    float64           `json:"duration" doc:"Seconds, of these songs"`
	Revision    int64             `json:"revision" doc:"Grows with each edit"`
	CoverURLs   []string          `json:"coverUrls" nullable:"false" maxItems:"4" doc:"Different covers of the first songs"`
	CoverHue    int               `json:"coverHue"`
	CreatedAt   time.Time         `json:"createdAt"`
	UpdatedAt   time.Time         `json:"updatedAt"`
}

type playlistOwnerView struct {
	ID          int64  `json:"id" minimum:"1"`
	Username    string `json:"username"`
	DisplayName string `json:"displayName"`
}

// playlistSongView is a song with its place in a playlist.
type playlistSongView struct {
	SongView
	EntryID int64     `json:"entryId" minimum:"1" doc:"The place in the playlist; the same song may have several"`
	AddedAt time.Time `json:"addedAt"`
}

// playlistContentsView is what reading a playlist answers, and the state that a conflict carries.
type playlistContentsView struct {
	Playlist playlistView       `json:"playlist"`
	Songs    []playlistSongView `json:"songs" nullable:"false"`
	PageFields
}

type playlistPageView struct {
	Playlists []playlistView `json:"playlists" nullable:"false"`
	PageFields
}

func viewPlaylist(p playlist.Playlist) playlistView {
	v := playlistView{
		ID: int64(p.ID), Name: p.Name, Description: p.Description, IsPublic: p.Public, Mine: p.Mine,
		Owner:     playlistOwnerView{ID: int64(p.Owner.ID), Username: p.Owner.Username, DisplayName: p.Owner.DisplayName},
		SongCount: p.SongCount, Duration: seconds(p.Duration), Revision: p.Revision,
		CoverURLs: []string{}, CoverHue: greyHue, CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt,
	}
	for i, c := range p.Covers {
		v.CoverURLs = append(v.CoverURLs, *coverURL("songs", int64(c.Song), &c.Cover))
		if i == 0 {
			v.CoverHue = c.Cover.Hue
		}
	}
	return v
}

func viewPlaylistContents(c playlist.Contents) playlistContentsView {
	return playlistContentsView{
		Playlist: viewPlaylist(c.Playlist), PageFields: PageFields{c.Playlist.SongCount, writeCursor(c.Next)},
		Songs: each(c.Entries, func(e playlist.Entry) playlistSongView {
			return playlistSongView{SongView: viewSong(e.Song), EntryID: int64(e.ID), AddedAt: e.AddedAt}
		}),
	}
}
