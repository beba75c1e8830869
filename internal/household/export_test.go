package household_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hathor/internal/account"
	"hathor/internal/clock"
	"hathor/internal/fault"
	"hathor/internal/household"
	"hathor/internal/library"
)

// home is one user with uploads, and a folder where their files are, or are not.
type home struct {
	household.Belongings
	uploads []household.Upload
	folder  string
	audited []account.Action
}

func (h *home) Profile(context.Context, account.Identity) (account.User, error) {
	return account.User{ID: 7, Username: "bea", Email: "bea@example.org"}, nil
}
func (h *home) User(context.Context, account.UserID) (account.Housemate, error) {
	return account.Housemate{}, nil
}
func (h *home) Sessions(context.Context, account.Identity) ([]account.Session, error) {
	return nil, nil
}
func (h *home) Events(context.Context, account.EventQuery) ([]account.Event, int, error) {
	return nil, 0, nil
}
func (h *home) Stamp(e account.Event) account.Event { return e }
func (h *home) Audit(_ context.Context, e account.Event) {
	h.audited = append(h.audited, e.Action)
}
func (h *home) Ended(...account.SessionID) {}
func (h *home) Scope(context.Context, account.Identity) (library.Scope, error) {
	return library.Scope{User: 7}, nil
}
func (h *home) Playlists(context.Context, library.Scope, func(household.Playlist) error) error {
	return nil
}
func (h *home) Marks(context.Context, library.Scope, func(household.Mark) error) error { return nil }
func (h *home) Listens(context.Context, library.Scope, func(household.Listen) error) error {
	return nil
}
func (h *home) Keys(context.Context, library.Scope, func(household.Key) error) error { return nil }
func (h *home) Playback(context.Context, account.UserID) (json.RawMessage, error) {
	return json.RawMessage("null"), nil
}
func (h *home) Uploads(_ context.Context, _ account.UserID, emit func(household.Upload) error) error {
	for _, u := range h.uploads {
		if err := emit(u); err != nil {
			return err
		}
	}
	return nil
}
func (h *home) Open(_ context.Context, key string) (*os.File, error) {
	file, err := os.Open(filepath.Join(h.folder, key))
	if errors.Is(err, os.ErrNotExist) {
		return nil, fault.Missing("Object")
	}
	return file, err
}

func newHome(t *testing.T, uploads ...household.Upload) (*home, *household.Service) {
	t.Helper()
	h := &home{uploads: uploads, folder: t.TempDir()}
	return h, household.NewService(household.Parts{Accounts: h, Belongings: h, Objects: h, Scopes: h,
		Clock: clock.NewFake(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))})
}

