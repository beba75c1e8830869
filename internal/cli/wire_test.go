package cli

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hathor/internal/config"
	"hathor/internal/pgtest"
)

// built wires a whole server that is closed with the test.
func built(t *testing.T, c *config.Config) *app {
	t.Helper()
	a, err := wire(t.Context(), c, slog.New(slog.DiscardHandler), watched{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

func statusOf(t *testing.T, a *app, path string) int {
	t.Helper()
	answer := httptest.NewRecorder()
	a.handler.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	return answer.Code
}

// awaitStatus asks until the answer is as wanted, within the patience.
func awaitStatus(t *testing.T, a *app, path string, want int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	retry := time.NewTicker(50 * time.Millisecond)
	defer retry.Stop()
	for {
		got := statusOf(t, a, path)
		if got == want {
			return
		}
		select {
		case <-retry.C:
		case <-ctx.Done():
			t.Fatalf("%s: still %d, want %d", path, got, want)
		}
	}
}

func TestHealthWhenPostgresGoesAndComesBack(t *testing.T) {
	a := built(t, &config.Config{DataDir: t.TempDir(), DatabaseURL: pgtest.URL(t)})
	awaitStatus(t, a, "/api/health", http.StatusOK)
	pgtest.Stop(t)
	awaitStatus(t, a, "/api/health", http.StatusServiceUnavailable)
	awaitStatus(t, a, "/api/health/ready", http.StatusServiceUnavailable)
	if got := statusOf(t, a, "/api/health/live"); got != http.StatusOK {
		t.Errorf("live: got %d", got)
	}
	pgtest.Start(t)
	awaitStatus(t, a, "/api/health/ready", http.StatusOK)
	awaitStatus(t, a, "/api/health", http.StatusOK)
}

func TestHealthWhenTheSQLiteFileIsGone(t *testing.T) {
	folder := t.TempDir()
	a := built(t, &config.Config{DataDir: folder})
	awaitStatus(t, a, "/api/health", http.StatusOK)
	file := filepath.Join(folder, "hathor.db")
	if err := os.Rename(file, file+".away"); err != nil {
		t.Fatal(err)
	}
	awaitStatus(t, a, "/api/health/ready", http.StatusServiceUnavailable)
	if err := os.Rename(file+".away", file); err != nil {
		t.Fatal(err)
	}
	awaitStatus(t, a, "/api/health/ready", http.StatusOK)
}

func TestDataFolderIsItsOwnersAndOneServers(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	c := &config.Config{DataDir: folder}
	built(t, c)
	info, err := os.Stat(folder)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o700 {
		t.Errorf("data folder: %v", info.Mode())
	}
	_, err = wire(t.Context(), c, slog.New(slog.DiscardHandler), watched{})
	if err == nil || !strings.Contains(err.Error(), "another hathor uses the data folder") {
		t.Errorf("the second server: got %v", err)
	}
}
