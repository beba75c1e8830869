package httpapi

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"hathor/internal/account"
)

func strconvID(id int64) string { return strconv.FormatInt(id, 10) }

// userView is a user as the user sees it; the password never leaves the store.
type userView struct {
	ID          int64     `json:"id" minimum:"1"`
	Username    string    `json:"username"`
	Email       string    `json:"email"`
	DisplayName string    `json:"displayName"`
	AvatarURL   *string   `json:"avatarUrl"`
	Role        string    `json:"role" enum:"admin,member"`
	CreatedAt   time.Time `json:"createdAt"`
}

func viewUser(u account.User) userView {
	v := userView{ID: int64(u.ID), Username: u.Username, Email: u.Email, DisplayName: u.DisplayName,
		Role: string(u.Role), CreatedAt: u.CreatedAt}
	if u.AvatarURL != "" {
		v.AvatarURL = &u.AvatarURL
	}
	return v
}

// profile answers the routes about the asking user and where that user is signed in.
type profile struct{ accounts *account.Service }

func registerProfile(a *api, s Services) {
	h := profile{s.Accounts}
	register(a, operation{id: "getProfile", method: http.MethodGet, path: "/auth/profile", access: SignedIn, tag: "Accounts",
		summary: "Who is signed in"}, h.get)
	register(a, operation{id: "updateProfile", method: http.MethodPut, path: "/auth/profile", access: InPerson, tag: "Accounts",
		summary: "Change the display name or the avatar", maxBody: authBody, errors: []int{http.StatusForbidden}}, h.update)
	register(a, operation{id: "getSession", method: http.MethodGet, path: "/auth/session", access: Public, tag: "Accounts",
		summary: "Who is signed in, if anybody"}, h.session)
	register(a, operation{id: "listSessions", method: http.MethodGet, path: "/auth/sessions", access: InPerson, tag: "Accounts",
		summary: "Where one is signed in, last seen first"}, h.sessions)
	register(a, operation{id: "endSession", method: http.MethodDelete, path: "/auth/sessions/{id}", access: InPerson,
		status: http.StatusNoContent, tag: "Accounts", summary: "Sign one client out",
		errors: []int{http.StatusForbidden, http.StatusNotFound}}, h.endSession)
}

type profileView struct {
	User userView `json:"user"`
}

func answerProfile(u account.User, err error) (*answer[profileView], error) {
	if err != nil {
		return nil, err
	}
	return &answer[profileView]{profileView{viewUser(u)}}, nil
}

// whoView is what a page asks first.
type whoView struct {
	User *userView `json:"user,omitempty" doc:"Not there when nobody is signed in"`
}

// session answers who is signed in. Unlike the profile, nobody signed in is no error here.
func (h profile) session(ctx context.Context, _ *struct{}) (*answer[whoView], error) {
	if !identity(ctx).SignedIn() {
		return &answer[whoView]{}, nil
	}
	user, err := h.accounts.Profile(ctx, identity(ctx))
	if err != nil {
		return nil, err
	}
	view := viewUser(user)
	return &answer[whoView]{whoView{&view}}, nil
}

func (h profile) get(ctx context.Context, _ *struct{}) (*answer[profileView], error) {
	return answerProfile(h.accounts.Profile(ctx, identity(ctx)))
}

type profileBody struct {
	DisplayName *string `json:"displayName,omitempty" nullable:"true" doc:"At most 100 characters"`
	AvatarURL   *string `json:"avatarUrl,omitempty" nullable:"true" doc:"A web address; empty takes the avatar away"`
}

func (b *profileBody) change() account.Profile {
	return account.Profile{DisplayName: b.DisplayName, AvatarURL: b.AvatarURL}
}

// Resolve adds what the feature finds wrong to what the schema does.
func (b *profileBody) Resolve(huma.Context) []error { return wrong(b.change().Validate()) }

func (h profile) update(ctx context.Context, in *struct{ Body profileBody }) (*answer[profileView], error) {
	return answerProfile(h.accounts.UpdateProfile(ctx, identity(ctx), in.Body.change()))
}

type sessionView struct {
	ID         int64     `json:"id" minimum:"1"`
	UserAgent  string    `json:"userAgent"`
	IP         string    `json:"ip"`
	CreatedAt  time.Time `json:"createdAt"`
	LastSeenAt time.Time `json:"lastSeenAt" doc:"To the minute"`
	Current    bool      `json:"current" doc:"The one that asks"`
}

type sessionListView struct {
	Sessions []sessionView `json:"sessions"`
}

func (h profile) sessions(ctx context.Context, _ *struct{}) (*answer[sessionListView], error) {
	who := identity(ctx)
	found, err := h.accounts.Sessions(ctx, who)
	if err != nil {
		return nil, err
	}
	return &answer[sessionListView]{sessionListView{each(found, func(s account.Session) sessionView {
		return sessionView{ID: int64(s.ID), UserAgent: s.Device.UserAgent, IP: s.Device.IP, CreatedAt: s.CreatedAt,
			LastSeenAt: s.LastSeenAt, Current: s.ID == who.Session}
	})}}, nil
}

func (h profile) endSession(ctx context.Context, in *IDInput) (*struct{}, error) {
	return nil, h.accounts.EndSession(ctx, identity(ctx), account.SessionID(in.ID))
}
