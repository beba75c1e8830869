package httpapi_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"hathor/internal/account"
)

// auditLines is what the audit log says, of these actions, oldest first: action, outcome, actor, target, details.
func auditLines(t *testing.T, accounts *account.Service, actions ...account.Action) []string {
	t.Helper()
	events, _, err := accounts.Events(t.Context(), account.EventQuery{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, e := range slices.Backward(events) {
		if slices.Contains(actions, e.Action) {
			lines = append(lines, fmt.Sprintf("%s %s %s %s:%s %v", e.Action, e.Outcome, e.ActorName, e.Target.Kind, e.Target.Name, e.Detail))
		}
	}
	return lines
}

func wantLines(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("the audit log says\n%q\nwant\n%q", got, want)
	}
}

func TestAuditOfTheSecondFactorAndKeys(t *testing.T) {
	eachNode(t, setup{}, func(t *testing.T, n *node) {
		n.register(t, "anna")
		ben, _, codes := n.withFactor(t, "ben")
		n.loginWith(t, "ben", codes[0]).want(http.StatusOK)
		n.as(t, ben, http.MethodPost, "/auth/confirm", `{"password":"Wrong1horse"}`).want(http.StatusBadRequest)
		n.as(t, ben, http.MethodPost, "/auth/confirm", `{"password":"`+goodPassword+`","totp":"000000"}`).want(http.StatusBadRequest)
		fresh := decode[recoveryAnswer](n.as(t, ben, http.MethodPost, "/auth/factor/recovery-codes", "").want(http.StatusOK)).RecoveryCodes
		made := n.newKey(t, ben.Token, "write")
		n.as(t, ben, http.MethodDelete, fmt.Sprintf("/auth/api-keys/%d", made.APIKey.ID), "").want(http.StatusNoContent)
		n.as(t, ben, http.MethodDelete, "/auth/factor", `{"code":"000000"}`).want(http.StatusBadRequest)
		n.as(t, ben, http.MethodDelete, "/auth/factor", `{"code":"`+fresh[0]+`"}`).want(http.StatusNoContent)
		n.clock.Advance(time.Minute)
		again := n.startFactor(t, ben.Token)
		n.enable(t, ben.Token, again.code(0)).want(http.StatusOK)
		wantLines(t, auditLines(t, n.accounts, "factor.enable", "factor.disable", "factor.codes", "factor.recovery", "key.create", "key.delete", "session.confirm"),
			"factor.enable ok ben user:ben map[]",
			"factor.recovery ok ben user:ben map[left:9]",
			"session.confirm failed ben user:ben map[reason:password]",
			"session.confirm failed ben user:ben map[reason:factor]",
			"factor.codes ok ben user:ben map[]",
			"key.create ok ben key:Player map[scope:write]",
			"key.delete ok ben key:Player map[scope:write]",
			"factor.disable failed ben user:ben map[reason:factor]",
			"factor.recovery ok ben user:ben map[left:9]",
			"factor.disable ok ben user:ben map[]",
			"factor.enable ok ben user:ben map[]")
	})
}

func TestAuditOfLibrariesAndQuotas(t *testing.T) {
	eachDoor(t, func(d *door) {
		d.expect(d.ask(freshAda, "POST", "/libraries", `{"name":" Reels "}`), http.StatusCreated)
		id := int64(0)
		for _, l := range d.ask(ada, "GET", "/libraries", "").Libraries {
			if l.Name == "Reels" {
				id = l.ID
			}
		}
		one := fmt.Sprintf("/libraries/%d", id)
		d.expect(d.ask(freshAda, "PATCH", one, `{"name":"Tapes","isOpen":true}`), http.StatusOK)
		d.expect(d.ask(freshAda, "PATCH", one, `{"name":"Tapes","isOpen":true}`), http.StatusOK) // nothing new
		d.expect(d.ask(freshAda, "PATCH", one, `{"isOpen":false}`), http.StatusOK)
		d.expect(d.ask(freshAda, "PUT", one+"/grants", `{"userIds":[2,3,2]}`), http.StatusOK)
		d.expect(d.ask(freshAda, "PUT", one+"/grants", `{"userIds":[99]}`), http.StatusBadRequest)
		d.expect(d.ask(freshAda, "DELETE", one, ""), http.StatusNoContent)
		d.expect(d.ask(freshAda, "DELETE", one, ""), http.StatusNotFound)
		for _, body := range []string{`{"bytes":1500}`, `{"unlimited":true}`, `{"bytes":null}`} {
			d.expect(d.ask(freshAda, "PUT", "/users/2/quota", body), http.StatusNoContent)
		}
		d.expect(d.ask(freshAda, "PUT", "/users/99/quota", `{"bytes":5}`), http.StatusNotFound)
		wantLines(d.t, auditLines(d.t, d.accounts, "library.create", "library.rename", "library.open", "library.close", "library.grant", "library.delete", "user.quota"),
			"library.create ok ada library:Reels map[open:false]",
			"library.rename ok ada library:Tapes map[from:Reels]",
			"library.open ok ada library:Tapes map[]",
			"library.close ok ada library:Tapes map[]",
			"library.grant ok ada library:Tapes map[members:2]",
			"library.delete ok ada library:Tapes map[songs:keep]",
			"user.quota ok ada user:bob map[quota:1.5 kB]",
			"user.quota ok ada user:bob map[quota:unlimited]",
			"user.quota ok ada user:bob map[quota:default]")
	})
}
