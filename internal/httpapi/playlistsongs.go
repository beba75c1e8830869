package httpapi

import (
	"context"
	"net/http"

	"hathor/internal/library"
	"hathor/internal/playlist"
)

// maxIDsBody is room for far more ids than one call takes, so that too many are told so and not cut off.
const maxIDsBody = 4 << 20

func registerPlaylistSongs(a *api, r playlistRoutes, route func(id, method, path, summary string, errors ...int) operation) {
	add := route("addPlaylistSongs", http.MethodPost, "/playlists/{id}/songs", "Add songs: all of them or none", 403, 404, 409)
	move := route("movePlaylistSongs", http.MethodPatch, "/playlists/{id}/songs", "Move entries", 403, 404, 409)
	add.maxBody, move.maxBody = maxIDsBody, maxIDsBody
	register(a, route("addPlaylistSong", http.MethodPost, "/playlists/add-song", "Add one song", 403, 404, 409), r.addOne)
	register(a, add, r.add)
	register(a, move, r.move)
	register(a, route("removePlaylistSong", http.MethodDelete, "/playlists/{id}/songs/{entryId}", "Remove an entry", 403, 404, 409), r.remove)
}

type addPlaylistSongInput struct {
	Body struct {
		PlaylistID int64 `json:"playlistId" minimum:"1"`
		SongID     int64 `json:"songId" minimum:"1"`
	}
}

func (r playlistRoutes) addOne(ctx context.Context, in *addPlaylistSongInput) (*answer[doneView], error) {
	to := playlist.Target{ID: playlist.ID(in.Body.PlaylistID)}
	_, err := r.lists.Add(ctx, identity(ctx), to, playlist.Addition{Songs: []library.SongID{library.SongID(in.Body.SongID)}})
	if err != nil {
		return nil, err
	}
	return done("Song added to playlist"), nil
}

type onePlaylistView struct {
	Playlist playlistView `json:"playlist"`
}

func answerPlaylist(p playlist.Playlist, err error) (*answer[onePlaylistView], error) {
	if err != nil {
		return nil, showState(err, viewPlaylistContents)
	}
	return &answer[onePlaylistView]{onePlaylistView{viewPlaylist(p)}}, nil
}

type addPlaylistSongsInput struct {
	IDInput
	Body struct {
		SongIDs         []int64 `json:"songIds" nullable:"false" minItems:"1" maxItems:"1000" minimum:"1"`
		AllowDuplicates bool    `json:"allowDuplicates,omitempty" doc:"Without, a song that is there already is a conflict"`
		BeforeEntryID   *int64  `json:"beforeEntryId,omitempty" nullable:"true" minimum:"1" doc:"null for the end"`
		Revision        *int64  `json:"revision,omitempty" minimum:"0" doc:"The revision one knows; another one is a conflict"`
	}
}

func (r playlistRoutes) add(ctx context.Context, in *addPlaylistSongsInput) (*answer[onePlaylistView], error) {
	to := playlist.Target{ID: playlist.ID(in.ID), Revision: in.Body.Revision}
	return answerPlaylist(r.lists.Add(ctx, identity(ctx), to, playlist.Addition{
		Songs: songIDs(in.Body.SongIDs), Before: entryOrEnd(in.Body.BeforeEntryID), Duplicates: in.Body.AllowDuplicates,
	}))
}

type movePlaylistSongsInput struct {
	IDInput
	Body struct {
		EntryIDs      []int64 `json:"entryIds" nullable:"false" minItems:"1" maxItems:"1000" minimum:"1" doc:"In the order they shall have"`
		BeforeEntryID *int64  `json:"beforeEntryId,omitempty" nullable:"true" minimum:"1" doc:"null for the end"`
		Revision      *int64  `json:"revision,omitempty" minimum:"0" doc:"The revision one knows; another one is a conflict"`
	}
}

func (r playlistRoutes) move(ctx context.Context, in *movePlaylistSongsInput) (*answer[onePlaylistView], error) {
	to := playlist.Target{ID: playlist.ID(in.ID), Revision: in.Body.Revision}
	entries := each(in.Body.EntryIDs, func(id int64) playlist.EntryID { return playlist.EntryID(id) })
	return answerPlaylist(r.lists.Move(ctx, identity(ctx), to, playlist.Movement{
		Entries: entries, Before: entryOrEnd(in.Body.BeforeEntryID),
	}))
}

type removePlaylistSongInput struct {
	IDInput
	EntryID  int64 `path:"entryId" minimum:"1"`
	Revision int64 `query:"revision" minimum:"-1" default:"-1" doc:"The revision one knows; another one is a conflict, -1 is any"`
}

func (r playlistRoutes) remove(ctx context.Context, in *removePlaylistSongInput) (*answer[onePlaylistView], error) {
	return answerPlaylist(r.lists.Remove(ctx, identity(ctx), targetOf(in.ID, in.Revision), playlist.EntryID(in.EntryID)))
}

func entryOrEnd(id *int64) playlist.EntryID {
	if id == nil {
		return 0
	}
	return playlist.EntryID(*id)
}
