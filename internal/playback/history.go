package playback

import (
	"context"
	"fmt"
	"time"

	"hathor/internal/account"
	"hathor/internal/library"
)

// MaxPage is how many listens one call returns at most.
const MaxPage = 500

// Mark is a place in the history.
type Mark struct {
	At time.Time
	ID int64
}

// Past is one line of the history: the listen and the song as it is now.
type Past struct {
	Listen Listen
	Song   library.Song
}

// History is a page of listens, newest first, of Total. Next is the mark to go on before, nil at the end.
type History struct {
	Listens []Past
	Total   int
	Next    *Mark
}

// History returns who's own listens to songs that they still may hear, before the mark, nil for the newest.
func (s *Service) History(ctx context.Context, who account.Identity, before *Mark, limit int) (History, error) {
	scope, err := s.scope(ctx, who)
	if err != nil {
		return History{}, err
	}
	limit = min(limit, MaxPage)
	listens, err := s.store.Listens(ctx, scope, before, limit+1)
	if err != nil {
		return History{}, fmt.Errorf("list listens: %w", err)
	}
	var page History
	if len(listens) > limit {
		listens = listens[:limit]
		last := listens[limit-1]
		page.Next = &Mark{At: last.At, ID: last.ID}
	}
	if page.Total, err = s.store.CountListens(ctx, scope); err != nil {
		return History{}, fmt.Errorf("count listens: %w", err)
	}
	page.Listens, err = s.past(ctx, scope, listens)
	return page, err
}

func (s *Service) past(ctx context.Context, scope library.Scope, listens []Listen) ([]Past, error) {
	ids := make([]library.SongID, len(listens))
	for i, l := range listens {
		ids[i] = l.Song
	}
	songs, err := s.songs.Songs(ctx, scope, ids)
	if err != nil {
		return nil, fmt.Errorf("read songs of history: %w", err)
	}
	byID := make(map[library.SongID]library.Song, len(songs))
	for _, song := range songs {
		byID[song.ID] = song
	}
	out := make([]Past, 0, len(listens))
	for _, l := range listens {
		if song, ok := byID[l.Song]; ok {
			out = append(out, Past{Listen: l, Song: song})
		}
	}
	return out, nil
}