func (h *home) keep(t *testing.T, key, content string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(h.folder, key), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

var bea = account.Identity{User: 7}

func begin(t *testing.T, s *household.Service) *household.Export {
	t.Helper()
	made, err := s.Export(t.Context(), bea)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// read returns the archive's files by their names.
func read(t *testing.T, archive []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		opened, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(opened)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(text)
	}
	return files
}

func TestASongThatVanishesMeanwhileIsNamed(t *testing.T) {
	h, s := newHome(t, household.Upload{ID: 1, Title: "Here", Format: library.MP3, ObjectKey: "here"},
		household.Upload{ID: 2, Title: "Gone", Format: library.MP3, ObjectKey: "gone"})
	h.keep(t, "here", "audio")
	made := begin(t, s)
	if made.Name() != "hathor-bea-2026-03-01.zip" {
		t.Errorf("called %s", made.Name())
	}
	var out bytes.Buffer
	if err := made.Write(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	files := read(t, out.Bytes())
	var manifest struct{ Missing []struct{ Title string } }
	if err := json.Unmarshal([]byte(files["manifest.json"]), &manifest); err != nil {
		t.Fatal(err)
	}
	if len(manifest.Missing) != 1 || manifest.Missing[0].Title != "Gone" {
		t.Errorf("missing: %+v", manifest.Missing)
	}
	if files["files/Unknown artist/Unknown album/Here.mp3"] != "audio" {
		t.Errorf("got %v", files)
	}
	var uploads []struct {
		Title string
		File  *string
	}
	if err := json.Unmarshal([]byte(files["uploads.json"]), &uploads); err != nil {
		t.Fatal(err)
	}
	if len(uploads) != 2 || uploads[0].File == nil || uploads[1].File != nil {
		t.Errorf("uploads: %s", files["uploads.json"])
	}
	if len(h.audited) != 1 || h.audited[0] != account.AccountExported {
		t.Errorf("audited %v", h.audited)
	}
}

// leaving takes some bytes and goes away.
type leaving struct{ left int }

func (l *leaving) Write(p []byte) (int, error) {
	if l.left -= len(p); l.left < 0 {
		return 0, errors.New("the client has gone")
	}
	return len(p), nil
}

func TestWhoGoesAwayEndsTheWorkAndMayComeBack(t *testing.T) {
	h, s := newHome(t, household.Upload{ID: 1, Title: "Long", Format: library.WAV, ObjectKey: "long"})
	h.keep(t, "long", strings.Repeat("x", 1<<20))
	first := begin(t, s)
	if _, err := s.Export(t.Context(), bea); fault.KindOf(err) != fault.Conflict {
		t.Errorf("a second export at once: %v", err)
	}
	if err := first.Write(t.Context(), &leaving{64 << 10}); err == nil {
		t.Error("the export did not notice that nobody reads it")
	}
	if len(h.audited) != 0 {
		t.Errorf("audited %v", h.audited)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := begin(t, s).Write(ctx, io.Discard); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if err := begin(t, s).Write(t.Context(), io.Discard); err != nil {
		t.Error(err)
	}
}

func TestNamesInTheArchiveAreSafeEverywhere(t *testing.T) {
	evil := []household.Upload{
		{Title: "../../etc/passwd", Artist: "..", Album: "/"},
		{Title: "CON", Artist: "nul.txt", Album: "AUX "},
		{Title: "Same", Artist: "A", Album: "B"}, {Title: "sAME", Artist: "a", Album: "b"}, {Title: "Same (2)", Artist: "A", Album: "B"},
		{Title: "a\x00b\r\nc\u202egpj", Artist: `x\y:z*?"<>|`, Album: strings.Repeat("ü", 300)},
		{Title: "", Artist: " . ", Album: "\xff\xfe"},
		{Title: "Song", Artist: "A", Album: "B", Track: 4, Disc: 2},
	}
	for i := range evil {
		evil[i].ID, evil[i].Format, evil[i].ObjectKey = library.SongID(i+1), library.ALAC, "key"
	}
	h, s := newHome(t, evil...)
	h.keep(t, "key", "audio")
	var out bytes.Buffer
	if err := begin(t, s).Write(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	count := 0
	for name := range read(t, out.Bytes()) {
		if !strings.HasPrefix(name, "files/") {
			continue
		}
		count++
		folded := strings.ToLower(name)
		if seen[folded] {
			t.Errorf("%q is there twice where case counts for nothing", name)
		}
		seen[folded] = true
		if !filepath.IsLocal(name) || path.Clean(name) != name || strings.Count(name, "/") != 3 || strings.ContainsAny(name, "\\:*?\"<>|\x00\r\n\u202e") {
			t.Errorf("%q is no safe name", name)
		}
		for part := range strings.SplitSeq(name, "/") {
			if len(part) > 100 || strings.HasSuffix(part, ".") || strings.HasSuffix(part, " ") {
				t.Errorf("%q has a part that some systems refuse", name)
			}
		}
	}
	if count != len(evil) || !seen["files/a/b/2-04 song.m4a"] || !seen["files/_nul.txt/_aux/_con.m4a"] {
		t.Errorf("got %d of %d: %v", count, len(evil), seen)
	}
}
