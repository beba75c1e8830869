package httpapi

import (
	"context"
	"net/http"
	"time"

	"hathor/internal/library"
	"hathor/internal/playback"
)

// maxStateBody is room for a full queue, however it is spaced.
const maxStateBody = 4 << 20

// playbackRoutes translates for package playback.
type playbackRoutes struct{ player *playback.Service }

func registerPlayback(a *api, s Services) {
	r := playbackRoutes{s.Playback}
	register(a, operation{
		id: "getPlaybackState", method: http.MethodGet, path: "/playback/state", access: SignedIn, tag: "Playback",
		summary: "What one's devices play",
	}, r.state)
	register(a, operation{
		id: "writePlaybackState", method: http.MethodPost, path: "/playback/state", access: SignedIn, tag: "Playback",
		summary: "Change what one's devices play", errors: []int{http.StatusConflict}, maxBody: maxStateBody,
	}, r.write)
	registerRemote(a, r)
	registerDevices(a, r)
	register(a, operation{
		id: "recordListening", method: http.MethodPost, path: "/songs/record-listening", access: SignedIn, tag: "Playback",
		summary: "Note that a song was heard", errors: []int{http.StatusNotFound},
	}, r.record)
	register(a, operation{
		id: "listHistory", method: http.MethodGet, path: "/history", access: SignedIn, tag: "Playback",
		summary: "What one heard, newest first",
	}, r.history)
}

type playbackView struct {
	State playbackStateView `json:"state"`
}

func answerPlayback(s playback.State, err error) (*answer[playbackView], error) {
	if err != nil {
		return nil, showState(err, viewPlayback)
	}
	return &answer[playbackView]{playbackView{viewPlayback(s)}}, nil
}

func (r playbackRoutes) state(ctx context.Context, _ *struct{}) (*answer[playbackView], error) {
	return answerPlayback(r.player.State(ctx, identity(ctx)))
}

type playbackChangeInput struct{ Body playbackChange }

func (r playbackRoutes) write(ctx context.Context, in *playbackChangeInput) (*answer[playbackView], error) {
	return answerPlayback(r.player.Write(ctx, identity(ctx), in.Body.change()))
}

type recordListeningInput struct {
	Body struct {
		SongID   int64    `json:"songId" minimum:"1"`
		Duration *float64 `json:"duration,omitempty" nullable:"true" minimum:"0" maximum:"86400" doc:"Seconds heard; less than half the song and than four minutes is no play"`
	}
}

func (r playbackRoutes) record(ctx context.Context, in *recordListeningInput) (*answer[doneView], error) {
	var heard *time.Duration
	if in.Body.Duration != nil {
		length := time.Duration(*in.Body.Duration * float64(time.Second))
		heard = &length
	}
	if err := r.player.RecordListen(ctx, identity(ctx), library.SongID(in.Body.SongID), heard); err != nil {
		return nil, err
	}
	return done("Listening recorded"), nil
}

type listenView struct {
	ID       int64     `json:"id" minimum:"1"`
	At       time.Time `json:"at"`
	Duration float64   `json:"duration" doc:"Seconds heard"`
	Song     SongView  `json:"song"`
}

type historyView struct {
	Listens []listenView `json:"listens" nullable:"false"`
	PageFields
}

func (r playbackRoutes) history(ctx context.Context, in *pageInput) (*answer[historyView], error) {
	before, err := readCursor[playback.Mark](in.Cursor)
	if err != nil {
		return nil, err
	}
	page, err := r.player.History(ctx, identity(ctx), before, in.Limit)
	if err != nil {
		return nil, err
	}
	listens := each(page.Listens, func(p playback.Past) listenView {
		return listenView{ID: p.Listen.ID, At: p.Listen.At, Duration: seconds(p.Listen.Heard), Song: viewSong(p.Song)}
	})
	return &answer[historyView]{historyView{Listens: listens, PageFields: PageFields{page.Total, writeCursor(page.Next)}}}, nil
}
