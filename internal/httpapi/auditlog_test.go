package httpapi_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestAuditLogTellsWhoDidWhat(t *testing.T) {
	n := newNode(t, setup{})
	anna, ben := n.register(t, "anna"), n.register(t, "ben")
	evil := ask{method: http.MethodPost, path: "/auth/login", body: loginBody("ben", "Secret9word"), from: "192.0.2.7:1",
		headers: map[string]string{"User-Agent": "Evil\r\nInjected: yes \x1b[31mred\x1b[0m"}}
	n.send(t, evil).want(http.StatusUnauthorized)
	n.post(t, "/auth/login", loginBody("Hunter2typed", "x")).want(http.StatusUnauthorized)
	made := n.invite(t, anna, `{"label":"For Cyd"}`)
	n.as(t, anna, http.MethodPatch, user(ben), `{"role":"admin"}`).want(http.StatusOK)
	n.post(t, "/auth/logout", `{"refreshToken":"`+ben.RefreshToken+`"}`).want(http.StatusNoContent)
	type log struct {
		Events []struct {
			Action, Outcome, IP, UserAgent string
			Actor                          *struct{ Name string }
			Target                         *struct{ Kind, Name string }
			Detail                         map[string]string
		}
		Total      int
		NextCursor *string
	}
	read := func(query string) log {
		t.Helper()
		got := n.as(t, anna, http.MethodGet, "/audit"+query, "").want(http.StatusOK)
		for _, secret := range []string{made.Token, "Secret9word", "Hunter2typed", goodPassword, "argon2"} {
			if strings.Contains(got.body, secret) {
				t.Errorf("the audit log holds %q", secret)
			}
		}
		return decode[log](got)
	}
	all := read("")
	var actions []string
	for _, e := range all.Events {
		actions = append(actions, e.Action+" "+e.Outcome)
	}
	want := "session.end ok, user.role ok, invite.create ok, session.start failed, session.start failed, session.start ok, account.register ok, session.start ok, account.register ok"
	if got := strings.Join(actions, ", "); got != want {
		t.Fatalf("got %s", got)
	}
	if e := all.Events[0]; e.Actor == nil || e.Actor.Name != "ben" {
		t.Errorf("sign-out: %+v", e)
	}
	if e := all.Events[1]; e.Actor == nil || e.Actor.Name != "anna" || e.Target.Name != "ben" || e.Detail["to"] != "admin" {
		t.Errorf("role: %+v", e)
	}
	if e := all.Events[4]; e.Target == nil || e.Target.Name != "ben" || e.IP != "192.0.2.7" || e.Actor != nil || strings.ContainsAny(e.UserAgent, "\r\n\x1b") {
		t.Errorf("failed sign-in: %+v", e)
	}
	if e := all.Events[3]; e.Target != nil {
		t.Errorf("failed sign-in as nobody: %+v", e)
	}
	first := read("?action=session&limit=2")
	if first.Total != 5 || first.NextCursor == nil {
		t.Errorf("by action: %+v", first)
	}
	if second := read("?action=session&limit=2&cursor=" + *first.NextCursor); len(second.Events) != 2 || second.Events[0].Outcome != "failed" {
		t.Errorf("second page: %+v", second)
	}
	if got := read(fmt.Sprintf("?user=%d", ben.User.ID)); got.Total != 5 {
		t.Errorf("by user: %+v", got)
	}
	if got := read("?from=2026-03-01T12:00:01Z"); got.Total != 0 {
		t.Errorf("by time: %+v", got)
	}
	n.as(t, anna, http.MethodGet, "/audit?action=%25", "").want(http.StatusBadRequest)
	n.as(t, anna, http.MethodGet, "/audit?from=2026-03-01T12:00:00Z&to=2026-03-01T12:00:00Z", "").want(http.StatusBadRequest)
	n.profile(t, ask{token: ben.Token}).want(http.StatusUnauthorized)
}
