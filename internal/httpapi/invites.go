package httpapi

import (
	"context"
	"net/http"
	"time"

	"hathor/internal/account"
	"hathor/internal/clock"
)

// invites answers the routes about invitations.
type invites struct {
	accounts *account.Service
	clock    clock.Clock
}

func registerInvites(a *api, s Services) {
	h := invites{s.Accounts, s.Clock}
	register(a, operation{id: "listInvites", method: http.MethodGet, path: "/invites", access: AdminOnly, tag: "Members",
		summary: "Invitations, newest first"}, h.list)
	register(a, operation{id: "createInvite", method: http.MethodPost, path: "/invites", access: FreshAdmin, status: http.StatusCreated,
		tag: "Members", summary: "Invite somebody; the token is shown this once", maxBody: authBody}, h.create)
	register(a, operation{id: "deleteInvite", method: http.MethodDelete, path: "/invites/{id}", access: AdminOnly,
		status: http.StatusNoContent, tag: "Members", summary: "Take an invitation back", errors: []int{http.StatusNotFound}}, h.remove)
	register(a, operation{id: "checkInvite", method: http.MethodPost, path: "/auth/invites/check", access: Public, tag: "Accounts",
		summary: "What an invitation is good for", maxBody: authBody, errors: []int{http.StatusForbidden}}, h.check)
}

type inviteView struct {
	ID        int64      `json:"id" minimum:"1"`
	Label     string     `json:"label"`
	Role      string     `json:"role" enum:"admin,member"`
	Libraries []int64    `json:"libraries" doc:"Granted to who comes by it"`
	MaxUses   int        `json:"maxUses"`
	Uses      int        `json:"uses"`
	State     string     `json:"state" enum:"open,used,expired,invalid" doc:"invalid: its maker may not invite any more"`
	CreatedBy memberView `json:"createdBy"`
	CreatedAt time.Time  `json:"createdAt"`
	ExpiresAt time.Time  `json:"expiresAt"`
}

// memberView is a user in somebody else's list.
type memberView struct {
	ID          int64  `json:"id"`
	Username    string `json:"username"`
	DisplayName string `json:"displayName"`
}

func (h invites) view(i account.Invite) inviteView {
	return inviteView{
		ID: int64(i.ID), Label: i.Label, Role: string(i.Role), Libraries: orEmpty(i.Libraries), MaxUses: i.MaxUses, Uses: i.Uses,
		State: inviteState(i.Works(h.clock.Now())), CreatedAt: i.CreatedAt, ExpiresAt: i.ExpiresAt,
		CreatedBy: memberView{int64(i.Maker.ID), i.Maker.Username, i.Maker.DisplayName},
	}
}

func inviteState(why error) string {
	switch why {
	case nil:
		return "open"
	case account.ErrInviteUsed:
		return "used"
	case account.ErrInviteExpired:
		return "expired"
	}
	return "invalid"
}

type inviteListView struct {
	Invites []inviteView `json:"invites"`
}

func (h invites) list(ctx context.Context, _ *struct{}) (*answer[inviteListView], error) {
	found, err := h.accounts.Invites(ctx)
	if err != nil {
		return nil, err
	}
	return &answer[inviteListView]{inviteListView{each(found, h.view)}}, nil
}

type inviteBody struct {
	Label     string     `json:"label,omitempty" doc:"For the admins, at most 100 characters"`
	Role      string     `json:"role,omitempty" doc:"member or admin; a member when left out"`
	ExpiresAt *time.Time `json:"expiresAt,omitempty" nullable:"true" doc:"Within 90 days; in 7 days when left out"`
	MaxUses   *int       `json:"maxUses,omitempty" nullable:"true" doc:"1 to 100; 1 when left out"`
	Libraries []int64    `json:"libraries,omitempty" doc:"Libraries that who comes by it may hear, beside the open ones"`
}

func (b *inviteBody) invite() account.NewInvite {
	n := account.NewInvite{Label: b.Label, Role: account.Role(b.Role), MaxUses: 1, Libraries: b.Libraries}
	if b.ExpiresAt != nil {
		n.ExpiresAt = *b.ExpiresAt
	}
	if b.MaxUses != nil {
		n.MaxUses = *b.MaxUses
	}
	return n
}

type inviteMadeView struct {
	Invite inviteView `json:"invite"`
	Token  string     `json:"token" doc:"Shown this once"`
	Link   string     `json:"link" doc:"Relative to the server; the token stands behind the #, which browsers send to nobody"`
}

func (h invites) create(ctx context.Context, in *struct{ Body inviteBody }) (*answer[inviteMadeView], error) {
	made, token, err := h.accounts.CreateInvite(ctx, identity(ctx), in.Body.invite())
	if err != nil {
		return nil, err
	}
	return &answer[inviteMadeView]{inviteMadeView{h.view(made), token, "/sign-up#invite=" + token}}, nil
}

func (h invites) remove(ctx context.Context, in *IDInput) (*struct{}, error) {
	return nil, h.accounts.RevokeInvite(ctx, identity(ctx), account.InviteID(in.ID))
}

type inviteCheckBody struct {
	Invite string `json:"invite" minLength:"1" maxLength:"200" doc:"The token"`
}

type inviteCheckView struct {
	Role      string    `json:"role" enum:"admin,member"`
	InvitedBy string    `json:"invitedBy" doc:"Display name of who invites"`
	ExpiresAt time.Time `json:"expiresAt"`
}

func (h invites) check(ctx context.Context, in *struct{ Body inviteCheckBody }) (*answer[inviteCheckView], error) {
	found, err := h.accounts.CheckInvite(ctx, in.Body.Invite)
	if err != nil {
		return nil, err
	}
	return &answer[inviteCheckView]{inviteCheckView{string(found.Role), found.Maker.DisplayName, found.ExpiresAt}}, nil
}
