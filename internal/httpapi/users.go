package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"hathor/internal/account"
)

// users answers the routes by which admins look after everybody's accounts.
type users struct{ accounts *account.Service }

func registerUsers(a *api, s Services) {
	h := users{s.Accounts}
	register(a, operation{id: "listUsers", method: http.MethodGet, path: "/users", access: AdminOnly, tag: "Members",
		summary: "Everybody with an account, by user name"}, h.list)
	register(a, operation{id: "getUser", method: http.MethodGet, path: "/users/{id}", access: AdminOnly, tag: "Members",
		summary: "One account", errors: []int{http.StatusNotFound}}, h.get)
	register(a, operation{id: "updateUser", method: http.MethodPatch, path: "/users/{id}", access: FreshAdmin, tag: "Members",
		summary: "Change the role or the name, or keep a user out", maxBody: authBody,
		errors: []int{http.StatusNotFound, http.StatusConflict}}, h.update)
	register(a, operation{id: "setUserPassword", method: http.MethodPut, path: "/users/{id}/password", access: FreshAdmin,
		status: http.StatusNoContent, tag: "Members", summary: "Set another password; all sessions of the user end", maxBody: authBody,
		errors: []int{http.StatusNotFound}}, h.setPassword)
	register(a, operation{id: "removeUserFactor", method: http.MethodDelete, path: "/users/{id}/factor", access: FreshAdmin,
		status: http.StatusNoContent, tag: "Members", summary: "Take another's second factor away, for one who has lost it",
		errors: []int{http.StatusNotFound, http.StatusConflict}}, h.removeFactor)
	register(a, operation{id: "endUserSessions", method: http.MethodDelete, path: "/users/{id}/sessions", access: AdminOnly, tag: "Members",
		summary: "Sign a user out everywhere", errors: []int{http.StatusNotFound}}, h.endSessions)
	register(a, operation{id: "listAllSessions", method: http.MethodGet, path: "/sessions", access: AdminOnly, tag: "Members",
		summary: "Where everybody is signed in, newest first"}, h.sessions)
	register(a, operation{id: "endAnySession", method: http.MethodDelete, path: "/sessions/{id}", access: AdminOnly,
		status: http.StatusNoContent, tag: "Members", summary: "Sign one client of any user out", errors: []int{http.StatusNotFound}}, h.endSession)
}

// UserFields are exported for huma, which reads embedded fields only then.
type UserFields userView

type housemateView struct {
	UserFields
	Disabled   bool       `json:"disabled" doc:"Kept out by an admin"`
	DisabledAt *time.Time `json:"disabledAt"`
	HasFactor  bool       `json:"hasFactor" doc:"Has a second factor"`
	Sessions   int        `json:"sessions" doc:"That live now"`
	LastSeenAt *time.Time `json:"lastSeenAt"`
	Songs      int        `json:"songs" doc:"Uploaded"`
	Stored     int64      `json:"stored" doc:"Bytes of them"`
}

func viewHousemate(h account.Housemate) housemateView {
	return housemateView{
		UserFields: UserFields(viewUser(h.User)), Disabled: h.Disabled(), DisabledAt: known(h.DisabledAt), HasFactor: h.Factor, Sessions: h.Sessions,
		LastSeenAt: known(h.LastSeenAt), Songs: h.Songs, Stored: h.Stored,
	}
}

