package measure

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"slices"
	"time"

	"hathor/bench/figures"
	"hathor/bench/files"
	"hathor/bench/programs"
)

// What is asked for in turn, so that no row is one answer kept ready.
const (
	pages     = 20 // of each list, spread evenly over it
	albums    = 40
	seeds     = 50
	perAlbum  = 12
	rangeSize = 64 << 10
	coverSide = 300
)

// words are among the most frequent of package songs.
var (
	words  = []string{"love", "night", "day", "light", "heart", "blue"}
	starts = []string{"lov", "nig", "hea", "sum", "win", "mou"}
)

func (s *session) requests(ctx context.Context) error {
	s.load(ctx, figures.Ping, s.gets("/api/auth/session"), http.StatusOK)
	known, err := s.albums()
	if err != nil {
		return err
	}
	full, err := s.full()
	if err != nil {
		return err
	}
	s.load(ctx, figures.Albums, s.pagesOf("/api/albums?limit=50&sort=title", len(known)), http.StatusOK)
	s.load(ctx, figures.Songs, s.pagesOf("/api/songs?limit=50&sort=title", s.Library.Songs), http.StatusOK)
	s.load(ctx, figures.Search, s.each(words, "/api/songs?limit=50&search="), http.StatusOK)
	s.load(ctx, figures.Find, s.each(starts, "/api/search?limit=50&q="), http.StatusOK)
	s.load(ctx, figures.Album, s.albumRequests(known), http.StatusOK)
	s.load(ctx, figures.Random, s.random(), http.StatusOK)
	s.streams(ctx, full)
	s.covers(ctx, known)
	return ctx.Err()
}

// streams asks for the same files of the server and of nginx.
func (s *session) streams(ctx context.Context, full []int64) {
	var whole, parts, beside, partsBeside [][]byte
	for i, id := range full {
		span := fmt.Sprintf("Range: bytes=%d-%d\r\n", i*400_000, i*400_000+rangeSize-1)
		own, file := fmt.Sprintf("/api/songs/%d/stream", id), fmt.Sprintf("/%02d.mp3", i+1)
		whole, parts = append(whole, s.get(own, "")), append(parts, s.get(own, span))
		beside, partsBeside = append(beside, plain(file, "")), append(partsBeside, plain(file, span))
	}
	s.load(ctx, figures.File, whole, http.StatusOK)
	s.beside(ctx, figures.File, beside, http.StatusOK)
	s.load(ctx, figures.Range, parts, http.StatusPartialContent)
	s.beside(ctx, figures.Range, partsBeside, http.StatusPartialContent)
}

// covers are asked for once before, so that they are made.
func (s *session) covers(ctx context.Context, known []album) {
	var requests [][]byte
	for _, a := range known {
		if a.CoverURL == nil || len(requests) == albums {
			continue
		}
		address := fmt.Sprintf("/api/albums/%d/cover?size=%d", a.ID, coverSide)
		if err := s.server.Get(address, func([]byte) error { return nil }); err != nil {
			s.miss(figures.Cover, err)
			return
		}
		requests = append(requests, s.get(address, ""))
	}
	s.load(ctx, figures.Cover, requests, http.StatusOK)
}

// get is a request as the web client sends it, but for what browsers add.
func (s *session) get(target, header string) []byte {
	return plain(target, "Cookie: "+s.server.Cookie+"\r\nAccept: */*\r\nUser-Agent: hathor-bench\r\n"+header)
}

func plain(target, header string) []byte {
	return fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n", target, header)
}

func (s *session) gets(targets ...string) (all [][]byte) {
	for _, target := range targets {
		all = append(all, s.get(target, ""))
	}
	return all
}

func (s *session) each(texts []string, prefix string) (all [][]byte) {
	for _, text := range texts {
		all = append(all, s.get(prefix+url.QueryEscape(text), ""))
	}
	return all
}

func (s *session) pagesOf(list string, total int) (all [][]byte) {
	for i := range pages {
		all = append(all, s.get(fmt.Sprintf("%s&offset=%d", list, i*max(0, total-50)/pages), ""))
	}
	return all
}

func (s *session) random() (all [][]byte) {
	for seed := range seeds {
		all = append(all, s.get(fmt.Sprintf("/api/songs?limit=50&sort=random&seed=%d", seed+1), ""))
	}
	return all
}

type album struct {
	ID        int64
	SongCount int
	CoverURL  *string
}

// albums lists all of them.
func (s *session) albums() (all []album, err error) {
	var page struct {
		Albums     []album
		NextCursor *string
	}
	for cursor := ""; err == nil; cursor = *page.NextCursor {
		address := "/api/albums?limit=500"
		if cursor != "" {
			address += "&cursor=" + url.QueryEscape(cursor)
		}
		page.Albums, page.NextCursor = nil, nil
		err = s.server.Get(address, func(body []byte) error { return json.Unmarshal(body, &page) })
		if all = append(all, page.Albums...); page.NextCursor == nil {
			break
		}
	}
	return all, err
}

// albumRequests are of those with the usual number of songs, or the nearest to it.
func (s *session) albumRequests(known []album) (all [][]byte) {
	near := slices.Clone(known)
	slices.SortStableFunc(near, func(a, b album) int { return distance(a.SongCount) - distance(b.SongCount) })
	for _, a := range near[:min(albums, len(near))] {
		all = append(all, s.get(fmt.Sprintf("/api/albums/%d", a.ID), ""))
	}
	return all
}

func distance(songs int) int { return max(songs-perAlbum, perAlbum-songs) }

// full lists the full-size songs in the order of their files.
func (s *session) full() (ids []int64, err error) {
	var page struct{ Songs []struct{ ID, Track int64 } }
	err = s.server.Get("/api/songs?limit=50&search="+url.QueryEscape("full size benchmark"), func(body []byte) error { return json.Unmarshal(body, &page) })
	if err != nil {
		return nil, err
	}
	ids = make([]int64, files.FullSongs)
	for _, song := range page.Songs {
		if song.Track >= 1 && song.Track <= files.FullSongs {
			ids[song.Track-1] = song.ID
		}
	}
	if slices.Contains(ids, 0) {
		return nil, fmt.Errorf("the full-size songs of %s were not found", path.Base(s.Library.Full))
	}
	return ids, nil
}

// transcode is the median of the time to the first byte, one whole song after the other, each for the first time.
func (s *session) transcode(ctx context.Context) {
	s.Tell(figures.Transcode)
	ids, err := s.full()
	var all []time.Duration
	for _, id := range ids[:min(s.Pace.Transcodes, len(ids))] {
		if err != nil || ctx.Err() != nil {
			break
		}
		var took time.Duration
		if took, err = s.server.FirstByte(ctx, fmt.Sprintf("/api/songs/%d/stream?format=opus&bitRate=96", id)); err == nil {
			all = append(all, took)
		}
	}
	var refused *programs.StatusError
	switch {
	case errors.As(err, &refused) && refused.Status == http.StatusBadRequest:
		s.add(figures.Figure{Row: figures.Transcode, Missing: "not offered"})
	case err != nil:
		s.miss(figures.Transcode, err)
	case len(all) > 0:
		slices.Sort(all)
		s.add(figures.Figure{Row: figures.Transcode, Value: all[len(all)/2].Seconds()})
	}
}
