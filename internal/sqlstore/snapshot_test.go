package sqlstore_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hathor/internal/backup"
	"hathor/internal/clock"
	"hathor/internal/library"
	"hathor/internal/pgtest"
	"hathor/internal/sqlstore"
)

// dump is all that a reading holds, as text.
func dump(t *testing.T, from backup.Reading) map[string][]string {
	t.Helper()
	tables, err := from.Tables(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	for _, table := range tables {
		all[table.Name] = []string{}
		err := from.Rows(t.Context(), table, func(row []any) error {
			all[table.Name] = append(all[table.Name], fmt.Sprintf("%#v", row))
			return nil
		})
		if err != nil {
			t.Fatalf("%s: %v", table.Name, err)
		}
	}
	return all
}

func snapshotOf(t *testing.T, db *sqlstore.DB) backup.Snapshot {
	t.Helper()
	s, err := db.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// TestEveryTableIsInTheBackup reads the migrations themselves: a table that they make must be found.
func TestEveryTableIsInTheBackup(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		made := map[string]bool{}
		for _, line := range migrationLines(t) {
			words := strings.Fields(strings.ReplaceAll(line, "(", " "))
			switch {
			case len(words) > 2 && words[0] == "CREATE" && words[1] == "TABLE":
				made[words[2]] = true
			case len(words) > 2 && words[0] == "DROP" && words[1] == "TABLE":
				delete(made, strings.TrimSuffix(words[2], ";"))
			case len(words) > 5 && strings.HasPrefix(line, "ALTER TABLE") && words[3] == "RENAME" && words[4] == "TO":
				delete(made, words[2])
				made[strings.TrimSuffix(words[5], ";")] = true
			}
		}
		if len(made) < 20 {
			t.Fatalf("the migrations make only %d tables?", len(made))
		}
		found := slices.Sorted(maps.Keys(dump(t, snapshotOf(t, db))))
		derived := []string{"revisions", "search_version", "search_words"}
		for name := range made {
			if !slices.Contains(found, name) && !slices.Contains(derived, name) {
				t.Errorf("the table %s is not in a backup", name)
			}
		}
		for _, name := range found {
			if !made[name] {
				t.Errorf("a backup holds %s, which no migration makes", name)
			}
		}
	})
}

// migrationLines are the lines of all ways up, in order. Both databases make the same tables.
func migrationLines(t *testing.T) []string {
	t.Helper()
	files, err := os.ReadDir("migrations/sqlite")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, file := range files {
		text, err := os.ReadFile("migrations/sqlite/" + file.Name())
		if err != nil {
			t.Fatal(err)
		}
		up, _, _ := strings.Cut(string(text), "-- +goose Down")
		lines = append(lines, strings.Split(up, "\n")...)
	}
	return lines
}

func TestTablesAreTheSameOnBothDatabases(t *testing.T) {
	all := map[string][]backup.Table{}
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		s := snapshotOf(t, db)
		tables, err := s.Tables(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		all[s.Kind()] = tables
	})
	if all["postgres"] == nil {
		t.Skip("without PostgreSQL there is nothing to compare")
	}
	if diff := cmp.Diff(all["sqlite"], all["postgres"]); diff != "" {
		t.Errorf("a backup of one cannot be brought back to the other (-sqlite +postgres):\n%s", diff)
	}
}

// plantForBackup puts rows into the store whose texts, bytes and keys are awkward.
func plantForBackup(t *testing.T, db *sqlstore.DB) {
	t.Helper()
	seeded(t, db, func(s seed) {
		for id, name := range map[library.ArtistID]string{1: "Ångström \"Ö\" \\ \n\t", 2: "あ", 3: "zz", 4: "Zy"} {
			s.artist(id, name)
		}
		s.cover(1, strings.Repeat("ab", 32))
		s.album(1, openFolder, "Lines", "あ", 2, 2001, 1, 1)
		s.song(plantedSong{ID: 10, Title: "Night", Artist: "あ", ArtistID: 2, Album: "Lines", AlbumID: 1, Genre: "Jazz", Cover: 1})
		s.song(plantedSong{ID: 9, Title: "Day", Missing: true})
		s.run("UPDATE songs SET content_hash = ?, path = NULL, object_key = ? WHERE id = 10", []byte{0, 255, 7}, "audio/cd/"+strings.Repeat("cd", 32))
		s.mark(ada, 10, 3, 5, 77, nil)
		s.run("INSERT INTO refresh_tokens (hash, session_id, created_at) SELECT ?, 1, 1 WHERE FALSE", []byte{1})
	})
}

func TestRowsComeBackOnEitherDatabase(t *testing.T) {
	urls := map[string]func(t *testing.T) string{
		"sqlite":   func(t *testing.T) string { return "sqlite://" + t.TempDir() + "/hathor.db" },
		"postgres": func(t *testing.T) string { return pgtest.URL(t) },
	}
	for from, source := range urls {
		for to, target := range urls {
			t.Run(from+" to "+to, func(t *testing.T) {
				db := openDB(t, source(t))
				plantForBackup(t, db)
				other := openDB(t, target(t))
				empty := schemaOf(t, other)
				loadInto(t, snapshotOf(t, db), other)
				if diff := cmp.Diff(dump(t, snapshotOf(t, db)), dump(t, snapshotOf(t, other))); diff != "" {
					t.Errorf("rows differ (-before +after):\n%s", diff)
				}
				if diff := cmp.Diff(empty, schemaOf(t, other)); diff != "" {
					t.Errorf("loading changed the schema:\n%s", diff)
				}
			})
		}
	}
}

