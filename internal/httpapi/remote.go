package httpapi

import (
	"context"
	"net/http"
	"time"

	"hathor/internal/playback"
)

// registerRemote adds what devices do to one playback beside writing its state.
func registerRemote(a *api, r playbackRoutes) {
	register(a, operation{
		id: "reportProgress", method: http.MethodPost, path: "/playback/progress", access: SignedIn, tag: "Playback",
		summary: "Say how far the active device is; no write, so nobody's revision grows old", errors: []int{http.StatusConflict},
	}, r.report)
	register(a, operation{
		id: "editQueue", method: http.MethodPost, path: "/playback/queue", access: SignedIn, tag: "Playback",
		summary: "Edit the queue by its entries: all of the edits or none", errors: []int{http.StatusConflict}, maxBody: maxStateBody,
	}, r.edit)
	register(a, operation{
		id: "transferPlayback", method: http.MethodPost, path: "/playback/transfer", access: SignedIn, tag: "Playback",
		summary: "Ask a device to take over what plays", errors: []int{http.StatusNotFound, http.StatusConflict},
	}, r.transfer)
}

type playbackNowView struct {
	State PlaybackNow `json:"state"`
}

func answerNow(s playback.State, err error) (*answer[playbackNowView], error) {
	if err != nil {
		return nil, showState(err, viewNow)
	}
	return &answer[playbackNowView]{playbackNowView{viewNow(s)}}, nil
}

type progressInput struct {
	Body struct {
		DeviceID string  `json:"deviceId" doc:"The device that reports, which must be the active one"`
		Revision int64   `json:"revision" minimum:"0" doc:"The revision it has obeyed; another one is a conflict"`
		Position float64 `json:"position" minimum:"0" maximum:"604800000" doc:"Milliseconds"`
	}
}

func (r playbackRoutes) report(ctx context.Context, in *progressInput) (*answer[playbackNowView], error) {
	return answerNow(r.player.Report(ctx, identity(ctx), playback.Progress{
		Device: playback.DeviceID(in.Body.DeviceID), Revision: in.Body.Revision, Position: time.Duration(in.Body.Position) * time.Millisecond,
	}))
}

type queueEditBody struct {
	Op            string   `json:"op" enum:"insert,remove,move,clear"`
	SongIDs       *[]int64 `json:"songIds,omitempty" nullable:"false" maxItems:"10000" doc:"To insert"`
	EntryIDs      *[]int64 `json:"entryIds,omitempty" nullable:"false" maxItems:"10000" doc:"To remove, or to move in this order"`
	BeforeEntryID *int64   `json:"beforeEntryId,omitempty" nullable:"true" minimum:"1" doc:"Where to insert or to move to, null for the end"`
}

func (b queueEditBody) edit() playback.Edit {
	e := playback.Edit{Op: playback.EditOp(b.Op), Before: valueOrZero(b.BeforeEntryID)}
	if b.SongIDs != nil {
		e.Songs = songIDs(*b.SongIDs)
	}
	if b.EntryIDs != nil {
		e.Entries = *b.EntryIDs
	}
	return e
}

type editQueueInput struct {
	Body struct {
		DeviceID *string         `json:"deviceId,omitempty" doc:"The device that edits"`
		Revision *int64          `json:"revision,omitempty" minimum:"0" doc:"The revision one knows; another one is a conflict. Without, edits that still make sense are made"`
		Edits    []queueEditBody `json:"edits" nullable:"false" minItems:"1" maxItems:"200"`
	}
}

type appliedEditView struct {
	Op            string           `json:"op" enum:"insert,remove,move,clear"`
	Items         *[]queueItemView `json:"items,omitempty" doc:"What came in, with insert"`
	EntryIDs      *[]int64         `json:"entryIds,omitempty" doc:"What went or moved, with remove and move"`
	BeforeEntryID *int64           `json:"beforeEntryId,omitempty" doc:"Where it came to stand before; left out for the end"`
}

type queueEditedView struct {
	State     PlaybackNow       `json:"state"`
	Edits     []appliedEditView `json:"edits" nullable:"false" doc:"What leads from the queue at editsFrom to the one at state.queueRevision; empty when it has to be read again"`
	EditsFrom int64             `json:"editsFrom" minimum:"0" doc:"The queueRevision before"`
}

func viewEdited(n playback.News) queueEditedView {
	return queueEditedView{State: viewNow(n.State), Edits: each(n.Edits, viewApplied), EditsFrom: n.EditsFrom}
}

func viewApplied(a playback.Applied) appliedEditView {
	view := appliedEditView{Op: string(a.Op), BeforeEntryID: optional(a.Before)}
	switch a.Op {
	case playback.Insert:
		items := each(a.Items, viewItem)
		view.Items = &items
	case playback.Remove, playback.Move:
		view.EntryIDs = &a.Entries
	case playback.Clear:
	}
	return view
}

func (r playbackRoutes) edit(ctx context.Context, in *editQueueInput) (*answer[queueEditedView], error) {
	news, err := r.player.Edit(ctx, identity(ctx), playback.QueueEdits{
		Device: deviceOf(in.Body.DeviceID), Revision: in.Body.Revision, Edits: each(in.Body.Edits, queueEditBody.edit),
	})
	if err != nil {
		return nil, showState(err, viewPlayback)
	}
	return &answer[queueEditedView]{viewEdited(news)}, nil
}

type transferInput struct {
	Body struct {
		DeviceID string  `json:"deviceId" doc:"The device that is to play"`
		By       *string `json:"by,omitempty" doc:"The device that asks"`
		Revision *int64  `json:"revision,omitempty" minimum:"0" doc:"The revision one knows; another one is a conflict"`
	}
}

func (r playbackRoutes) transfer(ctx context.Context, in *transferInput) (*answer[playbackNowView], error) {
	return answerNow(r.player.Transfer(ctx, identity(ctx), playback.Handover{
		By: deviceOf(in.Body.By), To: playback.DeviceID(in.Body.DeviceID), Revision: in.Body.Revision,
	}))
}

func deviceOf(id *string) playback.DeviceID {
	if id == nil {
		return ""
	}
	return playback.DeviceID(*id)
}
