package httpapi_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestAnAdminTakesALostFactorAway(t *testing.T) {
	eachNode(t, setup{}, func(t *testing.T, n *node) {
		anna := n.register(t, "anna")
		ben, app, codes := n.withFactor(t, "ben")
		one := user(ben) + "/factor"
		listed := func(want bool) {
			t.Helper()
			for _, path := range []string{"/users", user(ben)} {
				text := n.as(t, anna, http.MethodGet, path, "").want(http.StatusOK).body
				if strings.Contains(text, `"hasFactor":true`) != want {
					t.Errorf("%s says %s", path, text)
				}
			}
		}
		listed(true)
		n.as(t, ben, http.MethodDelete, user(anna)+"/factor", "").wantCode(http.StatusForbidden, "admin_only")
		n.as(t, anna, http.MethodDelete, user(anna)+"/factor", "").wantCode(http.StatusConflict, "own_factor")
		n.as(t, anna, http.MethodDelete, "/users/4711/factor", "").want(http.StatusNotFound)
		n.as(t, anna, http.MethodDelete, one, "").want(http.StatusNoContent)
		n.as(t, anna, http.MethodDelete, one, "").want(http.StatusNotFound)
		listed(false)
		n.login(t, "ben")
		wantLines(t, auditLines(t, n.accounts, "user.factor"), "user.factor ok anna user:ben map[]")
		n.clock.Advance(time.Minute)
		again := n.startFactor(t, ben.Token)
		n.enable(t, ben.Token, again.code(0)).want(http.StatusOK)
		for _, old := range []string{app.code(0), codes[3]} {
			n.loginWith(t, "ben", old).wantCode(http.StatusUnauthorized, "totp_invalid")
		}
		n.clock.Advance(16 * time.Minute)
		late := signed{Token: n.refreshed(t, "anna")}
		n.as(t, late, http.MethodDelete, one, "").wantCode(http.StatusForbidden, "confirm_required")
	})
}
