package httpapi

import (
	"context"
	"net/http"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

type editSongInput struct {
	IDInput
	Body struct {
		Title       *string `json:"title,omitempty" maxLength:"255"`
		Artist      *string `json:"artist,omitempty" maxLength:"255" doc:"Empty takes it away"`
		Album       *string `json:"album,omitempty" maxLength:"255" doc:"Empty takes the song off its album"`
		AlbumArtist *string `json:"albumArtist,omitempty" maxLength:"255" doc:"Empty follows the artist"`
		Genre       *string `json:"genre,omitempty" maxLength:"50" doc:"Instead of all genres; empty takes them away"`
		Year        *int    `json:"year,omitempty" doc:"From 1900 to this year; 0 takes it away"`
		Track       *int    `json:"track,omitempty" minimum:"0" maximum:"9999"`
		Disc        *int    `json:"disc,omitempty" minimum:"0" maximum:"9999"`
	}
}

func registerSongEdits(a *api, s Services) {
	u := &uploads{ingest: s.Ingest, catalogue: catalogue{s.Library}}
	register(a, operation{
		id: "editSong", method: http.MethodPatch, path: "/songs/{id}", access: SignedIn, tag: "Songs",
		summary: "Change a song, as its uploader or an admin", errors: []int{http.StatusForbidden, http.StatusNotFound},
	}, u.edit)
	register(a, operation{
		id: "deleteSong", method: http.MethodDelete, path: "/songs/{id}", access: SignedIn, tag: "Songs", status: http.StatusNoContent,
		summary: "Delete an upload, as its uploader or an admin", errors: []int{http.StatusForbidden, http.StatusNotFound, http.StatusConflict},
	}, u.remove)
}

func (u *uploads) edit(ctx context.Context, in *editSongInput) (*answer[oneSongView], error) {
	scope, err := u.scope(ctx)
	if err != nil {
		return nil, err
	}
	b, id := in.Body, library.SongID(in.ID)
	err = u.ingest.Edit(ctx, identity(ctx), scope, id, ingest.Changes{
		Title: b.Title, Artist: b.Artist, Album: b.Album, AlbumArtist: b.AlbumArtist, Genre: b.Genre,
		Year: b.Year, Track: b.Track, Disc: b.Disc,
	})
	if err != nil {
		return nil, err
	}
	song, err := u.library.Song(ctx, scope, id)
	if err != nil {
		return nil, err
	}
	return &answer[oneSongView]{oneSongView{viewSong(song)}}, nil
}

func (u *uploads) remove(ctx context.Context, in *IDInput) (*struct{}, error) {
	scope, err := u.scope(ctx)
	if err != nil {
		return nil, err
	}
	return nil, u.ingest.Delete(ctx, identity(ctx), scope, library.SongID(in.ID))
}
