package archtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// checkArrows returns what is wrong with the imports of a file.
func checkArrows(s source) []string {
	room := s.room()
	if s.isTest() || testOnly[room] != "" {
		return nil
	}
	if _, known := rooms[room]; !known {
		return []string{fmt.Sprintf("%s: %s is no known room: give it a layer in layers_test.go", s.path, room)}
	}
	var wrong []string
	for _, imported := range s.imports() {
		if reason := forbidden(room, imported); reason != "" {
			wrong = append(wrong, fmt.Sprintf("%s: must not import %s: %s", s.path, imported, reason))
		}
	}
	return wrong
}

// forbidden says why a room may not import a package, or nothing.
func forbidden(room, imported string) string {
	for _, rule := range keptFrom {
		if within(imported, rule.imports) && !rule.allowed(room) {
			return rule.because
		}
	}
	folder, ours := strings.CutPrefix(imported, module+"/")
	if !ours {
		return ""
	}
	return forbiddenRoom(room, roomOf(folder))
}

func forbiddenRoom(from, to string) string {
	if from == to || exceptions[arrow{from, to}] != "" {
		return ""
	}
	if testOnly[to] != "" {
		return to + " is for tests only"
	}
	target, known := rooms[to]
	if !known {
		return to + " is no known room"
	}
	if slices.Contains(below[rooms[from]], target) {
		return ""
	}
	return fmt.Sprintf("no arrow from %s (%s) to %s (%s)", from, rooms[from], to, target)
}

// within tells whether a package is the named one or below it.
func within(imported, name string) bool {
	return imported == name || strings.HasPrefix(imported, name+"/")
}

func TestArrows(t *testing.T) {
	for _, file := range project(t) {
		if free[file.room()] && file.isTest() {
			continue
		}
		for _, wrong := range checkArrows(file) {
			t.Error(wrong)
		}
	}
}

func TestArrowsCheckerSeesPlantedArrows(t *testing.T) {
	cases := []struct {
		path, imports string
		wrong         bool
	}{
		{"internal/playlist/a.go", "hathor/internal/library", false},
		{"internal/playlist/a.go", "hathor/internal/fault", false},
		{"internal/playlist/a.go", "hathor/internal/playback", true},
		{"internal/playlist/a.go", "hathor/internal/sqlstore", true},
		{"internal/playlist/a.go", "net/http", true},
		{"internal/playlist/a_test.go", "hathor/internal/sqlstore", false},
		{"internal/library/a.go", "hathor/internal/account", false},
		{"internal/account/a.go", "hathor/internal/library", true},
		{"internal/fault/a.go", "hathor/internal/account", true},
		{"internal/fault/a.go", "hathor/internal/clock", true},
		{"internal/sqlstore/a.go", "database/sql", false},
		{"internal/httpapi/a.go", "database/sql", true},
		{"internal/httpapi/a.go", "github.com/jackc/pgx/v5/stdlib", true},
		{"internal/httpapi/a.go", "hathor/internal/sqlstore", true},
		{"internal/httpapi/a.go", "hathor/internal/subsonic", true},
		{"internal/httpapi/a.go", "hathor/internal/playlist", false},
		{"internal/media/mp3/a.go", "hathor/internal/media/frame", false},
		{"internal/media/a.go", "hathor/internal/media/mediatest", true},
		{"internal/media/a.go", "hathor/internal/blob", true},
		{"internal/media/a_test.go", "hathor/internal/media/mediatest", false},
		{"internal/media/mediatest/a.go", "hathor/internal/media", false},
		{"internal/sqlstore/a.go", "hathor/internal/pgtest", true},
		{"internal/webui/a.go", "hathor/web", false},
		{"internal/httpapi/a.go", "hathor/web", true},
		{"internal/cli/a.go", "hathor/internal/sqlstore", false},
		{"internal/cli/a.go", "hathor/internal/nowhere", true},
		{"internal/nowhere/a.go", "fmt", true},
		{"nowhere/a.go", "fmt", true},
		{"cmd/hathor/main.go", "hathor/internal/cli", false},
		{"cmd/hathor/main.go", "hathor/internal/config", true},
		{"web/embed.go", "embed", false},
		{"web/embed.go", "hathor/internal/webui", true},
	}
	for _, c := range cases {
		file, err := parse(c.path, "package sample\n\nimport _ \""+c.imports+"\"\n")
		if err != nil {
			t.Fatal(err)
		}
		if found := checkArrows(file); (len(found) > 0) != c.wrong {
			t.Errorf("%s importing %s: got %q, want wrong = %v", c.path, c.imports, found, c.wrong)
		}
	}
}
