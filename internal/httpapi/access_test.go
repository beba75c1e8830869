package httpapi

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"hathor/internal/account"
)

func TestWhoMayCallWhat(t *testing.T) {
	nobody := account.Identity{}
	member := account.Identity{User: 2, Session: 1, Role: account.Member}
	admin := account.Identity{User: 1, Session: 2, Role: account.Admin}
	fresh := func(who account.Identity) account.Identity { who.Fresh = true; return who }
	lacking := func(who account.Identity) account.Identity { who.LacksFactor = true; return who }
	key := func(who account.Identity, scope account.Scope) account.Identity {
		who.Session, who.Key, who.Scope = 0, 3, scope
		return who
	}
	cases := []struct {
		name   string
		rule   Access
		who    account.Identity
		method string
		want   error
	}{
		{"nobody, public", Public, nobody, "POST", nil},
		{"nobody, signed", Signed, nobody, "GET", nil},
		{"nobody", SignedIn, nobody, "GET", errNotSignedIn},
		{"nobody, in person", InPerson, nobody, "GET", errNotSignedIn},
		{"nobody, fresh", FreshSignedIn, nobody, "GET", errNotSignedIn},
		{"nobody, fresh admin", FreshAdmin, nobody, "GET", errNotSignedIn},
		{"member", SignedIn, member, "POST", nil},
		{"member in person", InPerson, member, "POST", nil},
		{"stale member", FreshSignedIn, member, "POST", errConfirm},
		{"fresh member", FreshSignedIn, fresh(member), "POST", nil},
		{"member, admin's", AdminOnly, member, "GET", errAdminOnly},
		{"stale member, fresh admin's", FreshAdmin, member, "GET", errAdminOnly},
		{"fresh member, fresh admin's", FreshAdmin, fresh(member), "GET", errAdminOnly},
		{"admin", AdminOnly, admin, "GET", nil},
		{"stale admin", FreshAdmin, admin, "GET", errConfirm},
		{"fresh admin", FreshAdmin, fresh(admin), "GET", nil},
		{"admin without factor", AdminOnly, lacking(admin), "GET", errNoFactor},
		{"fresh admin without factor", FreshAdmin, lacking(fresh(admin)), "GET", errNoFactor},
		{"admin without factor, own things", FreshSignedIn, lacking(fresh(admin)), "POST", nil},
		{"read key", SignedIn, key(member, account.Read), "GET", nil},
		{"read key, head", Signed, key(member, account.Read), "HEAD", nil},
		{"read key writes", SignedIn, key(member, account.Read), "POST", errKeyScope},
		{"read key deletes", SignedIn, key(member, account.Read), "DELETE", errKeyScope},
		{"read key, signed, writes", Signed, key(member, account.Read), "POST", errKeyScope},
		{"key of no scope writes", SignedIn, key(member, ""), "PUT", errKeyScope},
		{"write key", SignedIn, key(member, account.Write), "DELETE", nil},
		{"write key in person", InPerson, key(member, account.Write), "GET", errKeyNever},
		{"write key, fresh", FreshSignedIn, key(fresh(member), account.Write), "GET", errKeyNever},
		{"write key, fresh admin's", FreshAdmin, key(fresh(admin), account.Write), "GET", errKeyNever},
		{"admin's write key", AdminOnly, key(admin, account.Write), "POST", nil},
		{"admin's read key writes", AdminOnly, key(admin, account.Read), "POST", errKeyScope},
		{"admin's key without factor", AdminOnly, key(lacking(admin), account.Write), "GET", errNoFactor},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := httptest.NewRequestWithContext(t.Context(), c.method, "/", nil)
			ctx := withIdentity(r.Context(), c.who)
			if got := c.rule.allow(ctx, c.method); !errors.Is(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
	if err := Access("").allow(t.Context(), http.MethodGet); err == nil {
		t.Error("no rule lets everybody in")
	}
}
