package e2e

import (
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hathor/internal/media/mediatest"
)

const signingSecret = "a-secret-of-the-operator-that-nobody-may-read"

// TestWhatAdminsWatchHoldsNoSecret signs in by all means, listens by a signed address, and looks for all of it
// in the log and in the configuration.
func TestWhatAdminsWatchHoldsNoSecret(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	p := start(t, data, "LOG_FILE="+filepath.Join(t.TempDir(), "log"), "LOG_LEVEL=debug", "JWT_SECRET="+signingSecret, "UPLOAD_QUOTA=20GB")
	admin := register(t, p.url, "admin")
	web := admin.web("admin")
	nobody := &client{t: t, url: p.url}
	nobody.want(http.StatusUnauthorized, http.MethodPost, "/api/auth/login", `{"username":"admin","password":"Wrong1horse"}`)
	song := admin.add(mediatest.WAV(mediatest.Tags{Title: "One"}, time.Second, 440))
	var signed struct{ URL string }
	admin.want(http.StatusOK, http.MethodGet, fmt.Sprintf("/api/songs/%d/stream-url", song.Song.ID), "", &signed)
	nobody.want(http.StatusOK, http.MethodGet, signed.URL, "")
	nobody.want(http.StatusUnauthorized, http.MethodGet, "/api/songs?token=tttttttt&apiKey=kkkkkkkk", "")
	address, err := url.Parse(signed.URL)
	if err != nil {
		t.Fatal(err)
	}
	secrets := []string{
		password, "Wrong1horse", admin.token, admin.refresh, web.cookie.Value, address.Query().Get("signature"), "tttttttt", "kkkkkkkk", signingSecret,
	}

	var log struct {
		Lines  []struct{ Message string }
		Newest int64
	}
	body := string(admin.want(http.StatusOK, http.MethodGet, "/api/admin/log?limit=2000", "", &log).body)
	if len(log.Lines) < 6 || !strings.Contains(body, "sign-in failed") || !strings.Contains(body, "stream-url") {
		t.Fatalf("the log says too little: %s", body)
	}
	settings := string(admin.want(http.StatusOK, http.MethodGet, "/api/admin/config", "").body)
	for _, want := range []string{
		`{"key":"upload-quota","variable":"UPLOAD_QUOTA","value":"20GB","origin":"environment UPLOAD_QUOTA","isSecret":false}`,
		`{"key":"jwt-secret","variable":"JWT_SECRET","value":"********","origin":"environment JWT_SECRET","isSecret":true}`,
	} {
		if !strings.Contains(settings, want) {
			t.Errorf("%s is missing in %s", want, settings)
		}
	}
	for _, secret := range secrets {
		if secret == "" || strings.Contains(body, secret) || strings.Contains(settings, secret) {
			t.Errorf("%q is empty or shown", secret)
		}
	}

	// Reading the log is not in the log, everything else is.
	admin.want(http.StatusOK, http.MethodGet, "/api/genres", "")
	after := fmt.Sprintf("/api/admin/log?after=%d", log.Newest)
	got := string(admin.want(http.StatusOK, http.MethodGet, after, "").body)
	if strings.Contains(got, "/api/admin/log") || !strings.Contains(got, "/api/genres") || !strings.Contains(got, "/api/admin/config") {
		t.Errorf("afterwards the log says %s", got)
	}
}
