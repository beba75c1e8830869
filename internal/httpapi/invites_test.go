package httpapi_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"hathor/internal/account"
	"hathor/internal/httpapi"
)

type invited struct {
	Invite struct {
		ID, Uses, MaxUses int64
		Label, State      string
		CreatedBy         struct{ Username string }
		ExpiresAt         time.Time
	}
	Token, Link string
}

func (n *node) invite(t *testing.T, admin signed, body string) invited {
	t.Helper()
	return decode[invited](n.as(t, admin, http.MethodPost, "/invites", body).want(http.StatusCreated))
}

// join registers by an invitation.
func (n *node) join(t *testing.T, name, invite string) answer {
	t.Helper()
	return n.post(t, "/auth/register", fmt.Sprintf(`{"username":%q,"email":"%s@example.org","password":%q,"invite":%q}`, name, name, goodPassword, invite))
}

func TestInvitationsLetPeopleIn(t *testing.T) {
	eachNode(t, setup{registration: account.ByInvite}, func(t *testing.T, n *node) {
		anna := n.register(t, "anna")
		n.join(t, "ben", "").wantError(http.StatusForbidden, "This server takes new members by invitation only")
		n.join(t, "ben", strings.Repeat("A", 43)).wantError(http.StatusForbidden, "This invitation is not valid, please ask for a new one")
		made := n.invite(t, anna, `{"label":"Ben"}`)
		if made.Link != "/sign-up#invite="+made.Token || len(made.Token) < 40 || made.Invite.MaxUses != 1 || made.Invite.State != "open" ||
			!made.Invite.ExpiresAt.Equal(n.clock.Now().Add(7*24*time.Hour)) {
			t.Errorf("made %+v", made)
		}
		check := n.post(t, "/auth/invites/check", `{"invite":"`+made.Token+`"}`).want(http.StatusOK)
		if !strings.Contains(check.body, `"invitedBy":"anna"`) {
			t.Errorf("check: %s", check.body)
		}
		ben := decode[signed](n.join(t, "ben", made.Token).want(http.StatusCreated))
		if ben.User.Role != "member" {
			t.Errorf("ben is %s", ben.User.Role)
		}
		used := "This invitation has been used already, please ask for a new one"
		n.join(t, "cyd", made.Token).wantError(http.StatusForbidden, used)
		n.post(t, "/auth/invites/check", `{"invite":"`+made.Token+`"}`).wantError(http.StatusForbidden, used)
		list := n.as(t, anna, http.MethodGet, "/invites", "").want(http.StatusOK)
		if strings.Contains(list.body, made.Token) || !strings.Contains(list.body, `"state":"used"`) {
			t.Errorf("list: %s", list.body)
		}
		for method, path := range map[string]string{http.MethodGet: "/invites", http.MethodPost: "/invites", http.MethodDelete: "/invites/1"} {
			n.as(t, ben, method, path, "{}").want(http.StatusForbidden)
		}
	})
}

func TestInvitationsThatDoNotWork(t *testing.T) {
	n := newNode(t, setup{})
	anna := n.register(t, "anna")
	expired := n.invite(t, anna, `{"expiresAt":"2026-03-01T13:00:00Z"}`)
	revoked := n.invite(t, anna, `{}`)
	n.as(t, anna, http.MethodDelete, fmt.Sprintf("/invites/%d", revoked.Invite.ID), "").want(http.StatusNoContent)
	n.as(t, anna, http.MethodDelete, fmt.Sprintf("/invites/%d", revoked.Invite.ID), "").want(http.StatusNotFound)
	for body, field := range map[string]string{
		`{"role":"king"}`: "role", `{"expiresAt":"2026-03-01T12:00:00Z"}`: "expiresAt", `{"expiresAt":"2027-01-01T12:00:00Z"}`: "expiresAt",
		`{"maxUses":0}`: "maxUses", `{"maxUses":101}`: "maxUses", `{"libraries":[4711]}`: "libraries", `{"label":"a\u0007b"}`: "label",
	} {
		if p := decode[problem](n.as(t, anna, http.MethodPost, "/invites", body).want(http.StatusBadRequest)); len(p.Details) != 1 || p.Details[0].Field != field {
			t.Errorf("%s: %+v", body, p)
		}
	}
	worst := n.as(t, anna, http.MethodPost, "/invites", `{"label":"\u0007","role":"king","expiresAt":"2026-03-01T12:00:00Z","maxUses":0}`)
	if p := decode[problem](worst.want(http.StatusBadRequest)); len(p.Details) != 4 {
		t.Errorf("not every wrong field is named: %+v", p)
	}
	n.clock.Advance(time.Hour)
	n.join(t, "ben", expired.Token).wantError(http.StatusForbidden, "This invitation has expired, please ask for a new one")
	forged := n.join(t, "ben", "forged").want(http.StatusForbidden)
	if got := n.join(t, "ben", revoked.Token); got.status != forged.status || got.body != forged.body {
		t.Errorf("a revoked invitation is told from a forged one: %s", got.body)
	}
}

func TestInvitationsEndWithTheirMakersRights(t *testing.T) {
	for name, end := range map[string]string{"demoted": `{"role":"member"}`, "disabled": `{"disabled":true}`} {
		t.Run(name, func(t *testing.T) {
			n := newNode(t, setup{})
			anna := n.register(t, "anna")
			ben := decode[signed](n.join(t, "ben", n.invite(t, anna, `{"role":"admin"}`).Token).want(http.StatusCreated))
			if ben.User.Role != "admin" {
				t.Fatalf("ben is %s", ben.User.Role)
			}
			made := n.invite(t, ben, `{}`)
			n.as(t, anna, http.MethodPatch, user(ben), end).want(http.StatusOK)
			n.join(t, "cyd", made.Token).wantError(http.StatusForbidden, "This invitation is not valid, please ask for a new one")
			if list := n.as(t, anna, http.MethodGet, "/invites", "").want(http.StatusOK); !strings.Contains(list.body, `"state":"invalid"`) {
				t.Errorf("list: %s", list.body)
			}
		})
	}
}

func TestGuessingInvitationsIsLimited(t *testing.T) {
	n := newNode(t, setup{limits: httpapi.Limits{Auth: httpapi.Rate{Count: 4, Per: time.Hour}}})
	anna := n.register(t, "anna")
	good := n.invite(t, anna, `{}`)
	for range 5 {
		n.post(t, "/auth/invites/check", `{"invite":"`+good.Token+`"}`).want(http.StatusOK)
	}
	for range 3 {
		n.post(t, "/auth/invites/check", `{"invite":"guess"}`).want(http.StatusForbidden)
	}
	n.post(t, "/auth/invites/check", `{"invite":"guess"}`).want(http.StatusTooManyRequests)
}