type userListInput struct {
	Search string `query:"search" maxLength:"100" doc:"Part of the user name, the display name or the address"`
	Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"50"`
	Cursor string `query:"cursor" maxLength:"8192" doc:"nextCursor of the page before"`
}

type userListView struct {
	Users []housemateView `json:"users"`
	PageFields
}

// userPlace is where a page of users ends.
type userPlace struct {
	Name string `json:"n"`
}

func (h users) list(ctx context.Context, in *userListInput) (*answer[userListView], error) {
	place, err := readCursor[userPlace](in.Cursor)
	if err != nil {
		return nil, err
	}
	q := account.HousemateQuery{Search: in.Search, Limit: in.Limit}
	if place != nil {
		q.After = place.Name
	}
	found, total, err := h.accounts.Users(ctx, q)
	if err != nil {
		return nil, err
	}
	list := userListView{Users: each(found, viewHousemate), PageFields: PageFields{Total: total}}
	if len(found) == in.Limit {
		list.NextCursor = writeCursor(&userPlace{found[len(found)-1].Username})
	}
	return &answer[userListView]{list}, nil
}

type housemateAnswer struct {
	User housemateView `json:"user"`
}

func (h users) get(ctx context.Context, in *IDInput) (*answer[housemateAnswer], error) {
	found, err := h.accounts.User(ctx, account.UserID(in.ID))
	if err != nil {
		return nil, err
	}
	return &answer[housemateAnswer]{housemateAnswer{viewHousemate(found)}}, nil
}

type userBody struct {
	Role        *string `json:"role,omitempty" doc:"admin or member"`
	Disabled    *bool   `json:"disabled,omitempty" doc:"true keeps the user out, ends all sessions and takes the API keys away"`
	DisplayName *string `json:"displayName,omitempty" doc:"1 to 100 characters"`
}

func (b *userBody) change() account.MemberChange {
	c := account.MemberChange{Disabled: b.Disabled, DisplayName: b.DisplayName}
	if b.Role != nil {
		role := account.Role(*b.Role)
		c.Role = &role
	}
	return c
}

// Resolve adds what the feature finds wrong to what the schema does.
func (b *userBody) Resolve(huma.Context) []error { return wrong(b.change().Validate()) }

func (h users) update(ctx context.Context, in *struct {
	IDInput
	Body userBody
}) (*answer[housemateAnswer], error) {
	if err := h.accounts.ChangeUser(ctx, identity(ctx), account.UserID(in.ID), in.Body.change()); err != nil {
		return nil, err
	}
	return h.get(ctx, &in.IDInput)
}

type newPasswordBody struct {
	Password string `json:"password" doc:"8 to 128 characters, with an upper-case letter, a lower-case letter and a number"`
}

func (h users) setPassword(ctx context.Context, in *struct {
	IDInput
	Body newPasswordBody
}) (*struct{}, error) {
	return nil, h.accounts.SetPassword(ctx, identity(ctx), account.UserID(in.ID), in.Body.Password)
}

func (h users) removeFactor(ctx context.Context, in *IDInput) (*struct{}, error) {
	return nil, h.accounts.RemoveFactor(ctx, identity(ctx), account.UserID(in.ID))
}

type endedView struct {
	Ended int `json:"ended" doc:"How many sessions"`
}

func (h users) endSessions(ctx context.Context, in *IDInput) (*answer[endedView], error) {
	n, err := h.accounts.EndSessionsOf(ctx, identity(ctx), account.UserID(in.ID))
	if err != nil {
		return nil, err
	}
	return &answer[endedView]{endedView{n}}, nil
}

// numberedInput are the parameters of a list that goes by ids, newest first.
type numberedInput struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"50"`
	Cursor string `query:"cursor" maxLength:"8192" doc:"nextCursor of the page before, with the same filters"`
}

// idPlace is where a page of such a list ends.
type idPlace struct {
	ID int64 `json:"i"`
}

// before is the id at which the page before ended, 0 for the first page.
func before(cursor string) (int64, error) {
	place, err := readCursor[idPlace](cursor)
	if err != nil || place == nil {
		return 0, err
	}
	return place.ID, nil
}

// SessionFields are exported for huma, which reads embedded fields only then.
type SessionFields sessionView

type houseSessionView struct {
	SessionFields
	User memberView `json:"user"`
}

type houseSessionListView struct {
	Sessions []houseSessionView `json:"sessions"`
	PageFields
}

func (h users) sessions(ctx context.Context, in *numberedInput) (*answer[houseSessionListView], error) {
	after, err := before(in.Cursor)
	if err != nil {
		return nil, err
	}
	who := identity(ctx)
	found, total, err := h.accounts.AllSessions(ctx, account.SessionID(after), in.Limit)
	if err != nil {
		return nil, err
	}
	list := houseSessionListView{PageFields: PageFields{Total: total}, Sessions: each(found, func(s account.HouseSession) houseSessionView {
		return houseSessionView{SessionFields(viewSession(s.Session, who)), memberView{int64(s.User), s.Username, s.DisplayName}}
	})}
	if len(found) == in.Limit {
		list.NextCursor = writeCursor(&idPlace{int64(found[len(found)-1].ID)})
	}
	return &answer[houseSessionListView]{list}, nil
}

func (h users) endSession(ctx context.Context, in *IDInput) (*struct{}, error) {
	return nil, h.accounts.EndAnySession(ctx, identity(ctx), account.SessionID(in.ID))
}
