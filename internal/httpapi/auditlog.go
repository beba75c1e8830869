package httpapi

import (
	"context"
	"net/http"
	"time"

	"hathor/internal/account"
)

// auditLog answers what was done on the server and by whom.
type auditLog struct{ accounts *account.Service }

func registerAudit(a *api, s Services) {
	h := auditLog{s.Accounts}
	register(a, operation{id: "listAudit", method: http.MethodGet, path: "/audit", access: AdminOnly, tag: "Members",
		summary: "The audit log, newest first"}, h.list)
}

type auditInput struct {
	Action string    `query:"action" maxLength:"60" doc:"One action, such as session.start, or all that begin with it, such as session"`
	User   int64     `query:"user" minimum:"1" doc:"Who did it, or to whom it was done"`
	From   time.Time `query:"from" doc:"From this moment on"`
	To     time.Time `query:"to" doc:"Before this moment"`
	Limit  int       `query:"limit" minimum:"1" maximum:"500" default:"50"`
	Cursor string    `query:"cursor" maxLength:"8192" doc:"nextCursor of the page before, with the same filters"`
}

type auditListView struct {
	Events []eventView `json:"events"`
	PageFields
}

type eventView struct {
	ID        int64             `json:"id" minimum:"1"`
	At        time.Time         `json:"at"`
	Action    string            `json:"action" doc:"Such as session.start, user.disable, invite.create"`
	Outcome   string            `json:"outcome" enum:"ok,failed"`
	Actor     *actorView        `json:"actor,omitempty" doc:"Not there for nobody signed in, and for the command line"`
	Target    *targetView       `json:"target,omitempty"`
	IP        string            `json:"ip"`
	UserAgent string            `json:"userAgent"`
	Detail    map[string]string `json:"detail"`
}

type actorView struct {
	ID   int64  `json:"id"`
	Name string `json:"name" doc:"The user name then; empty when the account is long deleted"`
}

type targetView struct {
	Kind string `json:"kind" doc:"Such as user, session, invite, library"`
	ID   *int64 `json:"id"`
	Name string `json:"name"`
}

func viewEvent(e account.Event) eventView {
	v := eventView{ID: e.ID, At: e.At, Action: string(e.Action), Outcome: string(e.Outcome), IP: e.Device.IP,
		UserAgent: e.Device.UserAgent, Detail: e.Detail}
	if v.Detail == nil {
		v.Detail = map[string]string{}
	}
	if e.Actor != 0 {
		v.Actor = &actorView{int64(e.Actor), e.ActorName}
	}
	if e.Target.Kind != "" {
		v.Target = &targetView{e.Target.Kind, optional(e.Target.ID), e.Target.Name}
	}
	return v
}

func (h auditLog) list(ctx context.Context, in *auditInput) (*answer[auditListView], error) {
	last, err := before(in.Cursor)
	if err != nil {
		return nil, err
	}
	found, total, err := h.accounts.Events(ctx, account.EventQuery{
		Action: account.Action(in.Action), User: account.UserID(in.User), From: in.From, To: in.To, Before: last, Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	list := auditListView{Events: each(found, viewEvent), PageFields: PageFields{Total: total}}
	if len(found) == in.Limit {
		list.NextCursor = writeCursor(&idPlace{found[len(found)-1].ID})
	}
	return &answer[auditListView]{list}, nil
}
