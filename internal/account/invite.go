package account

import (
	"context"
	"fmt"
	"strings"
	"time"

	"hathor/internal/fault"
)

// InviteID is a database id, never used again.
type InviteID int64

// The bounds of an invitation.
const (
	inviteLife        = 7 * 24 * time.Hour
	longestInviteLife = 90 * 24 * time.Hour
	mostInviteUses    = 100
	longestLabel      = 100
	mostGrants        = 500
)

// The answers to an invitation that does not work. One that was revoked, or whose maker may not invite any
// more, is answered like one that never was.
var (
	ErrInviteInvalid = fault.New(fault.Forbidden, "invite_invalid", "This invitation is not valid, please ask for a new one")
	ErrInviteExpired = fault.New(fault.Forbidden, "invite_expired", "This invitation has expired, please ask for a new one")
	ErrInviteUsed    = fault.New(fault.Forbidden, "invite_used", "This invitation has been used already, please ask for a new one")
	ErrNoInvite      = fault.Missing("Invitation")
)

// Invite is an invitation as admins see it. The token itself is shown once and kept by nobody.
type Invite struct {
	ID        InviteID
	Label     string
	Role      Role
	Libraries []int64 // granted to who comes by it
	MaxUses   int
	Uses      int
	Maker     User
	CreatedAt time.Time
	ExpiresAt time.Time
}

// Works tells why the invitation cannot be used at now, nil when it can.
func (i Invite) Works(now time.Time) error {
	switch {
	case i.Maker.Role != Admin || i.Maker.Disabled():
		return ErrInviteInvalid
	case !now.Before(i.ExpiresAt):
		return ErrInviteExpired
	case i.Uses >= i.MaxUses:
		return ErrInviteUsed
	}
	return nil
}

// NewInvite is what an admin asks for. No role is a member's, no end is in seven days.
type NewInvite struct {
	Label     string
	Role      Role
	ExpiresAt time.Time
	MaxUses   int
	Libraries []int64
}

// settled fills in the defaults and names every wrong field.
func (n NewInvite) settled(now time.Time) (NewInvite, error) {
	if n.Role == "" {
		n.Role = Member
	}
	if n.ExpiresAt.IsZero() {
		n.ExpiresAt = now.Add(inviteLife)
	}
	n.Label = strings.TrimSpace(n.Label)
	var c fault.Checks
	c.Require(len([]rune(n.Label)) <= longestLabel && printable(n.Label, longestLabel) == n.Label, "label", "Label must be at most 100 printable characters")
	c.Require(n.Role == Admin || n.Role == Member, "role", "Role must be admin or member")
	c.Require(n.ExpiresAt.After(now) && !n.ExpiresAt.After(now.Add(longestInviteLife)), "expiresAt", "An invitation ends in the future, within 90 days")
	c.Require(n.MaxUses >= 1 && n.MaxUses <= mostInviteUses, "maxUses", "An invitation has 1 to 100 uses")
	c.Require(len(n.Libraries) <= mostGrants, "libraries", "At most 500 libraries")
	return n, c.Err()
}

// CreateInvite makes an invitation and returns it with its token, which nobody can read again.
func (s *Service) CreateInvite(ctx context.Context, who Identity, n NewInvite) (Invite, string, error) {
	n, err := n.settled(s.clock.Now())
	if err != nil {
		return Invite{}, "", err
	}
	token, hash := newToken()
	event := s.at(EventBy(who, InviteMade, Target{Kind: "invite", Name: n.Label}).With("role", string(n.Role)).With("maxUses", fmt.Sprint(n.MaxUses)))
	made, err := s.store.AddInvite(ctx, who.User, n, hash, event)
	if err != nil {
		return Invite{}, "", fmt.Errorf("add invite: %w", err)
	}
	return made, token, nil
}

// Invites lists the invitations there are, newest first.
func (s *Service) Invites(ctx context.Context) ([]Invite, error) { return s.store.Invites(ctx) }

// RevokeInvite takes an invitation back; ErrNoInvite without.
func (s *Service) RevokeInvite(ctx context.Context, who Identity, id InviteID) error {
	if err := s.store.RemoveInvite(ctx, id, s.at(EventBy(who, InviteRevoked, Target{Kind: "invite", ID: int64(id)}))); err != nil {
		return fmt.Errorf("remove invite: %w", err)
	}
	return nil
}

// CheckInvite tells what an invitation is good for, or one of the errors above. It uses nothing up.
func (s *Service) CheckInvite(ctx context.Context, token string) (Invite, error) {
	found, err := s.store.InviteByToken(ctx, tokenHash(token))
	if err != nil {
		return Invite{}, err
	}
	return found, found.Works(s.clock.Now())
}