// loadInto writes all rows and sequences of a snapshot into another database.
func loadInto(t *testing.T, from backup.Snapshot, db *sqlstore.DB) {
	t.Helper()
	ctx := t.Context()
	tables, err := from.Tables(ctx)
	if err != nil {
		t.Fatal(err)
	}
	loading, err := sqlstore.NewRestore(db, clock.NewFake(time.Unix(1, 0))).Load(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		err := from.Rows(ctx, table, func(row []any) error {
			return loading.Insert(ctx, table, [][]any{slices.Clone(row)})
		})
		if err != nil {
			t.Fatalf("%s: %v", table.Name, err)
		}
	}
	last, err := from.Sequences(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := loading.SetSequences(ctx, last); err != nil {
		t.Fatal(err)
	}
	if err := loading.Commit(ctx); err != nil {
		t.Fatal(err)
	}
}

func TestLoadingRefusesRowsWithoutTheirParents(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		ctx := t.Context()
		loading, err := sqlstore.NewRestore(db, clock.System{}).Load(ctx)
		if err != nil {
			t.Fatal(err)
		}
		grants := backup.Table{Name: "library_grants", Columns: []backup.Column{{Name: "library_id", Kind: backup.Integer}, {Name: "user_id", Kind: backup.Integer}}}
		if err := loading.Insert(ctx, grants, [][]any{{int64(1), int64(1)}}); err != nil {
			t.Fatal(err)
		}
		if err := loading.Commit(ctx); err == nil {
			t.Error("a grant of nothing to nobody was committed")
		}
		_ = loading.Rollback()
	})
}

func TestASnapshotStandsStill(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		plantForBackup(t, db)
		s := snapshotOf(t, db)
		before := dump(t, s)
		plant(t, db, func(s seed) {
			s.song(plantedSong{ID: 50, Title: "Late"})
			s.run("DELETE FROM songs WHERE id = 9")
			s.run("UPDATE users SET display_name = 'changed'")
		})
		if diff := cmp.Diff(before, dump(t, s)); diff != "" {
			t.Errorf("the snapshot moved:\n%s", diff)
		}
		if diff := cmp.Diff(before, dump(t, snapshotOf(t, db))); diff == "" {
			t.Error("the writes did not happen")
		}
	})
}

func TestObjectsOfASnapshotAreThoseInUse(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		plantForBackup(t, db)
		keys, err := snapshotOf(t, db).Objects(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		want := []string{"audio/cd/" + strings.Repeat("cd", 32), library.CoverKey(strings.Repeat("ab", 32))}
		if diff := cmp.Diff(want, keys); diff != "" {
			t.Error(diff)
		}
		unused, err := sqlstore.NewIngest(db, clock.System{}).Unused(t.Context(), keys)
		if err != nil || len(unused) > 0 {
			t.Errorf("the sweep would take %q of them: %v", unused, err)
		}
	})
}

func TestIdsAreNotUsedAgainAfterARestore(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		for range 3 {
			plant(t, db, func(s seed) { s.run("INSERT INTO genres (key, name) VALUES ('jazz', 'Jazz')") })
			plant(t, db, func(s seed) { s.run("DELETE FROM genres") })
		}
		last, err := snapshotOf(t, db).Sequences(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if last["genres"] != 3 {
			t.Fatalf("the sequences are %v", last)
		}
		eachDB(t, func(t *testing.T, other *sqlstore.DB) {
			loadInto(t, snapshotOf(t, db), other)
			plant(t, other, func(s seed) { s.run("INSERT INTO genres (key, name) VALUES ('jazz', 'Jazz')") })
			rows := dump(t, snapshotOf(t, other))["genres"]
			if len(rows) != 1 || !strings.Contains(rows[0], "4") {
				t.Errorf("got %q, want the id 4", rows)
			}
		})
	})
}

func TestARestoreMarksTheDatabase(t *testing.T) {
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		ctx := t.Context()
		fresh := schemaOf(t, db)
		r := sqlstore.NewRestore(db, clock.System{})
		if err := r.Begin(ctx, "token"); err != nil {
			t.Fatal(err)
		}
		plantForBackup(t, db)
		if err := db.Migrate(ctx); err == nil || !strings.Contains(err.Error(), "did not end") {
			t.Errorf("a server would start: %v", err)
		}
		if err := r.Wipe(ctx); err != nil {
			t.Fatal(err)
		}
		if tables, token, err := r.State(ctx); err != nil || len(tables) > 0 || token != "" {
			t.Errorf("after wiping: %q, %q, %v", tables, token, err)
		}
		if err := db.Migrate(ctx); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(fresh, schemaOf(t, db)); diff != "" {
			t.Errorf("the schema after wiping differs:\n%s", diff)
		}
		if err := r.Begin(ctx, "again"); err != nil {
			t.Fatal(err)
		}
		if err := r.Finish(ctx, "again"); err != nil {
			t.Fatal(err)
		}
		identity := sqlstore.NewIdentity(db, clock.System{})
		if id, err := identity.Give(ctx, "other"); err != nil || id != "again" {
			t.Errorf("the id is %q, %v", id, err)
		}
		if err := db.Migrate(ctx); err != nil {
			t.Error(err)
		}
	})
}
