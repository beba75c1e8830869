package httpapi

import (
	"context"
	"net/http"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

// SongChanges is what a request may change; exported for huma, which reads embedded fields only then.
type SongChanges struct {
	Title         *string   `json:"title,omitempty" maxLength:"255"`
	Artist        *string   `json:"artist,omitempty" maxLength:"255" doc:"Empty takes it away"`
	Artists       *[]string `json:"artists,omitempty" maxItems:"50" doc:"Several, in their order; not together with artist"`
	Album         *string   `json:"album,omitempty" maxLength:"255" doc:"Empty takes the song off its album"`
	AlbumArtist   *string   `json:"albumArtist,omitempty" maxLength:"255" doc:"Empty follows the artist"`
	AlbumArtists  *[]string `json:"albumArtists,omitempty" maxItems:"50" doc:"Several, in their order; not together with albumArtist"`
	Genre         *string   `json:"genre,omitempty" maxLength:"50" doc:"Instead of all genres; empty takes them away"`
	Genres        *[]string `json:"genres,omitempty" maxItems:"50" doc:"Instead of all genres; not together with genre"`
	Year          *int      `json:"year,omitempty" doc:"From 1900 to this year; 0 takes it away"`
	Track         *int      `json:"track,omitempty" minimum:"0" maximum:"9999"`
	Disc          *int      `json:"disc,omitempty" minimum:"0" maximum:"9999"`
	IsCompilation *bool     `json:"isCompilation,omitempty"`
}

// changes prefers the list where both a text and a list are given.
func (b SongChanges) changes() ingest.Changes {
	return ingest.Changes{
		Title: b.Title, Artists: listOr(b.Artists, b.Artist), Album: b.Album, AlbumArtists: listOr(b.AlbumArtists, b.AlbumArtist),
		Genres: listOr(b.Genres, b.Genre), Year: b.Year, Track: b.Track, Disc: b.Disc, Compilation: b.IsCompilation,
	}
}

func listOr(list *[]string, one *string) *[]string {
	if list == nil && one != nil {
		return &[]string{*one}
	}
	return list
}

type editSongInput struct {
	IDInput
	Body struct {
		SongChanges
		Clear []string `json:"clear,omitempty" maxItems:"20" doc:"Fields that go back to what the file says"`
	}
}

type editedSongView struct {
	Song   SongView `json:"song"`
	EditID *int64   `json:"editId" doc:"To take it back by; null when nothing changed"`
}

type editSongsInput struct {
	Body struct {
		IDs   []int64     `json:"ids" minItems:"1" maxItems:"500"`
		Set   SongChanges `json:"set,omitempty" doc:"What all of them get"`
		Clear []string    `json:"clear,omitempty" maxItems:"20" doc:"Fields that go back to what the files say: title, artists, album, albumArtists, genres, year, track, disc, isCompilation, cover"`
	}
}

type editedSongsView struct {
	Songs  []SongView `json:"songs"`
	EditID *int64     `json:"editId" doc:"To take it back by; null when nothing changed"`
}

func registerSongEdits(a *api, s Services) {
	u := &uploads{ingest: s.Ingest, catalogue: catalogue{s.Library}}
	register(a, operation{
		id: "editSong", method: http.MethodPatch, path: "/songs/{id}", access: SignedIn, tag: "Songs",
		summary: "Change a song, as its uploader or an admin", errors: []int{http.StatusForbidden, http.StatusNotFound},
	}, u.edit)
	register(a, operation{
		id: "editSongs", method: http.MethodPatch, path: "/songs", access: SignedIn, tag: "Songs",
		summary: "Change many songs at once, as their uploader or an admin: all or none", errors: []int{http.StatusForbidden, http.StatusNotFound},
	}, u.editMany)
	register(a, operation{
		id: "deleteSong", method: http.MethodDelete, path: "/songs/{id}", access: SignedIn, tag: "Songs", status: http.StatusNoContent,
		summary: "Delete an upload, as its uploader or an admin", errors: []int{http.StatusForbidden, http.StatusNotFound, http.StatusConflict},
	}, u.remove)
}

func (u *uploads) edit(ctx context.Context, in *editSongInput) (*answer[editedSongView], error) {
	scope, err := u.scope(ctx)
	if err != nil {
		return nil, err
	}
	id := library.SongID(in.ID)
	done, err := u.ingest.Edit(ctx, identity(ctx), scope, []library.SongID{id}, in.Body.changes(), typedFields(in.Body.Clear))
	if err != nil {
		return nil, err
	}
	song, err := u.library.Song(ctx, scope, id)
	if err != nil {
		return nil, err
	}
	return &answer[editedSongView]{editedSongView{viewSong(song), optional(int64(done.ID))}}, nil
}

func (u *uploads) editMany(ctx context.Context, in *editSongsInput) (*answer[editedSongsView], error) {
	scope, err := u.scope(ctx)
	if err != nil {
		return nil, err
	}
	ids := songIDs(in.Body.IDs)
	done, err := u.ingest.Edit(ctx, identity(ctx), scope, ids, in.Body.Set.changes(), typedFields(in.Body.Clear))
	if err != nil {
		return nil, err
	}
	return u.edited(ctx, scope, ids, done)
}

// edited answers songs as they are after an edit.
func (u *uploads) edited(ctx context.Context, scope library.Scope, ids []library.SongID, done ingest.Edited) (*answer[editedSongsView], error) {
	songs, err := u.library.Songs(ctx, scope, ids)
	if err != nil {
		return nil, err
	}
	return &answer[editedSongsView]{editedSongsView{each(songs, viewSong), optional(int64(done.ID))}}, nil
}

func typedFields(names []string) []ingest.Field {
	return each(names, func(name string) ingest.Field { return ingest.Field(name) })
}

func (u *uploads) remove(ctx context.Context, in *IDInput) (*struct{}, error) {
	scope, err := u.scope(ctx)
	if err != nil {
		return nil, err
	}
	return nil, u.ingest.Delete(ctx, identity(ctx), scope, library.SongID(in.ID))
}
