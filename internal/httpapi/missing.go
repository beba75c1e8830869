package httpapi

import (
	"context"
	"net/http"
	"time"

	"hathor/internal/fault"
	"hathor/internal/ingest"
	"hathor/internal/library"
)

type missingSongView struct {
	ID        int64     `json:"id" minimum:"1"`
	Title     string    `json:"title"`
	Artist    string    `json:"artist"`
	Album     string    `json:"album"`
	LibraryID int64     `json:"libraryId"`
	Library   string    `json:"library" doc:"Its name"`
	Path      string    `json:"path" doc:"Where the file was, below the library's folder"`
	Since     time.Time `json:"since"`
	Plays     int       `json:"plays" doc:"Of all listeners"`
	Playlists int       `json:"playlists" doc:"That it is in"`
}

type missingListView struct {
	Songs []missingSongView `json:"songs"`
	Total int               `json:"total"`
}

type missingListInput struct {
	Limit  int `query:"limit" minimum:"1" maximum:"500" default:"50"`
	Offset int `query:"offset" minimum:"0" maximum:"1000000" default:"0"`
}

type cleanMissingInput struct {
	IDs []int64 `query:"ids" maxItems:"500" doc:"These songs, comma-separated, as far as they are missing"`
	All bool    `query:"all" doc:"All that are missing; not together with ids"`
}

type cleanedView struct {
	Removed int `json:"removed"`
}

func registerMissing(a *api, s Services) {
	r := libraryRoutes{s.Keeper, catalogue{s.Library}}
	register(a, operation{
		id: "listMissingSongs", method: http.MethodGet, path: "/library/missing", access: AdminOnly, tag: "Library",
		summary: "Songs whose files are gone, those that went last first",
	}, r.missing)
	register(a, operation{
		id: "cleanMissingSongs", method: http.MethodDelete, path: "/library/missing", access: AdminOnly, tag: "Library",
		summary: "Forget songs whose files are gone, with their plays, likes and places in playlists", errors: []int{http.StatusConflict},
	}, r.cleanMissing)
}

func (r libraryRoutes) missing(ctx context.Context, in *missingListInput) (*answer[missingListView], error) {
	list, total, err := r.keeper.Missing(ctx, in.Limit, in.Offset)
	if err != nil {
		return nil, err
	}
	return &answer[missingListView]{missingListView{each(list, viewMissing), total}}, nil
}

func viewMissing(m ingest.MissingSong) missingSongView {
	return missingSongView{
		ID: int64(m.ID), Title: m.Title, Artist: m.Artist, Album: m.Album, LibraryID: int64(m.Library), Library: m.LibraryName,
		Path: m.Path, Since: m.Since, Plays: m.Plays, Playlists: m.Playlists,
	}
}

func (r libraryRoutes) cleanMissing(ctx context.Context, in *cleanMissingInput) (*answer[cleanedView], error) {
	var checks fault.Checks
	checks.Require(in.All != (len(in.IDs) > 0), "ids", "Give ids, or all")
	if err := checks.Err(); err != nil {
		return nil, err
	}
	var ids []library.SongID
	if !in.All {
		ids = songIDs(in.IDs)
	}
	removed, err := r.keeper.CleanMissing(ctx, identity(ctx), ids)
	if err != nil {
		return nil, err
	}
	return &answer[cleanedView]{cleanedView{removed}}, nil
}
