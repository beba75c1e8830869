package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

// lastUse is what using a key does change: when that was last done.
var lastUse = regexp.MustCompile(`"lastUsedAt":("[^"]*"|null)`)

// askByKeys walks every route with keys of the owner: what concerns the account wants the person, and a key
// that may only read changes nothing.
func (h *house) askByKeys(t *testing.T, document map[string]described) {
	read, write := h.withKey("read"), h.withKey("write")
	before := lastUse.ReplaceAllString(h.owned(), "")
	for _, r := range routes {
		at := document[r.id]
		if at.public {
			continue
		}
		personal := strings.HasPrefix(at.path, "/api/auth/") && r.id != "getProfile" && r.id != "getOwnStorage"
		reads := at.method == http.MethodGet || at.method == http.MethodHead || at.method == http.MethodOptions || r.tells
		if got := r.send(read, document, h.mine); !reads && got.status != http.StatusForbidden {
			t.Errorf("%s by a key that may only read: %d", r.id, got.status)
		} else if reads && !personal && got.status != r.expected(false) {
			t.Errorf("%s by a key that may only read: got %d, want %d", r.id, got.status, r.expected(false))
		}
		if !personal {
			continue
		}
		if got := r.send(write, document, h.mine); wordOf(got) != "key_not_allowed" {
			t.Errorf("%s by a key: %d %s", r.id, got.status, got.body)
		}
	}
	if after := lastUse.ReplaceAllString(h.owned(), ""); after != before {
		t.Errorf("keys changed what is the owner's:\n%s\n%s", before, after)
	}
	h.listenByKey(t, read)
}

// listenByKey hears a private song by a key and by an address that the key was given, until the key ends.
func (h *house) listenByKey(t *testing.T, key *client) {
	for _, path := range []string{"/api/songs/{song}/stream", "/api/songs/{song}/cover", "/api/albums/{album}/cover"} {
		key.want(http.StatusOK, http.MethodGet, h.mine.fill(path), "")
	}
	var signed struct{ URL string }
	key.want(http.StatusOK, http.MethodGet, h.mine.fill("/api/songs/{song}/stream-url"), "", &signed)
	h.nobody.want(http.StatusOK, http.MethodGet, signed.URL, "")
	var list struct {
		APIKeys []struct {
			ID     int64
			Prefix string
		}
	}
	h.owner.want(http.StatusOK, http.MethodGet, "/api/auth/api-keys", "", &list)
	for _, one := range list.APIKeys {
		if strings.HasPrefix(key.token, one.Prefix) {
			h.owner.want(http.StatusNoContent, http.MethodDelete, "/api/auth/api-keys/"+text(one.ID), "")
		}
	}
	until(t, 2*time.Second, func() bool {
		return h.nobody.ask(http.MethodGet, signed.URL, "").status == http.StatusUnauthorized &&
			key.ask(http.MethodGet, "/api/songs", "").status == http.StatusUnauthorized
	})
}

// withKey is a client that uses a new key of the owner.
func (h *house) withKey(scope string) *client {
	h.owner.t.Helper()
	return &client{t: h.owner.t, url: h.url, token: makeKey(h.owner, scope)}
}

// makeKey makes a key and returns what is sent as its token.
func makeKey(c *client, scope string) string {
	c.t.Helper()
	var made struct{ Key string }
	c.want(http.StatusCreated, http.MethodPost, "/api/auth/api-keys", fmt.Sprintf(`{"name":"walk","scope":%q}`, scope), &made)
	return made.Key
}

// wordOf is the machine's word of an error.
func wordOf(r reply) string {
	var problem struct{ Code string }
	_ = json.Unmarshal(r.body, &problem)
	return problem.Code
}
