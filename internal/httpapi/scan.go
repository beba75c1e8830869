package httpapi

import (
	"context"
	"net/http"
	"time"

	"hathor/internal/clock"
	"hathor/internal/ingest"
)

type scanView struct {
	Running    bool         `json:"running"`
	Seen       int          `json:"seen" doc:"Audio files found"`
	Added      int          `json:"added"`
	Updated    int          `json:"updated" doc:"Changed, moved or come back"`
	Missing    int          `json:"missing" doc:"Newly gone"`
	Failed     int          `json:"failed" doc:"Files that could not be read so far; when the scan has ended, all that listScanErrors lists"`
	Read       int          `json:"read" doc:"Files of total that are read"`
	Total      int          `json:"total" doc:"New and changed files that are to be read, as far as folders are listed"`
	PerSecond  *float64     `json:"perSecond" doc:"Files read in a second so far, null when that cannot be told"`
	Left       *float64     `json:"secondsLeft" doc:"Until all is read, null when that cannot be told"`
	StartedAt  *time.Time   `json:"startedAt"`
	FinishedAt *time.Time   `json:"finishedAt"`
	Reading    *readingView `json:"reading,omitempty" doc:"What a running scan is at"`
	Follows    []followView `json:"follows" doc:"How changes of each folder are found out"`
}

type followView struct {
	LibraryID    int64    `json:"libraryId"`
	Library      string   `json:"library" doc:"Its name"`
	By           string   `json:"by" enum:"events,interval,nothing" doc:"As they happen, by a scan every so often, or only by scans that somebody starts"`
	EverySeconds *float64 `json:"everySeconds" doc:"Of interval"`
	Reason       *string  `json:"reason" doc:"Why they are not found as they happen"`
}

type readingView struct {
	Library string `json:"library" doc:"Name of the library"`
	Folder  string `json:"folder" doc:"Within the library; . is its own"`
}

type scanErrorsInput struct {
	Limit  int `query:"limit" minimum:"1" maximum:"500" default:"50"`
	Offset int `query:"offset" minimum:"0" maximum:"1000000" default:"0"`
}

type scanErrorListView struct {
	Errors []scanErrorView `json:"errors"`
	Total  int             `json:"total"`
}

type scanErrorView struct {
	Path      string `json:"path" doc:"Begins with the library's name"`
	Reason    string `json:"reason"`
	LibraryID int64  `json:"libraryId"`
}

type scans struct {
	scanner *ingest.Scanner
	clock   clock.Clock
}

func registerScans(a *api, s Services) {
	h := &scans{s.Scanner, s.Clock}
	register(a, operation{
		id: "startScan", method: http.MethodPost, path: "/library/scan", access: AdminOnly, tag: "Library",
		summary: "Scan all library folders", errors: []int{http.StatusConflict, http.StatusServiceUnavailable},
	}, h.start)
	register(a, operation{
		id: "getScan", method: http.MethodGet, path: "/library/scan", access: AdminOnly, tag: "Library",
		summary: "How far the scan is, or how the last one went",
	}, h.get)
	register(a, operation{
		id: "stopScan", method: http.MethodDelete, path: "/library/scan", access: AdminOnly, tag: "Library",
		summary: "Stop the scan",
	}, h.stop)
	register(a, operation{
		id: "listScanErrors", method: http.MethodGet, path: "/library/scan/errors", access: AdminOnly, tag: "Library",
		summary: "What the last scan could not read",
	}, h.errors)
}

type startScanInput struct {
	Again bool `query:"again" doc:"Read files again that did not change"`
}

func (h *scans) start(ctx context.Context, in *startScanInput) (*answer[scanView], error) {
	if err := h.scanner.Start(ctx, in.Again); err != nil {
		return nil, err
	}
	return h.get(ctx, nil)
}

func (h *scans) get(context.Context, *struct{}) (*answer[scanView], error) {
	s, now := h.scanner.State(), h.clock.Now()
	v := scanView{
		Running: s.Running, Seen: s.Seen, Added: s.Added, Updated: s.Updated, Missing: s.Missing, Failed: s.Failed,
		Read: s.Read, Total: s.Total, StartedAt: known(s.StartedAt), FinishedAt: known(s.FinishedAt), Reading: viewReading(s.Reading),
		Follows: each(h.scanner.Follows(), viewFollow),
	}
	if pace := s.PerSecond(now); pace > 0 {
		v.PerSecond = &pace
	}
	if left := s.Left(now); left > 0 {
		seconds := seconds(left)
		v.Left = &seconds
	}
	return &answer[scanView]{v}, nil
}

func viewFollow(f ingest.Follows) followView {
	v := followView{LibraryID: int64(f.Library), Library: f.Name, By: string(f.By), Reason: textOrNull(f.Reason)}
	if f.By == ingest.ByInterval {
		every := seconds(f.Every)
		v.EverySeconds = &every
	}
	return v
}

func viewReading(r ingest.Reading) *readingView {
	if r.Library == "" {
		return nil
	}
	return &readingView{r.Library, r.Folder}
}

func (h *scans) stop(ctx context.Context, _ *struct{}) (*answer[scanView], error) {
	h.scanner.Stop()
	return h.get(ctx, nil)
}

func (h *scans) errors(ctx context.Context, in *scanErrorsInput) (*answer[scanErrorListView], error) {
	list, total, err := h.scanner.Errors(ctx, in.Limit, in.Offset)
	if err != nil {
		return nil, err
	}
	return &answer[scanErrorListView]{scanErrorListView{
		Errors: each(list, func(e ingest.ScanError) scanErrorView { return scanErrorView{e.Path, e.Reason, int64(e.Library)} }), Total: total,
	}}, nil
}
