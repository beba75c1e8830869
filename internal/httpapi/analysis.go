package httpapi

import (
	"context"
	"net/http"
	"time"

	"hathor/internal/sound"
)

type analysisView struct {
	Enabled     bool     `json:"enabled" doc:"Whether ANALYSIS is on"`
	Running     bool     `json:"running" doc:"A song is being measured by the server that answers"`
	Total       int      `json:"total" doc:"Songs whose files are there; of which are"`
	Done        int      `json:"done" doc:"measured,"`
	Failed      int      `json:"failed" doc:"not measurable, and"`
	Pending     int      `json:"pending" doc:"still to come"`
	PerSecond   float64  `json:"perSecond" doc:"Songs, lately, by the server that answers"`
	SecondsLeft *float64 `json:"secondsLeft" doc:"null when that cannot be told"`
}

type analysisFailureView struct {
	SongID int64     `json:"songId"`
	Title  string    `json:"title" doc:"Empty, like artist, for a song that the asker does not hear"`
	Artist string    `json:"artist"`
	Reason string    `json:"reason"`
	At     time.Time `json:"at"`
}

type analysisFailureListView struct {
	Failures []analysisFailureView `json:"failures"`
	Total    int                   `json:"total"`
}

func registerAnalysis(a *api, s Services) {
	h := &sounds{s.Library, s.Sound}
	register(a, operation{id: "getAnalysis", method: http.MethodGet, path: "/library/analysis", access: AdminOnly, tag: "Library",
		summary: "How far the measuring of all songs is"}, h.analysis)
	register(a, operation{id: "listAnalysisFailures", method: http.MethodGet, path: "/library/analysis/failures", access: AdminOnly, tag: "Library",
		summary: "Songs that could not be measured, and why"}, h.failures)
}

func (h *sounds) analysis(ctx context.Context, _ *struct{}) (*answer[analysisView], error) {
	now, err := h.sound.Analysis(ctx)
	if err != nil {
		return nil, err
	}
	view := analysisView{
		Enabled: now.Enabled, Running: now.Running, Total: now.Total, Done: now.Done, Failed: now.Failed, Pending: now.Pending, PerSecond: now.PerSecond,
	}
	if now.SecondsLeft > 0 {
		view.SecondsLeft = &now.SecondsLeft
	}
	return &answer[analysisView]{view}, nil
}

func (h *sounds) failures(ctx context.Context, in *scanErrorsInput) (*answer[analysisFailureListView], error) {
	scope, err := h.library.Scope(ctx, identity(ctx))
	if err != nil {
		return nil, err
	}
	list, total, err := h.sound.Failures(ctx, scope, in.Limit, in.Offset)
	if err != nil {
		return nil, err
	}
	return &answer[analysisFailureListView]{analysisFailureListView{
		Failures: each(list, func(f sound.Failed) analysisFailureView {
			return analysisFailureView{SongID: int64(f.Song), Title: f.Title, Artist: f.Artist, Reason: f.Reason, At: f.At}
		}), Total: total,
	}}, nil
}
